"""What was said by when: one running instance of a deadline on one case (domain 3.19, D17)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy, pgettext_lazy

from sisheng.ground.act import Act
from sisheng.ground.lifecycle import Deadline
from sisheng.ground.policies import current, current_of

if TYPE_CHECKING:
    from sisheng.cases.models.case import Case
    from sisheng.ground.policies.value import Value

SOON_SHARE = 0.25  # of the whole time, still left
NOW_SHARE = 0.10
NOW_LEAST = timedelta(minutes=5)


class ClockQuerySet(models.QuerySet["Clock"]):
    def live(self) -> Self:
        return self.filter(met_at=None, cancelled_at=None)

    def to_ring(self, at: datetime) -> Self:
        """The clocks that ask for somebody's attention now, the longest waiting first."""
        return self.live().filter(next_ring_at__lte=at).order_by("next_ring_at", "pk")

    def follow(self, case: Case, name: str, act: Act, promised: datetime | None) -> None:
        """Start, meet, renew, cancel, pause and resume the clocks of a case after one transition.

        In the order of their keys, as a sweep takes them too: so neither ever holds what the other one waits for.
        What runs beside the case has clocks of its own; a transition only ends them or lets them rest.
        """
        own = {deadline.policy: deadline for deadline in case.life.deadlines}
        beside = {deadline.policy: deadline for deadline in case.life.parts}
        running: set[str] = set()
        for clock in self.filter(case=case).live().order_by("pk"):
            if clock.part == "" and clock.deadline in own:
                if clock.goes_on(own[clock.deadline], name, act):
                    running.add(clock.deadline)
                    clock.set_running(case.status not in own[clock.deadline].pauses_in, act, reason="state")
            elif (rule := beside.get(clock.deadline)) is not None:
                if name in rule.cancelled_by:
                    clock.cancel(act.happened_at)
                elif rule.pauses_in:
                    clock.set_running(case.status not in rule.pauses_in, act, reason="state")
        self.start_those_of(case, name, act, promised, but=running)

    def start_those_of(
        self, case: Case, name: str, act: Act, promised: datetime | None, *, but: Collection[str] = ()
    ) -> list[Clock]:
        """Start every clock that begins with this transition, but those that run already: all in one go."""
        deadlines = [
            deadline
            for deadline in case.life.deadlines
            if name in deadline.starts_on | deadline.renewed_on and deadline.policy not in but
        ]
        if not deadlines:
            return []
        values = current_of(case.mall_id, [deadline.policy for deadline in deadlines], act.happened_at)
        begun: list[Clock] = Clock.objects.bulk_create(
            _wound_up(case, deadline, values[deadline.policy], act, promised if deadline.is_promise else None)
            for deadline in deadlines
        )
        for clock, deadline in zip(begun, deadlines, strict=True):
            clock.set_running(case.status not in deadline.pauses_in, act, reason="state")
        return begun


