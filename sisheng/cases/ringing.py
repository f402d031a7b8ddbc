"""Time is swept, never timed: ask the database which clocks need somebody, and tell them (D17)."""

from __future__ import annotations

import logging
from collections import defaultdict
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Case, F, Q, When

from sisheng.cases.ladder import OnDuty
from sisheng.cases.models import Alert, Clock
from sisheng.cases.models.clock import ClockQuerySet
from sisheng.ground.act import SYSTEM, Act
from sisheng.ground.events.models import Event, Telling
from sisheng.ground.policies import current
from sisheng.mall.staff.models import Staff

logger = logging.getLogger(__name__)

BATCH = 200  # clocks to one transaction: short enough that nobody at the counter waits for it

TOLD = {
    Clock.Stage.SOON: "deadline.soon",
    Clock.Stage.DUE: "deadline.due",
    Clock.Stage.BREACHED: "deadline.breached",
    Clock.Stage.LEAD: "deadline.escalated",
    Clock.Stage.SUPERVISOR: "deadline.escalated",
    Clock.Stage.MANAGER: "deadline.escalated",
}


def sweep(at: datetime, *, most: int = 5000) -> int:
    """Ring each clock whose moment has come; return how many rang. Safe in several processes at once.

    A missed sweep loses nothing: the next one goes straight to the stage that the clock has reached meanwhile.
    """
    this_round, rung = Round(at), 0
    while rung < most:
        batch = list(_waiting(at)[:BATCH])
        won = this_round.ring_together(batch)
        rung += won
        if not won:  # nothing waits, or another worker has it
            break
    return rung


def _waiting(at: datetime) -> ClockQuerySet:
    return Clock.objects.to_ring(at).select_related("case__mall", "case__handler", "case__owner")


