"""Who is behind an actor's key, for people to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from sisheng.ground.events.models import Event
from sisheng.mall.staff.models import Staff

_by_number: ContextVar[bool] = ContextVar("by_number", default=False)


@contextmanager
def by_number() -> Iterator[None]:
    """In here people of the house are called by their staff number: on papers that leave it, no name stands."""
    before = _by_number.set(True)
    try:
        yield
    finally:
        _by_number.reset(before)


@dataclass(frozen=True)
class Line:
    """One line of a timeline: when, who, what."""

    at: datetime
    who: str
    sentence: str
    kind: str


def told(events: Iterable[Event]) -> list[Line]:
    """A story as people read it, newest first."""
    events = list(events)
    names = spoken_names({event.by for event in events})
    return [Line(event.happened_at, names[event.by], event.sentence(), event.kind) for event in reversed(events)]


def spoken_names(keys: set[str]) -> dict[str, str]:
    """The names behind actors' keys; the desk's own clocks are “the system”, and nobody's name is known outside."""
    numbers = {key: int(key.partition(":")[2]) for key in keys if key.startswith("staff:")}
    people = Staff.objects.in_bulk(numbers.values())
    names = {key: _called(people[number]) for key, number in numbers.items() if number in people}
    return {key: names.get(key) or _nobody_of_us(key) for key in keys}


def _called(person: Staff) -> str:
    return person.code if _by_number.get() else person.spoken_name


def _nobody_of_us(key: str) -> str:
    kind = key.partition(":")[0]
    if kind == "system":
        return _("the system")
    if kind == "visitor":
        return _("the customer")
    return _("by link") if kind == "link" else key
