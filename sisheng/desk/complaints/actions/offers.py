"""Telling the customer what is offered, and asking once more (CMP-11, CMP-14)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from sisheng.desk.complaints import telling
from sisheng.desk.complaints.actions.guards import count, person, tell
from sisheng.desk.complaints.actions.writing import hold_draft, unheard
from sisheng.desk.complaints.models import Complaint, Proposal
from sisheng.ground.act import Act
from sisheng.ground.once.models import once
from sisheng.ground.refusals import NotAllowed, OutOfTurn
from sisheng.kit.approvals.authority import is_within


@once
def propose(act: Act, complaint: Complaint, *, drafted: str | None = None, seen: int | None = None) -> Complaint:
    """Tell the customer what we propose. The 48 hours are met when it is sent (CMP-11)."""
    return _offer(act, complaint, "propose", drafted, seen)


@once
def offer_final(act: Act, complaint: Complaint, *, drafted: str | None = None, seen: int | None = None) -> Complaint:
    """Give the final answer of the house, with the ways that remain if it is not accepted (CMP-11, N-11)."""
    return _offer(act, complaint, "offer_final", drafted, seen)


def _offer(act: Act, complaint: Complaint, name: str, drafted: str | None, seen: int | None) -> Complaint:
    hold_draft(complaint, drafted)
    proposal = unheard(complaint)
    if proposal.is_final != (name == "offer_final"):
        raise OutOfTurn(_("Say first whether this is the final answer: write the proposal anew."))
    if not proposal.may_be_offered and may_decide(act, proposal):
        proposal.approval = Proposal.Approval.NOT_NEEDED  # whoever may decide about so much needs nobody's yes
        proposal.save(update_fields=["approval"])
    if not proposal.may_be_offered:
        raise NotAllowed(_("This is above your own authority. Send it for approval first."))
    complaint.transition(name, act, seen=seen, n=proposal.n, value=proposal.value, personal={"words": proposal.words})
    proposal.offered_at = act.happened_at
    proposal.save(update_fields=["offered_at"])
    complaint.reminders = 0
    complaint.save(update_fields=["reminders"])
    count(complaint, "updates")
    complaint.forget_offers()
    complaint.start_part("complaint.customer_reply", f"offer:{proposal.n}", act)
    if complaint.end_part("complaint.progress_update", "progress", act):
        complaint.start_part("complaint.progress_update", "progress", act)
    telling.offered(act, complaint, proposal)
    return complaint


def may_decide(act: Act, proposal: Proposal) -> bool:
    """This person's own authority covers the proposal, and nobody is deciding about it at the moment."""
    is_waiting = proposal.approval == Proposal.Approval.WAITING
    return not is_waiting and is_within(person(act), proposal.mall, proposal.value, act.happened_at)


@once
def remind(act: Act, complaint: Complaint) -> Complaint:
    """Ask once more for the answer; the clocks of the complaint run on all the while."""
    act.must("complaints.handle", complaint.mall)
    proposal = complaint.offer
    if proposal is None or complaint.status not in {"awaiting_customer", "final_offered"}:
        raise OutOfTurn(_("The customer has nothing to answer now."))
    complaint.hold_as_seen()
    count(complaint, "reminders")
    tell(act, complaint, "reminded", n=proposal.n, times=complaint.reminders)
    part = f"offer:{proposal.n}"
    if complaint.end_part("complaint.customer_reply", part, act):
        complaint.start_part("complaint.customer_reply", part, act)
    telling.reminded(act, complaint, proposal, complaint.reminders)
    return complaint
