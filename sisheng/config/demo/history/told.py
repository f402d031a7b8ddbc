"""The events of receptions that were written in bulk: the same as `contacts.actions` would have told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from sisheng.desk.contacts.models import Arrival, Contact, Outcome
from sisheng.desk.knowledge.actions import fold
from sisheng.desk.knowledge.models import Gap
from sisheng.ground.events.models import Event, EventDetail


def tell(contacts: list[Contact], stamps: list[Arrival]) -> int:
    """Write down the events of a day, and answer how many. Nothing follows them: what would, is written beside them."""
    unanswered = [contact for contact in contacts if contact.outcome == Outcome.UNANSWERED]
    Event.objects.bulk_create([*map(_logged, contacts), *map(_stamped, stamps), *map(_greeted, stamps)])
    _tell_unanswered(unanswered)
    return len(contacts) + 2 * len(stamps) + len(unanswered)


def _logged(contact: Contact) -> Event:
    told = {"need": contact.need, "outcome": contact.outcome, "seconds": contact.seconds}
    if contact.answer_ref:
        told["answer"] = f"{contact.answer_kind}:{contact.answer_ref}"
    return _event("contact.logged", contact, told)


def _tell_unanswered(contacts: list[Contact]) -> None:
    details = [EventDetail.salted({"words": contact.words}) for contact in contacts]
    events = [_event("contact.unanswered", contact, {"need": contact.need}) for contact in contacts]
    for event, beside in zip(events, details, strict=True):
        event.detail_hash = beside.digest()
    for event, beside in zip(Event.objects.bulk_create(events), details, strict=True):
        beside.event = event
    EventDetail.objects.bulk_create(details)


def _event(kind: str, contact: Contact, details: dict[str, object]) -> Event:
    return Event(
        mall_id=contact.mall_id,
        topic=contact.topic,
        kind=kind,
        by=contact.agent.actor_key,
        at=contact.at,
        via="desk",
        details=details,
    )


def _stamped(stamp: Arrival) -> Event:
    return _of_arrival("arrival.stamped", stamp, stamp.arrived_at)


def _greeted(stamp: Arrival) -> Event:
    return _of_arrival("arrival.greeted", stamp, stamp.greeted_at)


def _of_arrival(kind: str, stamp: Arrival, at: datetime | None) -> Event:
    return Event(
        mall_id=stamp.mall_id,
        topic=f"arrival:{stamp.pk}",
        kind=kind,
        by=stamp.greeted_by.actor_key if stamp.greeted_by else "",
        at=at or stamp.arrived_at,
        via="desk",
        details={"desk": stamp.desk_id},
    )


def gaps(contacts: Iterable[Contact]) -> list[Gap]:
    """What nobody could answer in all that time, with how often it was asked (KNW-04, KNW-05)."""
    contacts = list(contacts)
    asked = Counter(contact.words for contact in contacts)
    first = {contact.words: contact for contact in reversed(contacts)}
    last = {contact.words: contact for contact in contacts}
    return [
        Gap(
            mall=first[words].mall,
            words=words,
            same_words=fold(words),
            need=first[words].need,
            asked=times,
            first_at=first[words].at,
            last_at=last[words].at,
        )
        for words, times in asked.items()
    ]
