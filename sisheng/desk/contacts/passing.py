"""Passing up: what the desk cannot answer goes to somebody above who is there (INQ-07).

Not at once: a slip of the finger is taken back within ten seconds, and nobody is to come running for it.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from sisheng.cases.ladder import OnDuty
from sisheng.desk.contacts.models import Contact
from sisheng.ground.act import SYSTEM, Act
from sisheng.ground.events.models import Event
from sisheng.mall.staff.names import spoken_names

MOST = 100  # in one round; the next one comes in seconds


def pass_up(at: datetime) -> int:
    """Tell a superior of each contact that was passed up, and return how many. Safe in several processes at once."""
    on_duty = OnDuty(at)
    ready = Contact.objects.to_pass_up(at).select_related("mall", "desk").order_by("pk")[:MOST]
    return sum(_pass_up(contact, on_duty) for contact in ready)


@transaction.atomic
def _pass_up(contact: Contact, on_duty: OnDuty) -> bool:
    at = on_duty.at
    if not Contact.objects.to_pass_up(at).filter(pk=contact.pk).update(passed_up_at=at):
        return False  # another worker was first
    above = on_duty.at_level(contact.mall, "lead", but=contact.agent_id)
    Event.record(
        "contact.passed_up", contact.topic, Act(by=SYSTEM, at=at, via="worker"), mall_id=contact.mall_id,
        to=[person.actor_key for person in above], desk=contact.desk.name if contact.desk else "",
        number=contact.number, opens="contacts:detail", opens_of=contact.number,
    )  # fmt: skip
    return True


def passed_up_to(contact: Contact) -> str:
    """Who was told of it, for people to read; nothing as long as nobody was."""
    if contact.passed_up_at is None:
        return ""
    told = Event.objects.about(contact.mall_id, contact.topic).filter(kind="contact.passed_up").first()
    keys = told.details["to"] if told else []
    names = spoken_names(set(keys))
    return "、".join(names[key] for key in keys)
