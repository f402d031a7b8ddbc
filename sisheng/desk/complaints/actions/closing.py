"""Carrying out what was agreed, and bringing a complaint to its end."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from sisheng.cases.ladder import OnDuty
from sisheng.desk.complaints import gates, taxonomy, telling
from sisheng.desk.complaints.actions.answers import owe
from sisheng.desk.complaints.actions.guards import person, tell
from sisheng.desk.complaints.actions.writing import RemedyLine, write_down
from sisheng.desk.complaints.models import Answer, Complaint, Remedy
from sisheng.ground.act import Act
from sisheng.ground.once.models import once
from sisheng.ground.policies import current
from sisheng.ground.refusals import NotAllowed, OutOfTurn, Unusable
from sisheng.kit.approvals.authority import is_within
from sisheng.kit.evidence.actions import lapse_statements


@once
def settle(
    act: Act, complaint: Complaint, *, words: str, remedies: Sequence[RemedyLine], cause: str, responsibility: str,
    is_done: bool = True, seen: int | None = None,
) -> Complaint:  # fmt: skip
    """Settled on the spot: cause, remedy and a satisfied customer, on one screen (CMP-06, CMP-07)."""
    if cause not in dict(taxonomy.joined(taxonomy.CAUSES)):
        raise Unusable(_("Choose why it happened."), field="cause")
    if responsibility not in taxonomy.RESPONSIBILITIES:
        raise Unusable(_("Choose whose responsibility it is."), field="responsibility")
    total = sum((line.get("value") or Decimal(0) for line in remedies), Decimal(0))
    if not is_within(person(act), complaint.mall, total, act.happened_at):
        raise NotAllowed(_("¥%(sum)s is above your own authority. Fetch the lead, or let it be investigated.")
                         % {"sum": total})  # fmt: skip
    leads = OnDuty(act.at).at_level(complaint.mall, "lead", but=complaint.about_staff_id)
    complaint.transition(
        "settle", act, seen=seen, value=total, personal={"words": words.strip()},
        to=[person.actor_key for person in leads],
    )  # fmt: skip
    proposal = write_down(act, complaint, words, remedies)
    proposal.offered_at = proposal.answered_at = act.happened_at
    proposal.answer, proposal.answered_via = Answer.AGREED, act.via
    proposal.save(update_fields=["offered_at", "answered_at", "answer", "answered_via"])
    complaint.cause, complaint.responsibility = cause, responsibility
    complaint.responsibility_at = complaint.responsibility_at or act.happened_at
    complaint.finding, complaint.substantiated = complaint.finding or words.strip(), complaint.substantiated or "yes"
    complaint.save(update_fields=["cause", "responsibility", "responsibility_at", "finding", "substantiated"])
    owe(act, complaint, proposal)
    complaint.forget_offers()
    if is_done:
        for remedy in proposal.remedies.all():
            _fulfil(act, complaint, remedy)
        _resolve(act, complaint, None)
    return complaint


@once
def fulfil(act: Act, complaint: Complaint, *, remedy: Remedy) -> Complaint:
    """One remedy has been carried out."""
    act.must("complaints.handle", complaint.mall)
    if complaint.status != "executing" or remedy.proposal.complaint_id != complaint.pk:
        raise OutOfTurn(_("Nothing is being carried out now."))
    complaint.hold_as_seen()
    _fulfil(act, complaint, remedy)
    return complaint


def _fulfil(act: Act, complaint: Complaint, remedy: Remedy) -> None:
    open_ones = Remedy.objects.filter(pk=remedy.pk, done_at=None, proposal__answer__in=[Answer.AGREED, Answer.SILENT])
    if not open_ones.update(done_at=act.happened_at, done_by=act.by.actor_key):
        raise OutOfTurn(_("This was carried out already."))
    complaint.end_part("complaint.remedy", remedy.part, act)
    complaint.forget_offers()
    tell(act, complaint, "fulfilled", remedy=remedy.kind, value=remedy.value)


@once
def resolve(act: Act, complaint: Complaint, *, seen: int | None = None) -> Complaint:
    """Everything that was agreed has been done, and the customer hears it (REC-18)."""
    _resolve(act, complaint, seen)
    return complaint


def _resolve(act: Act, complaint: Complaint, seen: int | None) -> None:
    gates.require(gates.to_resolve(complaint))
    complaint.transition("resolve", act, seen=seen)
    complaint.outcome, complaint.replied_at = "settled", act.happened_at
    complaint.save(update_fields=["outcome", "replied_at"])
    telling.resolved(act, complaint)


def await_follow_up(act: Act, complaint: Complaint) -> None:
    """The calls are planned; from now on the complaint waits for what the customer says."""
    if complaint.status == "resolved":
        complaint.transition("await_follow_up", act)


@once
def trace(act: Act, complaint: Complaint, *, cause: str, whys: Sequence[str]) -> Complaint:
    """Why it happened: one place in the cause tree, and five times why (CMP-08)."""
    act.must("complaints.handle", complaint.mall)
    if cause not in dict(taxonomy.joined(taxonomy.CAUSES)):
        raise Unusable(_("Choose why it happened."), field="cause")
    complaint.cause = cause
    complaint.whys = [why.strip()[:200] for why in list(whys)[: gates.WHYS] if why.strip()]
    complaint.save(update_fields=["cause", "whys"])
    tell(act, complaint, "traced", personal={"whys": complaint.whys}, cause=cause)
    return complaint


@once
def decide_improvement(act: Act, complaint: Complaint, *, number: str = "", because: str = "") -> Complaint:
    """Either an improvement was asked for, or there is none to be made, and why (CMP-18, TEN-03)."""
    act.must("complaints.handle", complaint.mall)
    if bool(number.strip()) == bool(because.strip()):
        raise Unusable(_("Name the improvement, or say why there is none."), field="because")
    complaint.improvement = complaint.Effect.ACTION if number else complaint.Effect.NO_NEED
    complaint.improvement_words = (number or because).strip()[:300]
    complaint.save(update_fields=["improvement", "improvement_words"])
    tell(act, complaint, "improvement_decided", personal={"words": complaint.improvement_words},
         what=complaint.improvement)  # fmt: skip
    return complaint


@once
def hear_customer(act: Act, complaint: Complaint, *, words: str, satisfaction: int | None = None) -> Complaint:
    """What the customer says of how it ended, in their words or as they answered the call (CMP-18)."""
    act.must("complaints.handle", complaint.mall)
    if not words.strip():
        raise Unusable(_("Write what the customer said, or that nobody could be reached and why."), field="words")
    complaint.customer_words = words.strip()[:1000]
    complaint.save(update_fields=["customer_words"])
    tell(act, complaint, "customer_heard", personal={"words": complaint.customer_words}, satisfaction=satisfaction)
    return complaint


@once
def archive(act: Act, complaint: Complaint, *, seen: int | None = None) -> Complaint:
    """The file is complete: what was found, offered, answered, why it happened, and what changes (CMP-18)."""
    if complaint.status in {"follow_up", "unresolved"}:
        gates.require(gates.to_archive(complaint))
    is_unresolved = complaint.status == "unresolved"
    complaint.transition("archive", act, seen=seen)
    complaint.outcome = "unresolved" if is_unresolved else complaint.outcome or "settled"
    kept = current(complaint.mall_id, "retention.complaint", act.happened_at)
    complaint.retention_until = complaint.mall.today(kept.due_at(act.happened_at, complaint.mall.calendar("N")))
    complaint.save(update_fields=["outcome", "retention_until"])
    lapse_statements(act, complaint)
    return complaint
