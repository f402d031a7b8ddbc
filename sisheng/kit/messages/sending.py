"""How messages leave the house: at least tried, never lost, and told apart from a repeat.

A round takes what is due, one after the other. Each message is claimed by compare-and-set with a lease, handed to its
gateway outside of any transaction, and marked as sent. The worker may be killed between the gateway's yes and that
mark: then the lease runs out and the message is handed over again, under the same `sent_as`, so that a service which
knows repeats drops it. SMTP does not; see docs/operations.md.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, QuerySet

from sisheng.cases.ladder import OnDuty
from sisheng.ground.act import SYSTEM, Act
from sisheng.ground.channels import Gateway, Outgoing, Rejected, Unreachable, gateways
from sisheng.ground.jobs.queue import enqueue
from sisheng.ground.privacy.scrubbing import scrub
from sisheng.ground.privacy.sealed import Unreadable
from sisheng.kit.messages.actions import tell_staff
from sisheng.kit.messages.models import Message
from sisheng.kit.messages.ways import address_of, first_quiet_free, shown_address, wants_nothing

logger = logging.getLogger(__name__)

ROUND = "messages.round"
AT_ONCE = 200  # messages in one round
LEASE = timedelta(minutes=5)  # longer than a gateway may take to say anything
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=10), timedelta(minutes=5)
GIVE_UP = timedelta(days=3)  # what could not be brought by then is told in person

State = Message.State


def begin_round(at: datetime) -> None:
    """The timetable looks; a job does it, because a slow mail server must not make a deadline ring late."""
    if Message.objects.due(at).exists():
        enqueue(ROUND, {}, dedup=ROUND)


def send_due(now: Callable[[], datetime]) -> int:
    """Send what may go out; return how many did. When a channel does not answer, the rest of it waits as well."""
    doors = gateways()
    silent: set[str] = set()
    sent = 0
    for pk in list(Message.objects.due(now()).values_list("pk", flat=True)[:AT_ONCE]):
        message = _still_due(pk, now())  # a round may take long, and people change their minds
        if message is None or message.channel in silent or not _may_go(message, doors, now()):
            continue
        try:
            sent += _send(message, doors[message.channel], now)
        except Unreachable:
            silent.add(message.channel)
    return sent


# Before


def _still_due(pk: int, at: datetime) -> Message | None:
    due = Message.objects.due(at).select_related("mall", "case__handler", "case__owner", "customer")
    return due.filter(pk=pk).first()


def _may_go(message: Message, doors: Mapping[str, Gateway], at: datetime) -> bool:
    """Much may have changed since it was asked for: look again at the customer, the hour and the gateways."""
    if message.customer is None or wants_nothing(message.customer):
        return _drop(message, at)
    if message.channel not in doors or not address_of(message.customer, message.channel):
        return _leave_at_the_counter(message, at)
    free_at = first_quiet_free(message.mall, message.customer, at)
    if free_at is None:
        return _leave_at_the_counter(message, at)
    if free_at > at:
        _as_seen(message).update(state=State.WAITING, lease_until=None, not_before=free_at)
        return False
    return True


@transaction.atomic
def _drop(message: Message, at: datetime) -> bool:
    """The customer does not want to hear from us any more."""
    if _as_seen(message).update(state=State.CANCELLED, lease_until=None):
        message.record("message.cancelled", _worker(at), reason="no contact")
    return False


@transaction.atomic
def _leave_at_the_counter(message: Message, at: datetime) -> bool:
    """The way it was to go is gone."""
    slip = Message.Channel.SLIP
    if _as_seen(message).update(state=State.WAITING, lease_until=None, channel=slip, to_shown=""):
        message.channel, message.to_shown = slip, ""
        message.record("message.to_tell", _worker(at))
    return False


# Handing over


def _send(message: Message, door: Gateway, now: Callable[[], datetime]) -> bool:
    """Claim it, hand it over, mark it. Raises Unreachable after it was put back."""
    shown = shown_address(message.customer, message.channel)
    held = {"state": State.SENDING, "lease_until": now() + LEASE, "attempts": F("attempts") + 1, "to_shown": shown}
    if not _as_seen(message).update(**held):
        return False  # another worker was faster, or it was taken back
    message.state, message.attempts, message.to_shown = State.SENDING, message.attempts + 1, shown
    try:
        provider_id = door.send(_outgoing(message, now()))
    except Rejected as no:
        _fail(message, now(), no)
        return False
    except Unreadable as no:
        _put_back(message, now(), no)
        return False
    except Unreachable as no:
        _put_back(message, now(), no)
        raise
    return _mark_sent(message, now(), provider_id)


def _outgoing(message: Message, at: datetime) -> Outgoing:
    address = address_of(message.customer, message.channel)
    return Outgoing(message.sent_as, address, message.subject, message.text, message.language, at)


# After


@transaction.atomic
def _mark_sent(message: Message, at: datetime, provider_id: str) -> bool:
    marked = {"state": State.SENT, "sent_at": at, "lease_until": None, "provider_id": provider_id, "last_error": ""}
    if not _as_seen(message).update(**marked):
        logger.warning("Message %s was given to another worker meanwhile", message.pk)
        return False
    message.record("message.sent", _worker(at), provider_id=provider_id)
    return True


def _put_back(message: Message, at: datetime, why: Exception) -> None:
    """Try again later, each time a little later; so long, nothing else knocks at a door that does not open."""
    if at - message.at > GIVE_UP:
        _fail(message, at, why)
        return
    again = at + min(FIRST_WAIT * 2 ** min(message.attempts - 1, 10), LONGEST_WAIT)
    _as_seen(message).update(state=State.WAITING, lease_until=None, not_before=again, last_error=_in_words(why))
    if isinstance(why, Unreachable):
        others = Message.objects.filter(state=State.WAITING, channel=message.channel, not_before__lt=again)
        others.filter(not_before__lte=at).update(not_before=again)


@transaction.atomic
def _fail(message: Message, at: datetime, why: Exception) -> None:
    """It will never arrive this way: somebody has to tell the customer."""
    if not _as_seen(message).update(state=State.FAILED, lease_until=None, last_error=_in_words(why)):
        return
    act = _worker(at)
    message.record("message.failed", act)
    case = message.case
    if case is not None:
        person = case.handler or case.owner
        people = [person] if person else OnDuty(at).at_level(message.mall, "lead")
        tell_staff(act, message.mall, to=people, kind="message.failed", case=case)


def _as_seen(message: Message) -> QuerySet[Message]:
    """The row, if nobody has touched it since: whoever changes it first has it."""
    return Message.objects.filter(pk=message.pk, state=message.state, attempts=message.attempts)


def _worker(at: datetime) -> Act:
    return Act(by=SYSTEM, at=at, via="worker")


def _in_words(why: Exception) -> str:
    return scrub(str(why))[:300]
