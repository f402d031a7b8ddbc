"""Who is behind an actor's key, for people to read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from sisheng.ground.events.models import Event
from sisheng.mall.staff.models import Staff


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
    names = {key: people[number].spoken_name for key, number in numbers.items() if number in people}
    return {key: names.get(key) or _nobody_of_us(key) for key in keys}


def _nobody_of_us(key: str) -> str:
    kind = key.partition(":")[0]
    if kind == "system":
        return _("the system")
    if kind == "visitor":
        return _("the customer")
    return _("by link") if kind == "link" else key
