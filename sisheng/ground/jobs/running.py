"""A worker takes one job after the other. Several workers may do so at once."""

from __future__ import annotations

import logging
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import F

from sisheng.ground.jobs.models import LEASE, Job, LeaseLost, Status
from sisheng.ground.jobs.queue import NoUse, work_called
from sisheng.ground.privacy.scrubbing import scrub

logger = logging.getLogger(__name__)

# One statement for both databases: whoever changes the row has it. What another PostgreSQL worker is just taking is
# passed over; on SQLite nobody else can be writing.
_CLAIM = """
UPDATE jobs_job SET status = 'running', worker = %(worker)s, lease_until = %(until)s, attempts = attempts + 1
WHERE id = (
    SELECT id FROM jobs_job
    WHERE finished_at IS NULL AND (
        status = 'waiting' AND (run_at IS NULL OR run_at <= %(now)s) OR status = 'running' AND lease_until < %(now)s
    )
    ORDER BY priority DESC, id LIMIT 1 {skip_locked}
)
RETURNING id
"""


def run_due(now: datetime, worker: str, limit: int = 1) -> int:
    """Do at most so many of the jobs that are due; return how many were begun."""
    _give_up_what_kills_its_workers(now)
    for begun in range(limit):
        job = _claim(now, worker)
        if job is None:
            return begun
        _run(job, now)
    return limit


def hand_back(worker: str) -> int:
    """What this worker was doing may be done by another at once; return how many jobs that were."""
    mine = Job.objects.filter(status=Status.RUNNING, worker=worker)
    return mine.update(status=Status.WAITING, lease_until=None, attempts=F("attempts") - 1)


def _claim(now: datetime, worker: str) -> Job | None:
    if not Job.objects.due(now).exists():  # to look costs nobody a turn at writing
        return None
    skip_locked = "FOR UPDATE SKIP LOCKED" if connection.vendor == "postgresql" else ""
    with transaction.atomic(), connection.cursor() as cursor:
        moments = {"now": _as_stored(now), "until": _as_stored(now + LEASE)}
        cursor.execute(_CLAIM.format(skip_locked=skip_locked), {"worker": worker, **moments})
        row = cursor.fetchone()
        return Job.objects.get(pk=row[0]) if row else None


def _as_stored(moment: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(moment)


def _run(job: Job, now: datetime) -> None:
    job.begin(now)
    try:
        with _kept_lease(job):
            try:
                job.finish(work_called(job.name)(job, **job.args))
            except LeaseLost:
                raise
            except Exception as error:
                logger.exception("The job %s failed", job)
                job.fail(_in_words(error), for_good=isinstance(error, NoUse))
            except BaseException:  # the worker is to stop
                with suppress(LeaseLost):
                    job.hand_back()
                raise
    except LeaseLost:
        logger.warning("The job %s was given to another worker meanwhile", job)


@contextmanager
def _kept_lease(job: Job) -> Iterator[None]:
    """Renew the lease for as long as the job takes."""
    over = threading.Event()

    def renew_until_over() -> None:
        try:
            while not over.wait(LEASE.total_seconds() / 3):
                try:
                    job.renew()
                except LeaseLost:
                    return
                except Exception:
                    logger.exception("The lease of %s could not be renewed; it is tried again", job)
        finally:
            connection.close()

    renewing = threading.Thread(target=renew_until_over, name=f"lease of {job}", daemon=True)
    renewing.start()
    try:
        yield
    finally:
        over.set()
        renewing.join()


def _give_up_what_kills_its_workers(now: datetime) -> None:
    """A job whose worker disappeared at its last attempt is not given to one more."""
    lost = Job.objects.due(now).filter(status=Status.RUNNING, attempts__gte=F("max_attempts"))
    if lost.exists():
        why = "Its worker disappeared each time."
        lost.update(status=Status.DEAD, finished_at=now, lease_until=None, last_error=why)


def _in_words(error: Exception) -> str:
    where = "".join(traceback.format_exception(error))[-4000:]
    return scrub(f"{type(error).__name__}: {error}\n\n{where}")