class Clock(models.Model):
    """One deadline made on one case, or on a part of it. While it runs it has a due time; while paused, time left."""

    class State(models.TextChoices):
        OK = "ok", pgettext_lazy("clock", "running")
        SOON = "soon", pgettext_lazy("clock", "due soon")
        NOW = "now", pgettext_lazy("clock", "due now")
        OVER = "over", pgettext_lazy("clock", "overdue")
        PAUSED = "paused", pgettext_lazy("clock", "paused")
        MET = "met", pgettext_lazy("clock", "on time")
        LATE = "late", pgettext_lazy("clock", "done late")
        CANCELLED = "cancelled", pgettext_lazy("clock", "cancelled")

    class Stage(models.IntegerChoices):
        """How far the alarm has gone; from BREACHED on it climbs the ladder."""

        QUIET = 0
        SOON = 1
        DUE = 2
        BREACHED = 3
        LEAD = 4
        SUPERVISOR = 5
        MANAGER = 6

    mall = models.ForeignKey("directory.Mall", models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="clocks")
    deadline = models.CharField(max_length=40)  # a key of config/policies.py
    part = models.CharField(max_length=40, blank=True)  # one complaint, two shops, two statements
    counted = models.CharField(max_length=1)  # N natural time, O opening hours, W working days
    policy_version = models.PositiveIntegerField(default=0)  # 0: the default; a running clock keeps its version
    is_promise = models.BooleanField(default=False)
    role = models.CharField(max_length=20, blank=True)  # whom it rings first; empty: whoever does the work
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    left = models.DurationField(null=True)
    rested = models.DurationField(default=timedelta(0), db_default=timedelta(0))  # all its pauses that are over
    stage = models.PositiveSmallIntegerField(choices=Stage.choices, default=Stage.QUIET)
    next_ring_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey("staff.Staff", models.PROTECT, null=True, related_name="+")
    acknowledged_at = models.DateTimeField(null=True)
    met_at = models.DateTimeField(null=True)
    breached_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)

    PLAIN = ("deadline", "part", "counted", "left", "rested", "policy_version", "is_promise", "role", "stage")

    objects = ClockQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "deadline", "part"],
                condition=Q(met_at=None, cancelled_at=None),
                name="cases_clock_one_live",
            ),
            models.CheckConstraint(
                condition=Q(due_at__isnull=False, left=None) | Q(due_at=None, left__isnull=False),
                name="cases_clock_runs_or_is_paused",
            ),
            models.CheckConstraint(
                condition=Q(acknowledged_by=None, acknowledged_at=None)
                | Q(acknowledged_by__isnull=False, acknowledged_at__isnull=False),
                name="cases_clock_acknowledged_by_somebody",
            ),
            models.CheckConstraint(condition=Q(met_at=None) | Q(cancelled_at=None), name="cases_clock_ends_once"),
        ]
        indexes = [
            models.Index(
                fields=["next_ring_at"],
                name="cases_clock_to_ring",
                condition=Q(met_at=None, cancelled_at=None, next_ring_at__isnull=False),
            ),
            models.Index(  # of what fell due lately, how much was kept: without walking the clocks of all the years
                fields=["mall", "deadline", "due_at"],
                name="cases_clock_fell_due",
                condition=Q(cancelled_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.deadline}"

    # What may be asked of a clock

    @property
    def rule(self) -> Deadline | None:
        """The line of the lifecycle that made this clock."""
        return self.case.life.deadline(self.deadline)

    @property
    def label(self) -> Any:
        rule = self.rule
        return rule.label if rule else self.deadline

    def state(self, at: datetime) -> str:
        """How it stands at that moment, in the words of domain 3.19."""
        if self.cancelled_at:
            return self.State.CANCELLED
        if self.met_at:
            return (
                self.State.LATE if self.breached_at or (self.due_at and self.met_at > self.due_at) else self.State.MET
            )
        if self.due_at is None:
            return self.State.PAUSED
        for state, moment in (
            (self.State.OVER, self.due_at),
            (self.State.NOW, self.now_at),
            (self.State.SOON, self.soon_at),
        ):
            if at >= moment:
                return state
        return self.State.OK

    @property
    def soon_at(self) -> datetime:
        """From when the last quarter runs."""
        return self._due() - self._whole() * SOON_SHARE

    @property
    def now_at(self) -> datetime:
        """From when the last tenth runs, or the last five minutes if that is longer."""
        last = max(self._whole() * NOW_SHARE, NOW_LEAST)
        return max(self._due() - last, self.soon_at)

    def _due(self) -> datetime:
        if self.due_at is None:
            raise ValueError("a paused clock has no due time")
        return self.due_at

    def _whole(self) -> timedelta:
        """From its start until it is due, without the time in which it stood still."""
        return self._due() - self.started_at - self.rested

    # What happens to a clock

    def goes_on(self, rule: Deadline, name: str, act: Act) -> bool:
        """Meet or cancel it where this transition says so; whether it still runs."""
        if name in rule.met_by | rule.renewed_on:
            self.meet(act.happened_at)
        elif name in rule.cancelled_by:
            self.cancel(act.happened_at)
        else:
            return True
        return False

    def meet(self, at: datetime) -> None:
        """It was done: on time, or late and then marked as broken even if no sweep had come by yet."""
        self.met_at, self.next_ring_at = at, None
        if self.due_at and at > self.due_at and self.breached_at is None:
            self.breached_at = self.due_at
        self.save(update_fields=["met_at", "next_ring_at", "breached_at"])

    def cancel(self, at: datetime) -> None:
        self.cancelled_at, self.next_ring_at = at, None
        self.save(update_fields=["cancelled_at", "next_ring_at"])

    def put_off(self, until: datetime) -> None:
        """Due later, and quiet again until its last quarter."""
        self.due_at, self.stage = until, self.Stage.QUIET
        self.acknowledged_by, self.acknowledged_at, self.next_ring_at = None, None, self.soon_at
        self.save(update_fields=["due_at", "stage", "acknowledged_by", "acknowledged_at", "next_ring_at"])

    def revive(self) -> None:
        """It was called off too early: it runs on as if nothing had been, to the same due time."""
        self.cancelled_at = None
        self.next_ring_at = self._rings_on()
        self.save(update_fields=["cancelled_at", "next_ring_at"])

    def _rings_on(self) -> datetime | None:
        """When it is to be heard of next, having stood still: not at all if somebody has answered for its breach."""
        if self.due_at is None or (self.stage >= self.Stage.BREACHED and self.acknowledged_at):
            return None
        return {self.Stage.QUIET: self.soon_at, self.Stage.SOON: self.now_at}.get(self.Stage(self.stage), self.due_at)

    def set_running(self, running: bool, act: Act, *, reason: str) -> None:
        """Pause the clock, keeping what is left, or let it run on from now."""
        if running == (self.due_at is not None):
            return
        calendar = self.case.mall.calendar(self.counted, desk=self.case.desk)
        at = act.happened_at
        if running:
            self.due_at, self.left = calendar.add(at, self.left or timedelta(0)), None
            for pause in self.pauses.filter(until_at=None):
                self.rested += at - pause.from_at
                pause.until_at = at
                pause.save(update_fields=["until_at"])
            self.next_ring_at = self._rings_on()
        else:
            if self.breached_at is None and at > self._due():  # resting makes nothing good that is broken already
                self.breached_at = self.due_at
            self.left, self.due_at = calendar.between(at, max(at, self._due())), None
            self.pauses.create(from_at=at, by=act.by.actor_key, reason=reason)
            self.next_ring_at = None
        self.save(update_fields=["due_at", "left", "rested", "next_ring_at", "breached_at"])


class Pause(models.Model):
    """A time in which a clock stood still, and why. Only three reasons are lawful for a person (domain 3.19)."""

    REASONS = {
        "customer": gettext_lazy("the customer asked us to wait"),
        "authority": gettext_lazy("an outside authority decides"),
        "force_majeure": gettext_lazy("force majeure"),
    }

    clock = models.ForeignKey(Clock, models.CASCADE, related_name="pauses")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    by = models.CharField(max_length=40)
    reason = models.CharField(max_length=20)

    PLAIN = ("by", "reason")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clock"], condition=Q(until_at=None), name="cases_pause_one_at_a_time"),
            models.CheckConstraint(
                condition=Q(until_at=None) | Q(until_at__gte=F("from_at")), name="cases_pause_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clock_id} {self.reason}"


def start(
    case: Case, deadline: Deadline, act: Act, promised: datetime | None, *, part: str = "", role: str = "",
    since: datetime | None = None,
) -> Clock:  # fmt: skip
    """Start a clock now, or as if it had run since an earlier moment. A promised time is kept as it was said; otherwise
    the policy of the mall decides, as it is today."""
    value = current(case.mall_id, deadline.policy, act.happened_at)
    clock = _wound_up(case, deadline, value, act, promised, part=part, role=role, since=since)
    clock.save()
    return clock


def _wound_up(
    case: Case, deadline: Deadline, value: Value, act: Act, promised: datetime | None, *, part: str = "",
    role: str = "", since: datetime | None = None,
) -> Clock:  # fmt: skip
    """A clock that is ready to be started."""
    at = since or act.happened_at
    due_at = promised or value.due_at(at, case.mall.calendar(value.counted, desk=case.desk))
    clock = Clock(
        mall=case.mall, case=case, deadline=deadline.policy, part=part, counted=value.counted,
        policy_version=value.version, is_promise=deadline.is_promise, role=role or case.real().answers_from,
        started_at=at, due_at=due_at,
    )  # fmt: skip
    clock.next_ring_at = clock.soon_at
    return clock
