"""What is done with messages and notices: customers are told, staff are told, and both can be taken care of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sisheng.cases.models import Case
from sisheng.ground.act import Act
from sisheng.ground.events.models import Event
from sisheng.ground.once.models import once
from sisheng.ground.refusals import OutOfTurn, Unusable
from sisheng.kit.messages.models import Message, Notice
from sisheng.kit.messages.ways import channel_to, first_quiet_free, shown_address
from sisheng.mall.directory.models import Mall
from sisheng.mall.staff.models import Staff

UNDO = timedelta(seconds=10)  # nothing leaves the house while it can still be undone
LONGEST_SUBJECT, LONGEST_TEXT = 120, 2000
NOTICES = "notices"  # the story of what staff were told; it stands in no case


@once
def tell_customer(
    act: Act, case: Case, *, purpose: str, subject: str, text: str, dedup: str = "", language: str = ""
) -> Message:
    """Let the customer of a case know something, once for each purpose; asking again gives the first message.

    What may be told several times (how it stands, a second proposal) says with `dedup` which time it is. It goes out by
    the way the customer likes, after the undo time and never in quiet hours; who cannot or does not want to be written
    to is told in person. Called from within another action, give it `act.under("")`.
    """
    act.must("messages.send", case.mall)
    subject, text = " ".join(subject.split()), text.strip()
    if not subject or len(subject) > LONGEST_SUBJECT or not subject.isprintable():
        raise Unusable(_("A message needs a subject of one line, %(most)s characters at most.") %
                       {"most": LONGEST_SUBJECT}, field="subject")  # fmt: skip
    if not text or len(text) > LONGEST_TEXT:
        raise Unusable(_("A message needs a text, %(most)s characters at most.") % {"most": LONGEST_TEXT}, field="text")
    asked = Message.objects.filter(mall=case.mall, key=f"{case.number}:{purpose}:{dedup}")
    if told := asked.first():
        return told
    message = _addressed(act, case, purpose, dedup)
    message.subject, message.text, message.language = subject, text, language or case.language
    try:
        with transaction.atomic():
            message.save(force_insert=True)
    except IntegrityError:  # somebody else asked for the same a moment ago
        told = asked.first()
        if told is None:
            raise
        return told
    kind = "message.to_tell" if message.channel == Message.Channel.SLIP else "message.queued"
    message.record(kind, act)
    return message


@once
def cancel(act: Act, message: Message, *, reason: str = "") -> Message:
    """Take a message back that has not gone out yet. Raises OutOfTurn once it has."""
    act.must("messages.send", message.mall)
    if not _move(message, {Message.State.WAITING}, state=Message.State.CANCELLED):
        raise OutOfTurn(_("This message is already on its way and cannot be taken back."))
    message.record("message.cancelled", act, reason=reason)
    return message


@once
def told(act: Act, message: Message) -> Message:
    """Somebody told the customer in person what no gateway could bring."""
    act.must("messages.send", message.mall)
    before = {Message.State.WAITING} if message.channel == Message.Channel.SLIP else {Message.State.FAILED}
    if not _move(message, before, state=Message.State.TOLD, sent_at=act.happened_at):
        raise OutOfTurn(_("This message is no longer waiting to be told."))
    message.record("message.told", act)
    return message


@once
def tell_staff(
    act: Act, mall: Mall, *, to: Iterable[Staff], kind: str, case: Case | None = None, **details: Any
) -> list[Notice]:
    """Let people of the desk know. `kind` is a key of config/wording.py, `details` fill its sentence.

    Nobody is told about a case that they may not see. It asks for no permission: what it follows from was allowed.
    """
    people = {person.pk: person for person in to if _may_see(person, case)}
    notices = [
        Notice(mall=mall, to=person, case=case, kind=kind, details=details, at=act.at) for person in people.values()
    ]
    Notice.objects.bulk_create(notices)
    if notices:
        keys = [person.actor_key for person in people.values()]
        Event.record("notice.given", NOTICES, act, mall_id=mall.pk, about=kind, people=keys)
    return notices


@once
def see(act: Act, mall: Mall, *, who: Staff, notice: Notice | None = None) -> int:
    """Somebody has read one of their notices, or all; returns how many were new."""
    unseen = Notice.objects.filter(mall=mall, to=who).unseen()
    if notice is not None:
        unseen = unseen.filter(pk=notice.pk)
    seen = unseen.update(seen_at=act.at)
    if seen:
        Event.record("notice.seen", NOTICES, act, mall_id=mall.pk, count=seen)
    return seen


def _addressed(act: Act, case: Case, purpose: str, dedup: str) -> Message:
    """A new message with the way it will go, and when."""
    channel, not_before = channel_to(case.customer), first_quiet_free(case.mall, case.customer, act.at + UNDO)
    if not_before is None:  # there is no moment in which this customer wants to hear from us
        channel, not_before = Message.Channel.SLIP, act.at
    return Message(
        mall=case.mall,
        case=case,
        customer=case.customer,
        key=f"{case.number}:{purpose}:{dedup}",
        purpose=purpose,
        channel=channel,
        at=act.at,
        not_before=not_before,
        to_shown=shown_address(case.customer, channel),
    )


def _move(message: Message, before: Iterable[str], **after: Any) -> bool:
    """By comparing: whether it still was as we believed."""
    if not Message.objects.filter(pk=message.pk, state__in=before).update(**after):
        return False
    for name, value in after.items():
        setattr(message, name, value)
    return True


def _may_see(person: Staff, case: Case | None) -> bool:
    return case is None or Case.objects.visible_to(person).filter(pk=case.pk).exists()
