"""What happens by itself: config/timetable.py maps a function to “every 2 seconds” or to a cron expression.

Each function is called with the moment, as the worker's clock shows it. Short ones that come every few seconds run in
the worker's loop; one that comes at its hour becomes a job: when it fails it is tried again, and when nobody was there
it is done later.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from cronsim import CronSim, CronSimError
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.timezone import localtime

from sisheng.ground.jobs.models import Job, Schedule
from sisheng.ground.jobs.queue import enqueue, job
from sisheng.ground.privacy.scrubbing import scrub

logger = logging.getLogger(__name__)

A_LITTLE = timedelta(minutes=1)
EVERY = re.compile(r"every (\d+) (second|minute)s?")


def keep_timetable(timetable: Mapping[str, str], now: datetime) -> int:
    """Begin what is due; return how many entries. Two workers begin each of them once."""
    last = dict(Schedule.objects.values_list("path", "last_at"))
    if new := timetable.keys() - last.keys():
        Schedule.objects.bulk_create([Schedule(path=path, last_at=now) for path in new], ignore_conflicts=True)
    return sum(_begin(path, timetable[path], last[path], now) for path in due_now(timetable, last, now))


def due_now(timetable: Mapping[str, str], last: Mapping[str, datetime], now: datetime) -> list[str]:
    """The entries whose time has come since they were last begun; a new one counts from when it was first seen.

    What was missed several times is due once. A cron expression is read in the time zone of the site.
    """
    return [path for path, when in timetable.items() if path in last and _is_due(when, last[path], now)]


def problems(timetable: Mapping[str, str]) -> list[str]:
    """What is wrong with it, before anybody relies on it."""
    found = []
    for path, when in timetable.items():
        try:
            import_string(path)
        except ImportError:
            found.append(f"{path}: there is no such function.")
        try:
            EVERY.fullmatch(when) or CronSim(when, datetime(2026, 1, 1, tzinfo=UTC))
        except CronSimError:
            found.append(f"{path}: “{when}” is neither “every N seconds” nor a cron expression.")
    return found


def _is_due(when: str, last: datetime, now: datetime) -> bool:
    if last - now > A_LITTLE:  # the clock was set back: better once too often than not for a long time
        return True
    if every := EVERY.fullmatch(when):
        return now - last >= timedelta(**{f"{every[2]}s": int(every[1])})
    return next(CronSim(when, localtime(last))) <= now


def _begin(path: str, when: str, last: datetime, now: datetime) -> bool:
    """Whoever moves the row begins it; for a job, that and the job are one transaction."""
    unchanged = Schedule.objects.filter(path=path, last_at=last)
    if EVERY.fullmatch(when):
        return bool(unchanged.update(last_at=now)) and _call(path, now)
    with transaction.atomic():
        if not unchanged.update(last_at=now):
            return False
        enqueue("timetable", {"path": path}, dedup=path)
        return True


def _call(path: str, now: datetime) -> bool:
    said = ""
    try:
        import_string(path)(now)
    except Exception as error:
        logger.exception("%s failed; it is called again when it is next due", path)
        said = scrub(f"{type(error).__name__}: {error}")[:500]
    Schedule.objects.filter(path=path).exclude(last_error=said).update(last_error=said)
    return True


@job("timetable")
def call_at_its_hour(job: Job, path: str) -> None:
    import_string(path)(job.now())
