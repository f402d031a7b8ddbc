"""The letter with our final answer, with the five lawful ways that remain (N-11)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from sisheng.desk.complaints.law.table import CHECKED_ON
from sisheng.desk.complaints.models import Complaint, Proposal
from sisheng.desk.complaints.papers.print import UNKNOWN, Print, with_more
from sisheng.ground.events.models import Event
from sisheng.ground.policies import current
from sisheng.ground.refusals import OutOfTurn
from sisheng.kit.paper.documents import FinalLetter, Promise
from sisheng.mall.staff.names import spoken_names

CONSUMER_LINE = "12315"


def final_offer(complaint: Complaint) -> Proposal | None:
    """The final answer that was given in this round."""
    offer = complaint.offer
    return offer if offer and offer.is_final and offer.offered_at else None


def final_letter(one: Print) -> FinalLetter:
    """Raises OutOfTurn before there is a final answer."""
    complaint, offer = one.complaint, final_offer(one.complaint)
    if offer is None or offer.offered_at is None:
        raise OutOfTurn(_("There is no final answer yet. Give it first, then print the letter."))
    with one.worded():
        calendar, mall = complaint.mall.calendar("N"), complaint.mall
        answer_by = current(mall.pk, "complaint.customer_reply", offer.offered_at).due_at(offer.offered_at, calendar)
        carried_out = current(mall.pk, "complaint.remedy", offer.offered_at).due_at(answer_by, calendar)
        return FinalLetter(
            **one.common(),
            addressed_as=one.complainant,
            received_on=mall.today(one.accepted_at),
            decided_on=mall.today(offer.offered_at),
            matter=_("%(against)s: %(category)s") % {"against": one.against, "category": complaint.category_words},
            decision=offer.words,
            reasons=_reasons(complaint),
            remedies=tuple(
                Promise(what=with_more(line.words, line.note), by=line.due_at or carried_out)
                for line in offer.remedies.all()
            ),
            answered_by=_answered_by(complaint),
            answer_by=answer_by,
            supervision_line=mall.supervision_line or UNKNOWN,
            consumer_line=CONSUMER_LINE,
            law_checked_on=CHECKED_ON,
            is_refusal=complaint.substantiated == "no",
        )


def _reasons(complaint: Complaint) -> tuple[str, ...]:
    """What we found, on what it rests, and what looking again came to."""
    told = (complaint.finding, complaint.basis, complaint.re_evaluation)
    return tuple(filter(None, told)) or (complaint.account,)


def _answered_by(complaint: Complaint) -> str:
    told = Event.objects.about(complaint.mall_id, complaint.topic).filter(kind="complaint.offer_final").last()
    return spoken_names({told.by})[told.by] if told else UNKNOWN
