"""How, and when, a customer may be written to (FUP-04)."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from sisheng.ground.channels.configured import names
from sisheng.ground.policies import current
from sisheng.ground.privacy.phones import can_take_sms
from sisheng.ground.privacy.sealed import Unreadable
from sisheng.kit.messages.models import Message
from sisheng.mall.customers.models import Consent, Customer
from sisheng.mall.directory.models import Mall

Channel = Message.Channel


def wants_nothing(customer: Customer) -> bool:
    """Has been forgotten, does not want to be contacted, or took back the yes to being reached about a matter."""
    if customer.state in {Customer.State.BLOCKED, Customer.State.ANONYMISED}:
        return True
    asked = customer.consents.filter(purpose=Consent.Purpose.SERVICE)
    return asked.exists() and not asked.filter(withdrawn_at=None).exists()


def channel_to(customer: Customer | None) -> str:
    """The channel the customer likes, if there is one; else the other written one; else somebody tells them.

    Who likes to be spoken to is spoken to.
    """
    if customer is None or customer.prefers in {"phone", "wechat", "counter"} or wants_nothing(customer):
        return Channel.SLIP
    order = [Channel.MAIL, Channel.SMS] if customer.prefers == Channel.MAIL else [Channel.SMS, Channel.MAIL]
    there = names()
    return next((way for way in order if way in there and address_of(customer, way)), Channel.SLIP)


def address_of(customer: Customer | None, channel: str) -> str:
    """Where the customer is reached by it; nothing where they are not."""
    if customer is None:
        return ""
    try:
        if channel == Channel.MAIL:
            return customer.email
        return customer.phone if channel == Channel.SMS and can_take_sms(customer.phone) else ""
    except Unreadable:  # the key is missing: the desk works on, and the doctor says so
        return ""


def shown_address(customer: Customer | None, channel: str) -> str:
    if customer is None or channel == Channel.SLIP:
        return ""
    return customer.masked_email if channel == Channel.MAIL else customer.masked_phone


def first_quiet_free(mall: Mall, customer: Customer | None, at: datetime) -> datetime | None:
    """The first moment from then on that lies neither in the quiet hours of the mall nor in the customer's own.

    None where the two leave no moment of the day.
    """
    spans = [_quiet_hours(mall, at)]
    if customer and customer.quiet_from is not None and customer.quiet_until is not None:
        spans.append((customer.quiet_from, customer.quiet_until))
    for _hop in range(2 * len(spans) + 1):
        here = at.astimezone(mall.zone)
        until = next((end for begin, end in spans if _within(here.time(), begin, end)), None)
        if until is None:
            return at
        day = here.date() if until > here.time() else here.date() + timedelta(days=1)
        at = datetime.combine(day, until, tzinfo=mall.zone)
    return None


def _quiet_hours(mall: Mall, at: datetime) -> tuple[time, time]:
    begin, _dash, end = str(current(mall.pk, "survey.quiet_hours", at).value).partition("-")
    return time.fromisoformat(begin), time.fromisoformat(end)


def _within(now: time, begin: time, end: time) -> bool:
    return begin <= now < end if begin <= end else now >= begin or now < end
