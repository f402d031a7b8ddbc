"""What is done later, and outside of the desk: mail, long exports, what the timetable says."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from random import uniform
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import pgettext_lazy

LEASE = timedelta(seconds=60)  # how long a worker may be silent before its job is given to another
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=10), timedelta(hours=1)
BETWEEN_REPORTS = 0.5  # seconds


class Status(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("job", "waiting")
    RUNNING = "running", pgettext_lazy("job", "running")
    DONE = "done", pgettext_lazy("job", "done")
    DEAD = "dead", pgettext_lazy("job", "given up")


class JobQuerySet(models.QuerySet["Job"]):
    def unfinished(self) -> JobQuerySet:
        return self.filter(finished_at=None)

    def due(self, now: datetime) -> JobQuerySet:
        """What a worker may begin: its time has come, or the worker that held it has fallen silent."""
        waiting = Q(status=Status.WAITING) & (Q(run_at=None) | Q(run_at__lte=now))
        return self.unfinished().filter(waiting | Q(status=Status.RUNNING, lease_until__lt=now))

    def dead(self) -> JobQuerySet:
        """Given up: somebody has to look."""
        return self.filter(status=Status.DEAD).order_by("-pk")


class LeaseLost(Exception):
    """This job has been given to another worker meanwhile, or called off: stop, and leave nothing behind."""


class Job(models.Model):
    """One thing to be done, at least once: it must do no harm when it is done again after a crash.

    A worker holds a lease on what it does. Only the holder may say that it is done.
    """

    mall_id = models.BigIntegerField(default=0)  # 0: of no mall
    name = models.CharField(max_length=80)  # of the function: see @job
    args = models.JSONField(default=dict)  # keys of rows, never what is in them: nobody forgets what lies here
    priority = models.SmallIntegerField(default=0)  # higher goes first
    dedup = models.CharField(max_length=120, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    enqueued_at = models.DateTimeField(db_default=Now())
    run_at = models.DateTimeField(null=True)  # nothing: at once
    attempts = models.PositiveIntegerField(default=0)  # that were begun
    max_attempts = models.PositiveIntegerField(default=8)
    worker = models.CharField(max_length=80, blank=True)
    lease_until = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)
    result = models.JSONField(null=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)  # 0: nobody knows
    sentence = models.CharField(max_length=200, blank=True)  # what it is doing, for whoever waits

    objects = JobQuerySet.as_manager()

    PLAIN = (
        "mall_id", "name", "args", "priority", "dedup", "status", "attempts", "max_attempts", "worker", "last_error",
        "result", "done", "total", "sentence",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mall_id", "name", "dedup"],
                condition=~Q(dedup="") & Q(finished_at=None),
                name="jobs_job_one_unfinished",
            ),
            models.CheckConstraint(
                condition=~Q(status="running") | Q(lease_until__isnull=False) & ~Q(worker=""), name="jobs_job_held"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["waiting", "running"], finished_at=None)
                | Q(status__in=["done", "dead"], finished_at__isnull=False),
                name="jobs_job_finished_or_not",
            ),
        ]
        indexes = [
            models.Index(F("priority").desc(), "id", name="jobs_job_to_do", condition=Q(finished_at=None)),
            models.Index(fields=["mall_id", "status"], name="jobs_job_of_mall"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.pk}"

    # --- for the function that does it ---

    @property
    def progress(self) -> tuple[int, int]:
        return self.done, self.total

    def report(self, done: int, total: int = 0, sentence: str = "") -> None:
        """Show how far it is; raises LeaseLost when it is no longer ours to do."""
        is_last = done == total
        if not is_last and time.monotonic() < getattr(self, "_next_report", 0):
            return
        self._next_report = time.monotonic() + BETWEEN_REPORTS
        self._note(done=done, total=total, sentence=sentence[:200])

    def now(self) -> datetime:
        """The time, as the worker's loop counts it."""
        return self._begun_at + timedelta(seconds=time.monotonic() - self._begun)

    # --- for the worker ---

    def begin(self, now: datetime) -> None:
        self._begun_at, self._begun = now, time.monotonic()

    def renew(self) -> None:
        self._note(lease_until=self.now() + LEASE)

    def finish(self, result: Any) -> None:
        self._note(status=Status.DONE, finished_at=self.now(), lease_until=None, result=result, last_error="")

    def fail(self, error: str, *, for_good: bool = False) -> None:
        """Try again later, later each time; after the last attempt give up."""
        if for_good or self.attempts >= self.max_attempts:
            self._note(status=Status.DEAD, finished_at=self.now(), lease_until=None, last_error=error)
            return
        wait = min(FIRST_WAIT * 2 ** min(self.attempts - 1, 20), LONGEST_WAIT) * uniform(0.75, 1.25)  # noqa: S311
        self._note(status=Status.WAITING, run_at=self.now() + wait, lease_until=None, last_error=error)

    def hand_back(self) -> None:
        """The worker is told to stop: another one may do it at once, and this attempt does not count."""
        self._note(status=Status.WAITING, lease_until=None, attempts=self.attempts - 1)

    def _note(self, **changes: Any) -> None:
        # A worker whose lease has run out is too late, also if the same worker has begun the job again.
        mine = Job.objects.filter(pk=self.pk, status=Status.RUNNING, worker=self.worker, attempts=self.attempts)
        if not mine.update(**changes):
            raise LeaseLost(f"{self} is no longer held by {self.worker}.")
        for name, value in changes.items():
            setattr(self, name, value)


class Schedule(models.Model):
    """When an entry of the timetable was last begun. Whoever changes the row does the work."""

    path = models.CharField(max_length=120, primary_key=True)
    last_at = models.DateTimeField()
    last_error = models.TextField(blank=True)

    PLAIN = ("last_error",)

    def __str__(self) -> str:
        return self.path


class Worker(models.Model):
    """A process that says every few seconds that it is alive. It takes its row away when it stops in peace."""

    name = models.CharField(max_length=80, primary_key=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name

    @classmethod
    def beat(cls, name: str, now: datetime) -> None:
        if not cls.objects.filter(name=name).update(seen_at=now):
            cls.objects.filter(seen_at__lt=now - timedelta(days=1)).delete()
            cls.objects.create(name=name, started_at=now, seen_at=now)
