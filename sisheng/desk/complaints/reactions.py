"""What follows elsewhere comes back to the complaint."""

from __future__ import annotations

from typing import Any, cast

from sisheng.cases.models import Case
from sisheng.desk.complaints.actions.again import reopen
from sisheng.desk.complaints.actions.closing import await_follow_up, decide_improvement
from sisheng.desk.complaints.actions.guards import tell
from sisheng.desk.complaints.actions.writing import hear_decision
from sisheng.desk.complaints.lifecycle import COMPLAINT
from sisheng.desk.complaints.models import Complaint, Proposal
from sisheng.ground.act import SYSTEM, Act
from sisheng.ground.events.models import Event

REOPENABLE = next(step.origins for step in COMPLAINT.transitions if step.name == "reopen")


def after_approved(event: Event) -> None:
    """Reaction: somebody said yes to a proposal."""
    hear_decision(_following(event), event, Proposal.Approval.APPROVED)


def after_declined(event: Event) -> None:
    """Reaction: somebody said no to a proposal; its writer writes another."""
    hear_decision(_following(event), event, Proposal.Approval.DECLINED)


def after_taken_back(event: Event) -> None:
    """Reaction: who asked needs no answer any more; the proposal is theirs again, to change or to send once more."""
    hear_decision(_following(event), event, Proposal.Approval.NEEDED)


def after_resolved(event: Event) -> None:
    """Reaction: the follow-up calls have been planned by theirs; the complaint now waits for them."""
    complaint = _complaint(mall_id=event.mall_id, number=event.topic)
    if complaint is not None:
        await_follow_up(_following(event), complaint)


def customer_was_heard(event: Event) -> None:
    """Reaction: a follow-up call is done; what the customer said belongs into the file of the complaint (CMP-18)."""
    complaint = _complaint_behind(event)
    if complaint is None or not complaint.is_open:
        return
    complaint.hold()  # another call may be heard at this moment
    complaint.refresh_from_db(fields=["customer_words"])
    was_reached = "satisfaction" in event.details
    if complaint.customer_words and not was_reached:
        return  # what somebody said counts for more than that nobody could be reached
    told = str((event.personal or {}).get("words") or event.sentence())
    complaint.customer_words = f"{complaint.customer_words}\n{told}".strip()[:1000]
    complaint.save(update_fields=["customer_words"])


def after_a_no(event: Event) -> None:
    """Reaction: somebody was not satisfied in a follow-up call. The complaint is opened again when they chose that;
    another wish is written into its file, and whoever handled it is told."""
    chosen = event.details.get("followed_by")
    complaint = _complaint_behind(event)
    if complaint is None or not chosen:
        return
    act = _following(event)
    words = str((event.personal or {}).get("words") or event.sentence())
    if chosen == "reopen" and complaint.status in REOPENABLE:
        reopen(act, complaint, reason=words)
    else:
        to = [complaint.handler.actor_key] if complaint.handler else []
        tell(act, complaint, "wished", personal={"words": words}, followed_by=chosen, to=to)


def _complaint_behind(event: Event) -> Complaint | None:
    """The complaint that a follow-up call was about."""
    call = Case.objects.filter(mall_id=event.mall_id, number=event.topic).first()
    return _complaint(pk=call.origin_id) if call and call.origin_id else None


def improvement_asked(event: Event) -> None:
    """Reaction: an improvement came from a complaint, which needs no other answer to what is to change (CMP-18)."""
    complaint = _origin_of(event)
    if complaint is not None and complaint.is_open and complaint.improvement != complaint.Effect.ACTION:
        decide_improvement(_following(event), complaint, number=event.topic)


def improvement_dropped(event: Event) -> None:
    """Reaction: it will not be done, so the complaint asks again: another one, or why there is none."""
    complaint = _origin_of(event)
    if complaint is None or not complaint.is_open or complaint.improvement_words != event.topic:
        return
    complaint.improvement, complaint.improvement_words = complaint.Effect.NONE, ""
    complaint.save(update_fields=["improvement", "improvement_words"])
    another = complaint.offspring.filter(kind="improvement").exclude(status="dropped").order_by("pk").last()
    if another is not None:
        decide_improvement(_following(event), complaint, number=another.number)


def _origin_of(event: Event) -> Complaint | None:
    number = event.details.get("origin", "")
    return _complaint(mall_id=event.mall_id, number=number) if number else None


def _complaint(**which: Any) -> Complaint | None:
    return cast("Complaint | None", Complaint.objects.filter(**which).first())


def _following(event: Event) -> Act:
    """The system acts, at the time of what it follows."""
    return Act(by=SYSTEM, at=event.at, via="worker", said_at=event.said_at)
