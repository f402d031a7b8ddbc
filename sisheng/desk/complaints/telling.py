"""What the customer hears from us about their complaint, without having to ask (CMP-19, CMP-31).

Each is said in the customer's language, also to those whose complaints were merged into this one, and goes out by the
way they chose; whoever left no way was told at the counter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import pgettext

from sisheng.cases.models import Case
from sisheng.ground.act import SYSTEM, Act
from sisheng.ground.events.models import Event
from sisheng.kit.messages.actions import tell_customer
from sisheng.mall.customers.models import Consent

if TYPE_CHECKING:
    from sisheng.desk.complaints.models import Complaint, Proposal
    from sisheng.mall.customers.models import Customer

Words = Callable[["Complaint"], tuple[str, str]]  # subject and text, once the language is set


def accepted(act: Act, complaint: Complaint) -> None:
    """The number, the code, and by when the final answer comes."""
    due = complaint.clocks.filter(deadline="complaint.final").latest("pk").due_at

    def words(case: Complaint) -> tuple[str, str]:
        return pgettext("letter", "Your complaint %(number)s") % {"number": case.number}, pgettext(
            "letter",
            "We have accepted your complaint %(number)s (code %(code)s). "
            "You will have our final answer by %(due)s; until then we tell you every day how it stands.",
        ) % {"number": case.number, "code": case.public_code, "due": _moment(case, due)}

    _tell(act, complaint, "complaint.accepted", words)


def informed(act: Act, complaint: Complaint, news: str) -> None:
    def words(case: Complaint) -> tuple[str, str]:
        return _about(case), pgettext("letter", "News of your complaint %(number)s: %(news)s") % {
            "number": case.number, "news": news,
        }  # fmt: skip

    _tell(act, complaint, "complaint.informed", words, dedup=act.at.isoformat())


def offered(act: Act, complaint: Complaint, proposal: Proposal) -> None:
    """The offer itself, and that one may say yes or no to it."""

    def words(case: Complaint) -> tuple[str, str]:
        told = {"number": case.number, "offer": proposal.words}
        if case.pk != complaint.pk:  # one's own yes or no is not asked for: the other customer's counts
            text = pgettext(
                "letter",
                "In the matter of which your complaint %(number)s is a part we offer: %(offer)s If that does not "
                "settle it for you, tell us: we then handle yours on its own again.",
            )
        elif proposal.is_final:
            text = pgettext(
                "letter",
                "Our final answer to your complaint %(number)s: %(offer)s You may agree or not agree. If you do not "
                "agree, we name the ways that remain to you.",
            )
        else:
            text = pgettext(
                "letter",
                "What we propose for your complaint %(number)s: %(offer)s Please tell us whether you agree; if you do "
                "not, we look at it again.",
            )
        return _about(case), text % told

    _tell(act, complaint, "complaint.offered", words, dedup=f"{proposal.round}.{proposal.n}")


def reminded(act: Act, complaint: Complaint, proposal: Proposal, time: int) -> None:
    def words(case: Complaint) -> tuple[str, str]:
        return _about(case), pgettext(
            "letter", "We are waiting for your answer to our offer about your complaint %(number)s."
        ) % {"number": case.number}

    dedup = f"{complaint.rounds}.{proposal.n}.{time}"
    _tell(act, complaint, "complaint.reminded", words, dedup=dedup, also_to_parts=False)


def extended(act: Act, complaint: Complaint, until: datetime, reason: str) -> None:
    def words(case: Complaint) -> tuple[str, str]:
        return _about(case), pgettext(
            "letter",
            "We need more time for your complaint %(number)s, because: %(reason)s You will have our final answer by "
            "%(due)s.",
        ) % {"number": case.number, "reason": reason, "due": _moment(case, until)}

    _tell(act, complaint, "complaint.extended", words, dedup=until.isoformat())


def resolved(act: Act, complaint: Complaint) -> None:
    """It is done. Only whoever is going to be rung is told so."""

    def words(case: Complaint) -> tuple[str, str]:
        done = pgettext(
            "letter",
            "What was agreed about your complaint %(number)s has been done. We will ask you within a day whether you "
            "are content.",
        )
        if case is not complaint or not _may_be_rung(case, act.happened_at):
            done = pgettext(
                "letter",
                "What was agreed about your complaint %(number)s has been done. If you are not content, please tell "
                "us.",
            )
        return _about(case), done % {"number": case.number}

    _tell(act, complaint, "complaint.resolved", words, dedup=f"{complaint.rounds}")


def unresolved(act: Act, complaint: Complaint) -> None:
    """The five ways of the law that remain when no agreement was reached (N-11)."""

    def words(case: Complaint) -> tuple[str, str]:
        text = pgettext("letter", "About your complaint %(number)s no agreement was reached. %(ways)s")
        return _about(case), text % {"number": case.number, "ways": five_ways()}

    _tell(act, complaint, "complaint.unresolved", words, dedup=f"{complaint.rounds}")


def five_ways() -> str:
    """Consumer Law art. 39, in the language of the reader."""
    return pgettext(
        "letter",
        "These ways remain open to you: 1. settle it with us after all; 2. ask the consumer association (12315) to "
        "mediate; 3. complain to the authority (12315); 4. arbitration, where it was agreed; 5. go to court.",
    )


def _tell(
    act: Act, complaint: Complaint, purpose: str, words: Words, *, dedup: str = "", also_to_parts: bool = True
) -> None:
    # the house tells it, also when it was the customer who acted
    house = Act(by=SYSTEM, at=act.at, via=act.via, said_at=act.said_at)
    parts = complaint.merged.select_related("mall", "customer") if also_to_parts else ()
    for case in (complaint, *parts):
        with _language_of(case):
            subject, text = words(case)
        # what is heard of another complaint is not what one's own will have to say one day
        which = dedup if case is complaint else f"{complaint.number}:{dedup}"
        tell_customer(house, case, purpose=purpose, subject=subject, text=text, dedup=which)


def _may_be_rung(case: Complaint, at: datetime) -> bool:
    """They left a number for it, and did not say that they want no call."""
    if case.customer is None or not case.may_contact:
        return False
    to_serve = Consent.objects.standing(at).filter(purpose=Consent.Purpose.SERVICE)
    return to_serve.filter(customer=case.customer).exists() and not _wants_no_questions(case.customer)


def _wants_no_questions(customer: Customer) -> bool:
    """They said so about some matter of theirs, and then nobody asks them about another."""
    theirs = Case.objects.filter(customer=customer).values("number")
    return Event.objects.filter(mall_id=customer.mall_id, topic__in=theirs, kind="survey.opted_out").exists()


def _about(case: Complaint) -> str:
    return pgettext("letter", "About your complaint %(number)s") % {"number": case.number}


@contextmanager
def _language_of(case: Complaint) -> Iterator[None]:
    with translation.override("en" if case.language.startswith("en") else "zh-hans"):
        yield


def _moment(case: Complaint, at: datetime | None) -> str:
    return date_format(at.astimezone(case.mall.zone), "Y-m-d H:i") if at else ""
