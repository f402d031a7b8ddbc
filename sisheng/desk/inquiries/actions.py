"""What people do with an inquiry."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from sisheng.cases.actions import note_repeat
from sisheng.cases.models.case import Channel
from sisheng.desk.inquiries.models import BrandTry, Inquiry
from sisheng.ground.act import Act
from sisheng.ground.events.models import Event
from sisheng.ground.once.models import once
from sisheng.ground.refusals import Unusable
from sisheng.mall.customers.actions import remember

if TYPE_CHECKING:
    from sisheng.mall.customers.models import Customer
    from sisheng.mall.directory.models import BrandContact, Desk, Mall, Shop
    from sisheng.mall.staff.models import Staff


@once
def begin(
    act: Act, mall: Mall, *, question: str, handler: Staff, desk: Desk | None = None, shop: Shop | None = None,
    phone: str = "", salutation: str = "", customer: Customer | None = None, anonymous_label: str = "",
    understood_as: str = "", topic_name: str = "", channel: str = Channel.COUNTER, contact_number: str = "",
    promise_at: datetime | None = None,
) -> Inquiry:  # fmt: skip
    """Take down a question we cannot answer now, and promise a call back (INQ-03, INQ-04).

    A phone number makes, or finds, the customer; without one, `anonymous_label` says who waits (CTR-13).
    """
    if customer is None and phone:
        customer = remember(act.under(""), mall, phone=phone, salutation=salutation)
    if customer is None and not anonymous_label.strip():
        raise Unusable(
            _("To call back we need a phone number, or how to recognise the person who waits."), field="phone"
        )
    inquiry = Inquiry(
        mall=mall, desk=desk, shop=shop, customer=customer, anonymous_label=anonymous_label.strip(), channel=channel,
        subject=(understood_as or question)[:120], question=question, understood_as=understood_as,
        topic_name=topic_name, contact_number=contact_number, owner=handler, handler=handler,
    )  # fmt: skip
    inquiry.begin(act, due_at=promise_at, contact=contact_number, shop=shop.pk if shop else None)
    note_repeat(inquiry, act)
    return inquiry


@once
def ask(act: Act, inquiry: Inquiry, *, seen: int | None = None) -> Inquiry:
    """Turn to the brand."""
    inquiry.transition("ask", act, seen=seen)
    return inquiry


@once
def try_brand(
    act: Act, inquiry: Inquiry, *, result: str, contact: BrandContact | None = None, who: str = "",
    seen: int | None = None,
) -> Inquiry:  # fmt: skip
    """Note one attempt to reach the brand. When somebody was reached, the 30-minute clock is met (INQ-04)."""
    act.must("inquiries.handle", inquiry.mall)
    if contact is None and not who.strip():
        raise Unusable(_("Say whom you rang."), field="contact")
    if contact is not None and contact.shop_id != inquiry.shop_id:
        raise Unusable(_("This contact belongs to another shop."), field="contact")
    if inquiry.status != "contacting_brand":
        inquiry.transition("ask", act, seen=seen)
    elif seen is not None and seen != inquiry.version:
        inquiry.transition("reach", act, seen=seen)  # raises Overtaken with its sentence
    BrandTry.objects.create(
        mall=inquiry.mall, inquiry=inquiry, contact=contact, who=who.strip(), at=act.happened_at,
        by=act.by.actor_key, result=result,
    )  # fmt: skip
    if result == BrandTry.Result.REACHED:
        inquiry.transition("reach", act, contact=contact.pk if contact else None)
    else:
        Event.record(
            "inquiry.tried", inquiry.topic, act, mall_id=inquiry.mall_id, result=result,
            contact=contact.pk if contact else None,
        )  # fmt: skip
    return inquiry


@once
def answer(act: Act, inquiry: Inquiry, *, answer: str, seen: int | None = None) -> Inquiry:
    """Write down the answer; the customer has not heard it yet."""
    if not answer.strip():
        raise Unusable(_("Write the answer in a sentence that can be read out."), field="answer")
    inquiry.transition("answer", act, seen=seen)
    inquiry.answer = answer.strip()
    inquiry.save(update_fields=["answer"])
    return inquiry


@once
def renew(act: Act, inquiry: Inquiry, *, promise_at: datetime, seen: int | None = None) -> Inquiry:
    """Tell the customer at the promised time that we are still working on it, and promise a new time (INQ-08)."""
    inquiry.transition("renew", act, seen=seen, due_at=promise_at, promise_at=promise_at.isoformat())
    inquiry.promise_count += 1
    inquiry.save(update_fields=["promise_count"])
    return inquiry


@once
def call_back(act: Act, inquiry: Inquiry, *, seen: int | None = None) -> Inquiry:
    """The customer has heard the answer."""
    inquiry.transition("call_back", act, seen=seen)
    inquiry.replied_at = act.happened_at
    inquiry.save(update_fields=["replied_at"])
    return inquiry


@once
def miss(act: Act, inquiry: Inquiry, *, reason: str, seen: int | None = None) -> Inquiry:
    """The customer cannot be reached; the reason stands in place of the reply (REC-18)."""
    return _end(act, inquiry, "miss", "unreachable", seen, reason=_a_reason(reason))


@once
def close(act: Act, inquiry: Inquiry, *, outcome: str, seen: int | None = None) -> Inquiry:
    """Settle an inquiry whose customer has been called back."""
    return _end(act, inquiry, "close", outcome, seen)


@once
def withdraw(act: Act, inquiry: Inquiry, *, reason: str, seen: int | None = None) -> Inquiry:
    """The customer no longer wants to know. The clocks are cancelled, not met."""
    return _end(act, inquiry, "withdraw", "withdrawn", seen, reason=_a_reason(reason))


@transaction.atomic
def _end(act: Act, inquiry: Inquiry, name: str, outcome: str, seen: int | None, reason: str = "") -> Inquiry:
    # people write about people: the reason can be forgotten later, that there was one remains
    inquiry.transition(name, act, seen=seen, personal={"reason": reason} if reason else None, outcome=outcome)
    inquiry.outcome, inquiry.no_reply_reason = outcome, reason[:120]
    inquiry.save(update_fields=["outcome", "no_reply_reason"])
    return inquiry


def _a_reason(reason: str) -> str:
    if not reason.strip():
        raise Unusable(_("Say why in a few words."), field="reason")
    return reason.strip()
