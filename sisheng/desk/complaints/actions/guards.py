"""What the actions of a complaint share: asking for a reason, and telling what was done."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from sisheng.desk.complaints.models import Complaint
from sisheng.ground.act import Act
from sisheng.ground.events.models import Event
from sisheng.ground.refusals import NotAllowed, OutOfTurn, Unusable
from sisheng.mall.staff.models import Staff


def must_be_open(complaint: Complaint) -> None:
    """Raises OutOfTurn for a complaint that is over; a merged one still hears its own customer.

    Raises Overtaken where it has moved on since it was loaded.
    """
    if not complaint.is_open and complaint.status != "merged":
        raise OutOfTurn(_("This complaint is “%(state)s”. Reopen it first.") % {"state": complaint.state.label})
    complaint.hold_as_seen()


def a_reason(reason: str) -> str:
    """Raises Unusable when nobody said why."""
    if not reason.strip():
        raise Unusable(_("Say why in a few words."), field="reason")
    return reason.strip()


def tell(act: Act, complaint: Complaint, verb: str, personal: dict[str, Any] | None = None, **details: Any) -> None:
    Event.record(f"complaint.{verb}", complaint.topic, act, mall_id=complaint.mall_id, personal=personal, **details)


def person(act: Act) -> Staff:
    """Who answers for money with their own name. Raises NotAllowed for a machine or a visitor."""
    if not isinstance(act.by, Staff):
        raise NotAllowed(_("Only a member of staff can promise this."))
    return act.by


def count(complaint: Complaint, field: str) -> None:
    """One more, however many are counting at this moment."""
    Complaint.objects.filter(pk=complaint.pk).update(**{field: F(field) + 1})
    complaint.refresh_from_db(fields=[field])
