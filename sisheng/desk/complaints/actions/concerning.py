"""Whom a complaint is about: what is said about one of us leaves the hands of whoever it concerns (CMP-30)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from django.utils.translation import gettext as _

from sisheng.cases.ladder import OnDuty
from sisheng.cases.models import Case
from sisheng.desk.complaints import gates
from sisheng.desk.complaints.actions.guards import must_be_open, tell
from sisheng.desk.complaints.models import Complaint
from sisheng.ground.act import Act
from sisheng.ground.once.models import once
from sisheng.ground.refusals import NotAllowed, OutOfTurn
from sisheng.mall.staff.models import Staff

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

WHOM = ("shop", "against", "about_staff")  # what says whom it is about
NEEDED = {"unit", "against_words", "about_staff"}  # what an accepted complaint may not be without, of these


def take_out_of_their_hands(complaint: Complaint, act: Act) -> None:
    """A supervisor who is there and is not concerned answers for what is said about us (CMP-30)."""
    others = OnDuty(act.at).at_level(complaint.mall, "supervisor", but=complaint.about_staff_id)
    complaint.owner = complaint.handler = others[0] if others else None


@once
def name_staff(act: Act, complaint: Complaint, *, who: Staff) -> Complaint:
    """It turns out about whom of us it is. From now on they do not see it, and nobody rings them about it (CMP-30)."""
    act.must("complaints.close", complaint.mall)
    if act.by == who:
        raise NotAllowed(_("A complaint about oneself is taken by somebody else. Call a colleague."))
    must_be_open(complaint)
    complaint.refresh_from_db(fields=[*WHOM, "owner", "handler"])
    if complaint.about_staff_id == who.pk:
        raise OutOfTurn(_("It says so already."))
    if complaint.merged.filter(is_shielded=False).exclude(about_staff=None).exclude(about_staff=who).exists():
        raise OutOfTurn(_("A part of this one is about somebody else of us, who could read it there. Take them apart."))
    complaint.about_staff = who
    if not complaint.is_about_us:
        complaint.against = complaint.Against.STAFF
    complaint.save(update_fields=["about_staff", "against"])
    shield_parts(complaint)
    tell(act, complaint, "staff_named", personal={"person": who.actor_key})
    _leave_to_a_supervisor(act, complaint)
    for other in Case.objects.filter(origin=complaint).open():  # its calls and improvements tell of it, too
        _shield(act, other, complaint)
    return complaint


def shield_parts(complaint: Complaint) -> None:
    """Whoever it is about does not read either what is part of it now: its customer hears there what is offered."""
    for part in cast("QuerySet[Complaint]", complaint.merged.all()):
        if part.is_shielded or part.about_staff_id is None:
            part.about_staff = complaint.about_staff
            part.is_shielded = part.about_staff is not None
            part.save(update_fields=["about_staff", "is_shielded"])


def redirected(act: Act, complaint: Complaint, before: Mapping[str, Any]) -> None:
    """Whom it is about has been corrected; `before` says how WHOM stood.

    Raises NotAllowed where what is said about us would be turned into something else by less than a supervisor, and
    Unusable where it would be about nobody.
    """
    if complaint.is_accepted:
        gates.require([thing for thing in gates.to_accept(complaint) if thing.field in NEEDED], is_form=True)
    us = {Complaint.Against.STAFF, Complaint.Against.DESK}
    if before["against"] in us and not complaint.is_about_us:
        act.must("complaints.close", complaint.mall)
        complaint.about_staff = None
        complaint.save(update_fields=["about_staff"])
        shield_parts(complaint)
    tell(
        act, complaint, "redirected", about_before=_spoken(before["against"], before["shop"]),
        about_now=_spoken(complaint.against, complaint.shop),
    )  # fmt: skip
    _call_it_by_its_shop(complaint, before["shop"])
    if complaint.is_about_us and before["against"] not in us:
        _leave_to_a_supervisor(act, complaint)


def _spoken(against: str, shop: Any) -> str:
    """A shop by its name and unit; anything else as its key."""
    return f"{shop.name} {shop.unit}" if shop else against


def _call_it_by_its_shop(complaint: Complaint, before: Any) -> None:
    """What lists call it began with the shop, unless somebody has written a heading of their own."""
    if before is None or not complaint.subject.startswith(before.name):
        return
    name = complaint.shop.name if complaint.shop else complaint.against_words
    complaint.subject = f"{name}{complaint.subject.removeprefix(before.name)}".strip()[:120]
    complaint.save(update_fields=["subject"])
    complaint.make_findable()


def _leave_to_a_supervisor(act: Act, complaint: Complaint) -> None:
    """Whoever has it keeps it where they may; else a supervisor takes it, and its clocks ring supervisors first."""
    heir = next(_who_may_take_it(act, complaint), None)
    before = complaint.handler
    if complaint.owner is None or not complaint.may_be_handled_by(complaint.owner):
        complaint.owner = heir
    if complaint.handler is None or not complaint.may_be_handled_by(complaint.handler):
        complaint.handler = heir
    complaint.save(update_fields=["owner", "handler"])
    complaint.clocks.live().filter(role="").update(role=complaint.answers_from)
    if complaint.handler is not None and complaint.handler != before:
        tell(act, complaint, "put_into_hands", to=[complaint.handler.actor_key])


def _who_may_take_it(act: Act, complaint: Complaint) -> Iterator[Staff]:
    there = OnDuty(act.at).at_level(complaint.mall, "supervisor", but=complaint.about_staff_id)
    for person in (complaint.handler, complaint.owner, *there, act.by):
        if isinstance(person, Staff) and complaint.may_be_handled_by(person):
            yield person


def _shield(act: Act, other: Case, complaint: Complaint) -> None:
    other.hold()
    other.about_staff = complaint.about_staff
    if other.owner_id == complaint.about_staff_id:
        other.owner = complaint.handler
    if other.handler_id == complaint.about_staff_id:
        other.handler = complaint.handler
    other.save(update_fields=["about_staff", "owner", "handler"])
