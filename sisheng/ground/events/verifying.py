"""Is everything still as it was told? Each seal is computed again, and what differs is named."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError
from django.db.models import Max
from django.utils.translation import gettext as _

from sisheng.ground.events.models import Event, Seal
from sisheng.ground.events.seals import FIELDS, LEAF, digest_of, digest_of_seal, leaves_and_root

AT_ONCE = 2000  # events read in one piece
# What a database or Django says to a value that can no longer be what it was.
UNREADABLE = (DatabaseError, ValueError, TypeError, AttributeError)


def verify() -> list[str]:
    """What has been tampered with, in sentences; nothing at all when everything is as it was told."""
    problems: list[str] = []
    erased = _told_as_erased()
    end = 0
    for seal, following in _each_with_the_next(_seals()):
        if isinstance(seal, int):
            problems.append(_("Seal %(number)s is missing or cannot be read.") % {"number": seal})
            continue
        if _is_sound(seal, following):
            problems += _check_sealed(seal, erased)
        else:
            problems.append(_("Seal %(number)s was altered.") % {"number": seal.number})
        end = max(end, seal.last_id)
    return problems + _check_not_yet_sealed(end, erased)


@dataclass(frozen=True)
class _Found:
    """An event as it is now. Without a digest it cannot even be read."""

    id: int
    topic: str = "?"
    digest: bytes | None = None
    detail: str = ""  # what is wrong with its personal details: a sentence, or nothing

    def say(self, sentence: str) -> str:
        return sentence % {"id": self.id, "topic": self.topic}


def _told_as_erased() -> set[int]:
    erased: set[int] = set()
    for event_id in Event.objects.filter(kind="event.erased").values_list("pk", flat=True):
        with suppress(*UNREADABLE, KeyError):  # what it named is then found to be gone
            erased.update(Event.objects.get(pk=event_id).details["events"])
    return erased


def _seals() -> Iterator[Seal | int]:
    """Every seal in order; the bare number of one that is gone."""
    last = Seal.objects.aggregate(last=Max("number"))["last"] or 0
    for number in range(1, last + 1):
        try:
            yield Seal.objects.get(number=number)
        except (Seal.DoesNotExist, *UNREADABLE):
            yield number


def _each_with_the_next(seals: Iterator[Seal | int]) -> Iterator[tuple[Seal | int, Seal | int | None]]:
    here = next(seals, None)
    while here is not None:
        following = next(seals, None)
        yield here, following
        here = following


def _is_sound(seal: Seal, following: Seal | int | None) -> bool:
    """It agrees with itself; and the next one, if that can be trusted, agrees that this is what it was."""
    if digest_of_seal(seal) != seal.digest:
        return False
    if isinstance(following, Seal) and digest_of_seal(following) == following.digest:
        return following.previous == seal.digest
    return True


def _check_sealed(seal: Seal, erased: set[int]) -> list[str]:
    leaves = dict(LEAF.iter_unpack(bytes(seal.leaves)))
    found = list(_read(seal.first_id, seal.last_id, erased))
    problems = [problem for event in found if (problem := _differs(event, leaves))]
    deleted = leaves.keys() - {event.id for event in found}
    problems += [_("Event %(id)s was deleted.") % {"id": event_id} for event_id in sorted(deleted)]
    if not problems and leaves_and_root((event.id, event.digest or b"") for event in found)[1] != seal.root:
        ends = {"first": seal.first_id, "last": seal.last_id}
        problems.append(_("One of the events %(first)s to %(last)s was altered.") % ends)
    return problems


def _differs(event: _Found, leaves: dict[int, bytes]) -> str:
    if event.id not in leaves:
        return event.say(_("Event %(id)s about %(topic)s was put in among events that were already sealed."))
    if event.digest is None or event.digest[:8] != leaves[event.id]:
        return event.say(_("Event %(id)s about %(topic)s was altered."))
    return event.detail


def _check_not_yet_sealed(after: int, erased: set[int]) -> list[str]:
    """Nothing holds these yet, but their personal details must already be what their hashes say."""
    problems = []
    last = Event.objects.aggregate(last=Max("pk"))["last"] or 0
    for first in range(after + 1, last + 1, AT_ONCE):
        problems += [event.detail for event in _read(first, min(first + AT_ONCE - 1, last), erased) if event.detail]
    return problems


def _read(first: int, last: int, erased: set[int]) -> Iterator[_Found]:
    events = Event.objects.filter(pk__gte=first, pk__lte=last).order_by("pk")
    try:
        rows = list(events.values_list(*FIELDS, "detail__salt", "detail__details"))
    except UNREADABLE:
        yield from (_read_alone(event_id, erased) for event_id in list(events.values_list("pk", flat=True)))
    else:
        yield from (_found(row, erased) for row in rows)


def _read_alone(event_id: int, erased: set[int]) -> _Found:
    event = Event.objects.filter(pk=event_id)
    try:
        return _found(event.values_list(*FIELDS, "detail__salt", "detail__details").get(), erased)
    except UNREADABLE:
        pass
    try:
        return _Found(event_id, event.values_list("topic", flat=True).get())
    except UNREADABLE:
        return _Found(event_id)


def _found(row: tuple[Any, ...], erased: set[int]) -> _Found:
    *told, salt, personal = row
    event = dict(zip(FIELDS, told, strict=True))
    found = _Found(event["id"], event["topic"], digest_of(tuple(told)))
    if problem := _about_detail(event, salt, personal, erased):
        return _Found(found.id, found.topic, found.digest, found.say(problem))
    return found


def _about_detail(event: dict[str, Any], salt: str | None, personal: str | None, erased: set[int]) -> str:
    if personal is None:
        if event["detail_hash"] and event["id"] not in erased:
            return _("The personal details of event %(id)s about %(topic)s are gone, and nobody erased them.")
        return ""
    if hashlib.sha256(f"{salt}{personal}".encode()).hexdigest() != event["detail_hash"]:
        return _("The personal details of event %(id)s about %(topic)s were altered.")
    return ""
