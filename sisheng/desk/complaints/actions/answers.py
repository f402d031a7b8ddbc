"""What the customer answers, and what follows: dates for each remedy, or another look (CMP-11, CMP-12)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from sisheng.cases.ladder import OnDuty
from sisheng.desk.complaints import telling
from sisheng.desk.complaints.actions.guards import a_reason, must_be_theirs, tell
from sisheng.desk.complaints.lifecycle import RE_EVALUATING
from sisheng.desk.complaints.models import Answer, Complaint, Proposal
from sisheng.ground.act import Act
from sisheng.ground.once.models import once
from sisheng.ground.refusals import OutOfTurn, Unusable

REMINDERS = 2  # before a manager may let it be carried out without an answer


@once
def agree(act: Act, complaint: Complaint, *, words: str = "", seen: int | None = None) -> Complaint:
    """The customer says yes, at the desk, on the telephone or on their own page. Each remedy now has a date."""
    return _answered(act, complaint, "agree", Answer.AGREED, words, seen)


@once
def refuse(act: Act, complaint: Complaint, *, words: str = "", seen: int | None = None) -> Complaint:
    """The customer says no: to a proposal, and it is looked at again; or to the final answer (CMP-11)."""
    name = "refuse_final" if complaint.status == "final_offered" else "refuse"
    _answered(act, complaint, name, Answer.REFUSED, words, seen)
    complaint.re_evaluation = ""  # a new no asks for a new look
    complaint.save(update_fields=["re_evaluation"])
    if name == "refuse_final":
        name_the_ways(act, complaint)
    return complaint


@once
def go_ahead(act: Act, complaint: Complaint, *, reason: str, seen: int | None = None) -> Complaint:
    """No answer after two reminders: a manager lets the offer be carried out (domain 3.4)."""
    if complaint.status in {"awaiting_customer", "final_offered"} and complaint.reminders < REMINDERS:
        raise OutOfTurn(_("Remind the customer twice first; then a manager may decide."))
    return _answered(act, complaint, "go_ahead", Answer.SILENT, a_reason(reason), seen)


def _answered(act: Act, complaint: Complaint, name: str, answer: str, words: str, seen: int | None) -> Complaint:
    must_be_theirs(act, complaint)
    proposal = complaint.offer
    # every settlement is seen by the lead at once (CTR-08)
    leads = OnDuty(act.at).at_level(complaint.mall, "lead", but=complaint.about_staff_id)
    complaint.transition(
        name, act, seen=seen, personal={"words": words.strip()} if words.strip() else None,
        n=proposal.n if proposal else 0, value=proposal.value if proposal else 0,
        to=[person.actor_key for person in leads],
    )  # fmt: skip
    if proposal is None:  # the door has refused what was never offered
        raise OutOfTurn(_("The customer has nothing to answer now."))
    proposal.answer, proposal.answered_at, proposal.answered_via = answer, act.happened_at, act.via
    proposal.answer_words = words.strip()[:1000]
    proposal.save(update_fields=["answer", "answered_at", "answered_via", "answer_words"])
    complaint.forget_offers()
    if proposal.is_carried_out:
        owe(act, complaint, proposal)
    return complaint


def owe(act: Act, complaint: Complaint, proposal: Proposal) -> None:
    """Each remedy of what was agreed gets its own date and its own clock (CMP-12)."""
    for remedy in proposal.remedies.filter(done_at=None):
        due_at = remedy.due_at if remedy.due_at and remedy.due_at > act.happened_at else None
        clock = complaint.start_part("complaint.remedy", remedy.part, act, due_at=due_at)
        if remedy.due_at is None:
            remedy.due_at = clock.due_at
            remedy.save(update_fields=["due_at"])


@once
def re_evaluate(act: Act, complaint: Complaint, *, words: str) -> Complaint:
    """Look at it again after a no, and write down what that came to. Only then may something new be offered."""
    act.must("complaints.handle", complaint.mall)
    if complaint.status != RE_EVALUATING:
        raise OutOfTurn(_("A re-evaluation follows a no of the customer."))
    complaint.hold_as_seen()
    if not words.strip():
        raise Unusable(_("Write what the re-evaluation came to."), field="words")
    complaint.re_evaluation = words.strip()
    complaint.save(update_fields=["re_evaluation"])
    tell(act, complaint, "re_evaluated", personal={"words": complaint.re_evaluation})
    return complaint


def name_the_ways(act: Act, complaint: Complaint) -> None:
    """The five lawful ways are told, and that they were told is on record (N-11)."""
    complaint.ways_told_at = act.happened_at
    complaint.save(update_fields=["ways_told_at"])
    tell(act, complaint, "ways_told")
    telling.unresolved(act, complaint)
