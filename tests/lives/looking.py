"""Compares one complaint as it is kept with what people did with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from itertools import zip_longest

from sisheng.cases.models import Alert, Clock
from sisheng.desk.complaints.models import Complaint
from sisheng.desk.complaints.tests.reading import moves
from sisheng.ground.events.models import Delivery, Event
from sisheng.kit.messages.models import Message, Notice
from tests.lives.moves import One

TRANSITIONS = {"begin", *(name for names in moves().values() for name in names)}
NOBODYS = {"discarded", "withdrawn", "archived", "merged"}
BROKEN = Clock.Stage.BREACHED


def wrong_with(one: One) -> Iterator[str]:
    complaint = Complaint.objects.get(pk=one.pk)
    if complaint.status != one.status:
        yield f"it is “{complaint.status}”, not “{one.status}”"
    if (complaint.turn == "nobody") != (one.status in NOBODYS) or (complaint.closed_at is None) != complaint.is_open:
        yield f"it is {complaint.turn}’s turn, closed at {complaint.closed_at}"
    if (complaint.closed_at is not None) != (one.status in NOBODYS):
        yield f"closed at {complaint.closed_at} as “{one.status}”"
    if complaint.version != len(one.history) - 1:
        yield f"version {complaint.version} after {len(one.history) - 1} transitions"
    yield from _events(one)
    clocks = list(Clock.objects.filter(case_id=one.pk).order_by("pk"))
    yield from _clocks(one, clocks)
    yield from _rings(one, clocks)
    dues = [clock.due_at for clock in clocks if not (clock.met_at or clock.cancelled_at) and clock.due_at]
    if (min(dues) if dues else None) != (None if complaint.next_due_at.year >= 9000 else complaint.next_due_at):
        yield f"the lists say it is due {complaint.next_due_at}, its clocks {min(dues, default=None)}"
    kept = Counter(Message.objects.filter(case_id=one.pk).values_list("purpose", flat=True))
    if dict(kept) != one.messages:
        yield f"told its customer {dict(kept)}, not {one.messages}"


def _events(one: One) -> Iterator[str]:
    kinds = list(Event.objects.filter(topic=one.number).order_by("pk").values_list("kind", flat=True))
    kinds = [kind for kind in kinds if not kind.startswith("message.")]
    made = [kind.removeprefix("complaint.") for kind in kinds if kind.removeprefix("complaint.") in TRANSITIONS]
    if made != one.history:
        yield f"its events are {made}, not {one.history}"
    rung = {"deadline.soon", "deadline.due", "deadline.breached", "deadline.escalated", "deadline.acknowledged"}
    others = [kind for kind in kinds if kind.removeprefix("complaint.") not in TRANSITIONS and kind not in rung]
    if (found := dict(Counter(others))) != one.told:
        differing = {kind for kind in {*found, *one.told} if found.get(kind, 0) != one.told.get(kind, 0)}
        told = ", ".join(f"{found.get(kind, 0)} × {kind} (not {one.told.get(kind, 0)})" for kind in sorted(differing))
        yield f"its events tell {told}"


def _clocks(one: One, clocks: list[Clock]) -> Iterator[str]:
    kept = sorted(_shown(clock) for clock in clocks)
    for found, wanted in zip_longest(kept, sorted(_text(watch.shown) for watch in one.clocks.watches)):
        if found != wanted:
            yield f"a clock shows\n      {found}\n  not {wanted}"


def _shown(clock: Clock) -> str:
    return _text((
        clock.deadline, clock.part, clock.started_at, clock.due_at, clock.left, clock.met_at, clock.cancelled_at,
        clock.breached_at,
    ))  # fmt: skip


def _text(shown: tuple[object, ...]) -> str:
    names = ("", "", "began", "due", "left", "met", "cancelled", "broken")
    said = (value.strftime("%d %H:%M:%S") if isinstance(value, datetime) else value for value in shown)
    return " ".join(f"{name} {value}".strip() for name, value in zip(names, said, strict=True))


def _rings(one: One, clocks: list[Clock]) -> Iterator[str]:
    """No alarm is forgotten, and none is told twice."""
    told = Counter(
        (event["details"]["deadline"], event["details"]["part"], event["details"]["stage"])
        for event in Event.objects.filter(
            topic=one.number, kind__in=["deadline.soon", "deadline.due", "deadline.breached", "deadline.escalated"]
        ).values("details")
    )
    by_kind: dict[tuple[str, str], list[Clock]] = {}
    for clock in clocks:
        by_kind.setdefault((clock.deadline, clock.part), []).append(clock)
        if not (clock.met_at or clock.cancelled_at) and clock.due_at:
            is_heard = clock.acknowledged_at and clock.stage >= BROKEN
            if (clock.next_ring_at is None) != bool(is_heard):
                yield f"{clock.deadline} {clock.part} rings next at {clock.next_ring_at}, heard: {bool(is_heard)}"
        elif clock.next_ring_at is not None:
            yield f"{clock.deadline} {clock.part} has ended or rests, and rings at {clock.next_ring_at}"
    for key, ones in by_kind.items():
        put_off = sum(watch.put_off for watch in one.clocks.watches if (watch.deadline, watch.part) == key)
        for stage in (1, 2, 4, 5):
            if told[(*key, stage)] > len([clock for clock in ones if clock.stage >= stage]) + put_off:
                yield f"{key} was told {told[(*key, stage)]} times of stage {stage}"
        if told[(*key, BROKEN)] != len([clock for clock in ones if clock.stage >= BROKEN]):
            yield f"{key} was told {told[(*key, BROKEN)]} times that it is broken"


def wrong_in_the_end(family: list[One]) -> Iterator[str]:
    """When everything that follows has followed."""
    for delivery in Delivery.objects.filter(handled_at=None):
        yield f"{delivery.reaction} did not follow: {delivery.last_error}"
    numbers = [one.number for one in family]
    events = Event.objects.filter(topic__in=numbers, deliveries__reaction__endswith=".notify").distinct()
    owed = sum(len(set(event.details.get("to", [])) - {event.by}) for event in events)
    if (given := Notice.objects.filter(case__in=[one.pk for one in family]).count()) != owed:
        yield f"{given} notices were given, {owed} were owed"
    keys = Counter(Alert.objects.filter(clock__case__in=[one.pk for one in family]).values_list("clock", "to", "stage"))
    yield from (f"{key} was rung {times} times" for key, times in keys.items() if times > 1)
