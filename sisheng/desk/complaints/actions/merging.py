"""Two complaints are one matter, or were wrongly thought so.

Merging moves nothing: events, notes, evidence and offers stay where they happened. While a complaint is merged, its
story is shown inside the other one and its customer hears what that one's customer hears. So taking them apart returns
every later event to where it belongs, because it never left.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, cast

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from sisheng.cases.models import Clock, Link
from sisheng.desk.complaints.actions.concerning import shield_parts
from sisheng.desk.complaints.actions.guards import a_reason, tell
from sisheng.desk.complaints.actions.judging import leave_the_spot
from sisheng.desk.complaints.lifecycle import UNDECIDED
from sisheng.desk.complaints.models import Complaint
from sisheng.ground.act import Act
from sisheng.ground.events.models import Event
from sisheng.ground.once.models import once
from sisheng.ground.refusals import OutOfTurn, Unusable
from sisheng.kit.evidence.models import statements
from sisheng.kit.evidence.models.statement import POLICY as STATEMENT
from sisheng.mall.staff.models import Staff

if TYPE_CHECKING:
    from collections.abc import Iterable

LATELY = timedelta(days=14)
ALIKE = 0.4  # of the pairs of characters in the shorter text
MOST_LOOKED_AT = 200


@once
def merge(act: Act, complaint: Complaint, *, into: Complaint, reason: str, seen: int | None = None) -> Complaint:
    """This complaint goes on as part of another one. Both numbers stay good (domain 3.1)."""
    for one in sorted((complaint, into), key=lambda one: one.pk):  # in this order, so that two never wait in a ring
        one.hold_as_seen()
        one.refresh_from_db(fields=["about_staff"])  # somebody may have been named a moment ago
    _must_go_together(act, complaint, into)
    if into.status not in UNDECIDED:
        raise Unusable(_("%(number)s is over, or is itself part of another one.") % {"number": into.number},
                       field="into")  # fmt: skip
    if complaint.merged.exists():
        raise OutOfTurn(_("Others were merged into this one. Merge it the other way round."))
    came_from = complaint.status
    complaint.transition("merge", act, seen=seen, into=into.number, personal={"reason": a_reason(reason)})
    complaint.merged_into, complaint.merged_from, complaint.merged_at = into, came_from, act.happened_at
    complaint.save(update_fields=["merged_into", "merged_from", "merged_at"])
    shield_parts(into)
    complaint.refresh_from_db(fields=["about_staff", "is_shielded"])
    Link.objects.get_or_create(
        source=complaint, target=into, kind=Link.Kind.DUPLICATE,
        defaults={"mall": complaint.mall, "at": act.at, "by": act.by.actor_key},
    )  # fmt: skip
    tell(act, into, "took_in", number=complaint.number)
    return complaint


def _must_go_together(act: Act, complaint: Complaint, into: Complaint) -> None:
    """Two complaints of one mall, and nobody comes to read in the other one what is said about themselves (CMP-30)."""
    is_about_me = isinstance(act.by, Staff) and act.by.pk == into.about_staff_id
    if into.pk == complaint.pk or into.mall_id != complaint.mall_id or is_about_me:
        raise Unusable(_("Choose another complaint of this mall."), field="into")
    if complaint.about_staff_id not in {None, into.about_staff_id}:
        raise Unusable(
            _("This one is about somebody of us who could read it in the other one. Merge it the other way round."),
            field="into",
        )


@once
def unmerge(act: Act, complaint: Complaint, *, reason: str, seen: int | None = None) -> Complaint:
    """They are two matters after all. This one goes on where it was, and its clocks run to the times promised then."""
    into, called_off_at = complaint.merged_into, complaint.merged_at
    complaint.transition(
        "unmerge", act, seen=seen, back_to=complaint.merged_from, out_of=into.number if into else "",
        personal={"reason": a_reason(reason)},
    )  # fmt: skip
    complaint.merged_into, complaint.merged_from, complaint.merged_at = None, "", None
    if complaint.is_shielded:
        complaint.about_staff, complaint.is_shielded = None, False
    complaint.save(update_fields=["merged_into", "merged_from", "merged_at", "about_staff", "is_shielded"])
    still_asked = {statement.part for statement in statements(complaint).open()}
    for clock in Clock.objects.filter(case=complaint, cancelled_at=called_off_at).order_by("pk"):
        if clock.deadline != STATEMENT or clock.part in still_asked:  # a shop may have answered meanwhile
            clock.revive()
    complaint.note_next_due()
    leave_the_spot(act, complaint)  # its facts may have been corrected meanwhile
    if into is not None:
        Link.objects.filter(source=complaint, target=into, kind=Link.Kind.DUPLICATE).delete()
        tell(act, into, "let_go", number=complaint.number)
    return complaint


def story(complaint: Complaint) -> QuerySet[Event]:
    """The events about this complaint and about those that are part of it now, oldest first."""
    numbers = [complaint.number, *complaint.merged.values_list("number", flat=True)]
    events = Event.objects.filter(mall_id=complaint.mall_id, topic__in=numbers)
    return events.select_related("detail").order_by("pk")


def suggestions(complaint: Complaint, who: Staff) -> list[Complaint]:
    """Open complaints that may be the same matter: the same customer, the same shop, or much the same words.

    Only what this person may see: nobody learns here that there is one about themselves (CMP-30).
    """
    lately = Complaint.objects.undecided().visible_to(who).filter(opened_at__gte=complaint.opened_at - LATELY)
    near = lately.filter(mall=complaint.mall)
    near = near.exclude(pk=complaint.pk).select_related("shop", "customer")
    if complaint.about_staff_id:
        near = near.filter(Q(about_staff=None) | Q(about_staff=complaint.about_staff_id))
    newest = cast("list[Complaint]", list(near.order_by("-pk")[:MOST_LOOKED_AT]))
    return [other for other in newest if _may_be_the_same(complaint, other)][:5]


def _may_be_the_same(one: Complaint, other: Complaint) -> bool:
    if one.customer_id and one.customer_id == other.customer_id:
        return True
    is_alike = likeness(_words(one), _words(other)) >= ALIKE
    return is_alike and (one.shop_id == other.shop_id or one.category == other.category)


def likeness(one: str, other: str) -> float:
    """How many pairs of characters of the shorter text the longer one holds, from 0 to 1."""
    few, many = sorted((_pairs(one), _pairs(other)), key=len)
    return len(few & many) / len(few) if len(few) >= 3 else 0.0


def _pairs(text: str) -> set[str]:
    runs: Iterable[str] = re.findall(r"\w+", text.lower())
    return {run[i : i + 2] for run in runs for i in range(len(run) - 1)}


def _words(complaint: Complaint) -> str:
    return f"{complaint.account} {complaint.feeling}"
