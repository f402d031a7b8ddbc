"""What people and the timetable do with jobs."""

from __future__ import annotations

from datetime import datetime, timedelta

from sisheng.ground.jobs.models import Job, Status

KEPT = timedelta(days=30)
AT_ONCE = 500  # so that nobody waits long for a turn at writing


def try_again(dead: Job) -> bool:
    """Give a job that was given up all its attempts again; whether it was still given up."""
    given_up = Job.objects.filter(pk=dead.pk, status=Status.DEAD)
    return bool(given_up.update(status=Status.WAITING, attempts=0, run_at=None, finished_at=None))


def forget_done(at: datetime) -> None:
    """Jobs that were done a month ago are of no use to anybody. Those that were given up stay until somebody looks."""
    old = Job.objects.filter(status=Status.DONE, finished_at__lt=at - KEPT)
    while keys := list(old.values_list("pk", flat=True)[:AT_ONCE]):
        Job.objects.filter(pk__in=keys).delete()
