"""What seemed over is not: opened again, or withdrawn, and the withdrawal taken back."""

from __future__ import annotations

from django.utils.translation import gettext as _

from sisheng.desk.complaints import gates
from sisheng.desk.complaints.actions.guards import a_reason
from sisheng.desk.complaints.models import Complaint
from sisheng.ground.act import Act
from sisheng.ground.once.models import once
from sisheng.ground.refusals import OutOfTurn
from sisheng.ground.ui.formats import when
from sisheng.kit.approvals import actions as approvals
from sisheng.kit.evidence.actions import lapse_statements


@once
def reopen(act: Act, complaint: Complaint, *, reason: str, seen: int | None = None) -> Complaint:
    """It is not over for the customer: the same number, new clocks, and it is counted (domain 3.1)."""
    complaint.transition("reopen", act, seen=seen, personal={"reason": a_reason(reason)})
    complaint.reopen_count += 1
    complaint.save(update_fields=["reopen_count"])
    _begin_anew(act, complaint)
    return complaint


@once
def withdraw(act: Act, complaint: Complaint, *, reason: str, seen: int | None = None) -> Complaint:
    """The customer takes it back. Nobody else can, also not for whoever's complaint is part of this one now."""
    complaint.hold()  # nobody merges another one into it meanwhile
    if complaint.merged.exists():
        raise OutOfTurn(_("Another complaint is part of this one and is still to be answered. Take them apart first."))
    complaint.transition("withdraw", act, seen=seen, personal={"reason": a_reason(reason)})
    call_off_approvals(act, complaint)
    lapse_statements(act, complaint)
    complaint.outcome, complaint.no_reply_reason = "withdrawn", reason.strip()[:120]
    complaint.save(update_fields=["outcome", "no_reply_reason"])
    return complaint


@once
def resume(act: Act, complaint: Complaint, *, reason: str, seen: int | None = None) -> Complaint:
    """It was the wrong one that was withdrawn, or the customer never said so. It goes on as one that was opened again,
    but is not counted as one: nothing had been answered."""
    if complaint.closed_at is not None and complaint.status == "withdrawn":
        until = gates.may_be_resumed_until(complaint.mall, complaint.closed_at)
        if act.at > until:
            raise OutOfTurn(_("This withdrawal could be taken back until %(until)s. Take the complaint down anew.")
                            % {"until": when(until)})  # fmt: skip
    complaint.transition("resume", act, seen=seen, personal={"reason": a_reason(reason)})
    complaint.no_reply_reason = ""
    complaint.save(update_fields=["no_reply_reason"])
    _begin_anew(act, complaint)
    return complaint


def _begin_anew(act: Act, complaint: Complaint) -> None:
    """What was offered and said before stays in the story; what counts from now on is still to come."""
    complaint.rounds += 1
    complaint.outcome, complaint.customer_words, complaint.re_evaluation = "", "", ""
    complaint.save(update_fields=["rounds", "outcome", "customer_words", "re_evaluation"])
    complaint.forget_offers()
    complaint.start_part("complaint.progress_update", "progress", act)


def call_off_approvals(act: Act, complaint: Complaint) -> None:
    """Nobody is to decide about an offer that will not be made."""
    approvals.call_off(act, complaint)
    complaint.proposals.filter(approval="waiting").update(approval="needed")
    complaint.forget_offers()
