"""Is somebody at work, and does what is asked for get done?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from sisheng.ground.checkup import Finding, examine, trouble, well
from sisheng.ground.jobs.models import Job, Schedule, Worker

SILENT = timedelta(seconds=60)


@examine("jobs.worker")
def is_somebody_at_work(now: datetime) -> Iterator[Finding]:
    last = Worker.objects.order_by("-seen_at").first()
    if last is None:
        yield trouble(_("No worker has ever been at work. Start `sisheng work`, or no deadline rings."))
    elif last.seen_at < now - SILENT:
        when = localtime(last.seen_at).strftime("%Y-%m-%d %H:%M:%S")
        yield trouble(_("No worker since %(when)s. Start `sisheng work`, or no deadline rings.") % {"when": when})
    else:
        yield well(_("%(name)s is at work.") % {"name": last.name})


@examine("jobs.dead")
def was_anything_given_up(now: datetime) -> Iterator[Finding]:
    dead = Job.objects.dead()
    for job in dead[:5]:
        error = job.last_error.partition("\n")[0]
        yield trouble(
            _("Job %(id)s (%(name)s) was given up after %(attempts)s attempts: %(error)s")
            % {"id": job.pk, "name": job.name, "attempts": job.attempts, "error": error}
        )
    if not dead:
        waiting = Job.objects.due(now).count()
        yield well(_("No job was given up; %(count)s wait to be done.") % {"count": waiting})


@examine("jobs.timetable")
def is_the_timetable_kept(now: datetime) -> Iterator[Finding]:
    failing = Schedule.objects.exclude(last_error="").order_by("path")
    for entry in failing:
        yield trouble(_("%(path)s fails: %(error)s") % {"path": entry.path, "error": entry.last_error})
    if not failing:
        yield well(_("The timetable is kept."))
