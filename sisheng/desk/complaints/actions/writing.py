"""Writing what is offered, and having it approved where it must be (CMP-12 to CMP-14, CTR-08)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypedDict

from django.utils.translation import gettext as _

from sisheng.desk.complaints.actions.guards import person, tell
from sisheng.desk.complaints.lifecycle import PROPOSING, RE_EVALUATING
from sisheng.desk.complaints.models import Complaint, Proposal, Remedy
from sisheng.desk.complaints.models.complaint import MOST_PROPOSALS
from sisheng.desk.complaints.taxonomy import COSTS_NOTHING, PAYERS, REMEDIES
from sisheng.ground.act import Act
from sisheng.ground.once.models import once
from sisheng.ground.refusals import OutOfTurn, Overtaken, Unusable
from sisheng.kit.approvals import actions as approvals
from sisheng.kit.approvals.authority import is_within

if TYPE_CHECKING:
    from sisheng.ground.events.models import Event

LONGEST_OFFER = 1600  # characters: with our words around it, it still goes out as one message


SHOWN_TO_DECIDE = 500  # letters of a proposal


class RemedyLine(TypedDict, total=False):
    """One line of an offer as somebody writes it."""

    kind: str
    value: Decimal
    payer: str
    note: str
    due_at: datetime | None


@once
def write_proposal(
    act: Act, complaint: Complaint, *, words: str, remedies: Sequence[RemedyLine], is_final: bool = False,
    drafted: str | None = None,
) -> Complaint:  # fmt: skip
    """Write the next offer, or write the one anew that the customer has not heard yet.

    `drafted` says which writing stood on the person's screen: what a colleague has written since is not replaced.
    Above the writer's own authority it needs a yes first: what is promised is not yet approved (CMP-14, CTR-08).
    """
    act.must("complaints.handle", complaint.mall)
    if complaint.status not in {PROPOSING, RE_EVALUATING}:
        raise OutOfTurn(_("A proposal is written after the finding, and before the customer has heard one."))
    if complaint.status == RE_EVALUATING and not complaint.re_evaluation:
        raise OutOfTurn(_("Write first what the re-evaluation came to; then offer something new."), field="words")
    if is_final and complaint.status != RE_EVALUATING:
        raise OutOfTurn(_("A final answer follows a re-evaluation. Propose something first."))
    hold_draft(complaint, drafted)
    write_down(act, complaint, words, remedies, is_final)
    return complaint


def write_down(
    act: Act, complaint: Complaint, words: str, remedies: Sequence[RemedyLine], is_final: bool = False
) -> Proposal:
    if not words.strip():
        raise Unusable(_("Write the offer in a sentence that can be read out."), field="words")
    if len(words.strip()) > LONGEST_OFFER:
        told = {"most": LONGEST_OFFER}
        raise Unusable(_("The customer is sent these words: %(most)s characters at most.") % told, field="words")
    _check(remedies)
    newest = complaint.offer
    if newest is not None and newest.approval == Proposal.Approval.WAITING:
        raise OutOfTurn(_("This proposal waits for approval. Wait for the decision."))
    if newest is not None and newest.offered_at is None:
        proposal = newest
        proposal.remedies.all().delete()
    elif newest is not None and newest.n >= MOST_PROPOSALS and not (is_final and newest.n == MOST_PROPOSALS):
        raise OutOfTurn(_("Four proposals were made. Give the final answer, or name the ways that remain."))
    else:
        proposal = Proposal(
            mall=complaint.mall, complaint=complaint, round=complaint.rounds, n=(newest.n if newest else 0) + 1
        )  # fmt: skip
    proposal.words, proposal.is_final = words.strip(), is_final
    proposal.by, proposal.written_at = act.by.actor_key, act.happened_at
    total = sum((line.get("value") or Decimal(0) for line in remedies), Decimal(0))
    within = is_within(person(act), complaint.mall, total, act.happened_at)
    proposal.approval = Proposal.Approval.NOT_NEEDED if within else Proposal.Approval.NEEDED
    proposal.approval_number = ""
    proposal.save()
    Remedy.objects.bulk_create(Remedy(mall=complaint.mall, proposal=proposal, **line) for line in remedies)
    complaint.forget_offers()
    tell(
        act, complaint, "drafted", personal={"words": proposal.words}, n=proposal.n, value=total, is_final=is_final,
        needs_approval=not within,
    )  # fmt: skip
    return proposal


def _check(remedies: Sequence[RemedyLine]) -> None:
    for line in remedies:
        value = line.get("value") or Decimal(0)
        if line.get("kind") not in REMEDIES or line.get("payer", "mall") not in PAYERS:
            raise Unusable(_("Choose what the customer is given, and who bears it."), field="remedies")
        if not 0 <= value < Decimal(10) ** 8:
            raise Unusable(_("The value is a number of yuan from 0 to 99,999,999."), field="remedies")
        if value and line["kind"] in COSTS_NOTHING:
            raise Unusable(_("“%(remedy)s” has no value in money.") % {"remedy": REMEDIES[line["kind"]]},
                           field="remedies")  # fmt: skip


@once
def ask(
    act: Act, complaint: Complaint, *, reason: str = "", drafted: str | None = None, seen: int | None = None
) -> Complaint:
    """Send the proposal to whoever may decide about so much (CTR-08, CMP-24)."""
    hold_draft(complaint, drafted)
    proposal = unheard(complaint)
    if proposal.approval not in {Proposal.Approval.NEEDED, Proposal.Approval.DECLINED}:
        raise OutOfTurn(_("This proposal needs no approval. Tell it to the customer."))
    complaint.transition("ask", act, seen=seen, n=proposal.n)
    approval = approvals.ask(
        act.under(""), complaint, ref=proposal.ref, amount=proposal.value, reason=_worth_knowing(proposal, reason),
        title=_("Proposal %(n)s of %(number)s") % {"n": proposal.n, "number": complaint.number},
    )  # fmt: skip
    proposal.approval, proposal.approval_number = Proposal.Approval.WAITING, approval.number
    proposal.save(update_fields=["approval", "approval_number"])
    complaint.forget_offers()
    return complaint


def _worth_knowing(proposal: Proposal, reason: str) -> str:
    """What whoever decides reads before the two buttons: what the customer is to be told, and why."""
    words = proposal.words if len(proposal.words) <= SHOWN_TO_DECIDE else proposal.words[:SHOWN_TO_DECIDE] + "…"
    return "\n".join(part for part in (words, reason.strip()) if part)[:1000]


def hear_decision(act: Act, event: Event, came: Proposal.Approval) -> None:
    """What became of the request comes back to the proposal, and the complaint goes on: a yes, a no, or, since it was
    taken back, that it still needs one."""
    number = event.details["number"]
    proposal = Proposal.objects.filter(mall_id=event.mall_id, approval_number=number).first()
    if proposal is None or proposal.approval != Proposal.Approval.WAITING:
        return  # about something else, or called off meanwhile
    proposal.approval = came
    proposal.save(update_fields=["approval"])
    complaint = proposal.complaint
    is_yes = came == Proposal.Approval.APPROVED
    complaint.transition("answer", act, back_to=_asked_from(complaint), approval=number, yes=is_yes)


def _asked_from(complaint: Complaint) -> str:
    asked = complaint.timeline().filter(kind="complaint.ask").last()
    return str(asked.details["came_from"]) if asked else PROPOSING


def hold_draft(complaint: Complaint, drafted: str | None) -> None:
    """Nobody writes the proposal meanwhile. Raises Overtaken where somebody did since it stood on the screen: nobody
    sends, or tells a customer, what they have not read."""
    complaint.hold_as_seen()
    complaint.forget_offers()
    if drafted is not None and drafted != complaint.draft:
        raise Overtaken(_("Somebody else has just written this proposal. Read it first; nothing of yours is lost."))


def unheard(complaint: Complaint) -> Proposal:
    proposal = complaint.offer
    if proposal is None or proposal.offered_at is not None:
        raise OutOfTurn(_("Write a proposal first."))
    return proposal


def remedy_lines(lines: Sequence[dict[str, Any]]) -> list[RemedyLine]:
    """What a form says about remedies, without its empty lines."""
    return [
        RemedyLine(
            kind=line["kind"], value=line.get("value") or Decimal(0), payer=line.get("payer") or "mall",
            note=line.get("note") or "", due_at=line.get("due_at"),
        )
        for line in lines
        if line.get("kind")
    ]  # fmt: skip