class Round:
    """One sweep at one moment: what it looks up about people and policies, it looks up once."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.on_duty = OnDuty(at)
        self._steps: dict[tuple[int, str], timedelta] = {}

    def ring_together(self, clocks: list[Clock]) -> int:
        """Ring clocks in one transaction; if that fails, one by one, so that one bad clock stops no other."""
        in_order = sorted(clocks, key=lambda clock: clock.pk)  # as a transition takes the clocks of its case
        try:
            with transaction.atomic():
                return self._ring(in_order)
        except Exception:
            logger.exception("A batch of clocks could not be rung together; now one by one")
        return sum(self._ring_alone(clock.pk) for clock in in_order)

    def _ring_alone(self, key: int) -> bool:
        try:
            with transaction.atomic():  # read again: what failed together may have moved it on in memory already
                return bool(self._ring(list(_waiting(self.at).filter(pk=key))))
        except Exception:
            logger.exception("Clock %s could not be rung; it is tried again in an hour", key)
            Clock.objects.filter(pk=key).update(next_ring_at=self.at + timedelta(hours=1))
            return False

    def _ring(self, clocks: list[Clock]) -> int:
        """Move each clock on and tell whoever answers for it; how many there were for which nobody else was first."""
        rung = [clock for clock in clocks if self.move_on(clock)]
        self._tell([(clock, self.on_duty.answering_for(clock)) for clock in rung])
        return len(rung)

    def move_on(self, clock: Clock) -> bool:
        """To the stage it has reached; False if another was first."""
        stage = _stage_reached(clock, self.at)
        breaks_now = clock.stage < Clock.Stage.BREACHED <= stage
        as_seen = Clock.objects.live().filter(
            pk=clock.pk, next_ring_at=clock.next_ring_at, stage=clock.stage, acknowledged_at=clock.acknowledged_at
        )
        # “I take care” was said of a promise that could still be kept; a broken one is asked about anew. Said of the
        # broken one it holds, also when the clock has rested meanwhile.
        if breaks_now:
            clock.acknowledged_by, clock.acknowledged_at = None, None
            clock.breached_at = clock.breached_at or clock.due_at  # it was broken before it rested, perhaps
        if not as_seen.update(
            stage=stage,
            breached_at=clock.breached_at,
            acknowledged_by=clock.acknowledged_by,
            acknowledged_at=clock.acknowledged_at,
            next_ring_at=self._next_ring(clock, stage),
        ):
            return False
        clock.stage = stage
        return True

    def _tell(self, rung: list[tuple[Clock, list[Staff]]]) -> None:
        """Record that they rang, and lay the rings on people's desks: the events of one kind in one go, likewise the
        rings."""
        act = Act(by=SYSTEM, at=self.at, via="worker")
        told: dict[tuple[int, str], list[Telling]] = defaultdict(list)
        for clock, people in rung:
            told[clock.mall_id, TOLD[Clock.Stage(clock.stage)]].append(self._told_of(clock, people))
        for (mall_id, kind), tellings in told.items():
            Event.record_many(kind, act, tellings, mall_id=mall_id)
        Alert.objects.bulk_create(
            [
                Alert(mall_id=clock.mall_id, clock=clock, to=person, stage=clock.stage, at=self.at)
                for clock, people in rung
                for person in people
            ],
            ignore_conflicts=True,
        )

    def _told_of(self, clock: Clock, people: list[Staff]) -> Telling:
        return Telling(
            clock.case.topic,
            {
                "deadline": clock.deadline,
                "part": clock.part,
                "stage": clock.stage,
                "to": [person.actor_key for person in people],
            },
            # the breach happened when the time ran out, not when a sweep came by
            said_at=clock.breached_at if clock.stage == Clock.Stage.BREACHED else self.at,
        )

    def _next_ring(self, clock: Clock, stage: int) -> datetime | None:
        if stage == Clock.Stage.SOON:
            return clock.now_at
        if stage == Clock.Stage.DUE:
            return clock.due_at
        if clock.acknowledged_at:
            return None
        on_top = stage == Clock.Stage.MANAGER
        return self.at + self._step(clock.mall_id, "escalation.repeat" if on_top else "escalation.step")

    def _step(self, mall_id: int, policy: str) -> timedelta:
        key = (mall_id, policy)
        if key not in self._steps:
            self._steps[key] = current(mall_id, policy, self.at).amount
        return self._steps[key]


def _stage_reached(clock: Clock, at: datetime) -> int:
    if clock.stage >= Clock.Stage.BREACHED:
        return min(clock.stage + 1, Clock.Stage.MANAGER)
    if clock.due_at is not None and at >= clock.due_at:
        return Clock.Stage.BREACHED
    return Clock.Stage.DUE if at >= clock.now_at else Clock.Stage.SOON


@transaction.atomic
def acknowledge(clock: Clock, act: Act, who: Staff) -> None:
    """Somebody says: I see it and take care. The alarm climbs no further; the deadline itself does not move.

    Said before the breach it holds until then: a broken promise rings once more and climbs until somebody answers.
    """
    act.must("cases.acknowledge", clock.case.mall)
    unheard = Clock.objects.live().filter(pk=clock.pk, acknowledged_at=None)
    silenced = Case(When(stage__gte=Clock.Stage.BREACHED, then=None), default=F("next_ring_at"))
    if unheard.update(acknowledged_by=who, acknowledged_at=act.at, next_ring_at=silenced):
        Event.record(
            "deadline.acknowledged", clock.case.topic, act,
            mall_id=clock.mall_id, deadline=clock.deadline, part=clock.part,
        )  # fmt: skip
    Alert.objects.filter(clock=clock, cleared_at=None).update(cleared_at=act.at)
    clock.refresh_from_db()


def clear_alerts_of_ended_clocks(at: datetime) -> int:
    """Take the rings of clocks that were met or cancelled meanwhile off people's desks."""
    ended = Q(clock__met_at__isnull=False) | Q(clock__cancelled_at__isnull=False)
    hanging = list(Alert.objects.filter(ended, cleared_at=None).values_list("pk", flat=True))
    # each by itself: whoever holds one row at a time never stands in anybody's way
    return sum(Alert.objects.filter(pk=key, cleared_at=None).update(cleared_at=at) for key in hanging)
