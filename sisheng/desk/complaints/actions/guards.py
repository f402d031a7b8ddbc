"""What the actions of a complaint share: asking for a reason, and telling what was done."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from sisheng.cases.ladder import OnDuty
from sisheng.desk.complaints.models import Complaint
from sisheng.ground.act import Act
from sisheng.ground.events.models import Event
from sisheng.ground.refusals import NotAllowed, OutOfTurn, Unusable
from sisheng.mall.staff.models import Staff
from sisheng.mall.staff.visitors import Visitor


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


def who_is_at_it(act: Act, complaint: Complaint) -> list[str]:
    """Whoever does the work (of a part: with the whole); where nobody does yet, the people at its desk; and at last
    somebody who is there. What is said about us goes to a supervisor, and never to the person concerned (CMP-30)."""
    complaint = complaint.merged_into or complaint
    on_duty, concerned = OnDuty(act.at), complaint.about_staff_id
    if complaint.handler is not None:  # of what is said about us, a supervisor
        people = [complaint.handler]
    else:
        at_desk = [] if complaint.is_about_us else on_duty.at_the_work(complaint)
        people = at_desk or on_duty.at_level(complaint.mall, complaint.answers_from or "lead", but=concerned)
    return [person.actor_key for person in people]


def must_be_theirs(act: Act, complaint: Complaint) -> None:
    """A customer at the public door speaks about the complaint that they have opened, and about no other."""
    if isinstance(act.by, Visitor) and act.by.opened != (complaint.mall_id, complaint.number):
        raise NotAllowed(_("Open your matter with its number and code first."))


def count(complaint: Complaint, field: str) -> None:
    """One more, however many are counting at this moment."""
    Complaint.objects.filter(pk=complaint.pk).update(**{field: F(field) + 1})
    complaint.refresh_from_db(fields=[field])
