"""The question by link: sent a day after, reminded of once, stopped at a word (SAT-02)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sisheng.cases.models import Case
from sisheng.desk.followups.actions.calling import call_off
from sisheng.desk.followups.limits import may_be_asked
from sisheng.desk.followups.models import FollowUp, Survey
from sisheng.desk.followups.models.survey import STAYS_OPEN
from sisheng.ground.act import SYSTEM, Act
from sisheng.ground.events.models import Event
from sisheng.ground.once.models import once
from sisheng.ground.policies import current
from sisheng.ground.refusals import OutOfTurn, Unusable
from sisheng.kit.links import actions as links
from sisheng.kit.messages.actions import tell_customer
from sisheng.kit.messages.models import Message
from sisheng.kit.messages.ways import channel_to, first_quiet_free
from sisheng.mall.directory.models import Sequence

if TYPE_CHECKING:
    from sisheng.desk.followups.models.survey import SurveyQuerySet
    from sisheng.kit.links.models import OneTimeLink

PURPOSE = "survey"
BATCH = 100
State = Survey.State


def schedule(event: Event) -> None:
    """Reaction: a matter was settled; its customer is asked by link a day later, outside of quiet hours."""
    case = Case.objects.filter(mall_id=event.mall_id, number=event.topic).select_related("mall", "customer").first()
    settled_at = event.happened_at
    if case is None or not getattr(case.real(), "may_contact", True) or not may_be_asked(case.customer, settled_at):
        return
    wait = current(case.mall_id, "survey.send_after", settled_at)
    due_at = wait.due_at(settled_at, case.mall.calendar(wait.counted))
    send_at = first_quiet_free(case.mall, case.customer, due_at)
    if send_at is None or Survey.objects.filter(case=case, round=_round(case)).exists():
        return
    number = Sequence.next_number(case.mall, "WJ", case.mall.today(event.at))
    Survey.objects.create(
        mall=case.mall, case=case, round=_round(case), number=number, language=case.language, send_at=send_at
    )


# What the worker does


def send_due(at: datetime) -> None:
    """Timetable, every minute: send what is due, remind once of what was not answered, close what is too old."""
    for survey in Survey.objects.to_send(at).select_related("mall", "case__mall", "case__customer")[:BATCH]:
        _send(survey, at)
    for survey in Survey.objects.to_remind(at).select_related("mall", "case__mall", "case__customer")[:BATCH]:
        _remind(survey, at)
    for survey in Survey.objects.too_old(at).select_related("case")[:BATCH]:
        _expire(survey, at)


@transaction.atomic
def _send(survey: Survey, at: datetime) -> None:
    if not _may_be_sent(survey, at):
        return _expire(survey, at)
    wait = current(survey.mall_id, "survey.reminder", at)
    remind_at = wait.due_at(at, survey.mall.calendar(wait.counted))
    if _as_seen(survey).update(state=State.SENT, sent_at=at, remind_at=remind_at):
        survey.sent_at = at
        _ask(survey, at, "sent")
    return None


@transaction.atomic
def _remind(survey: Survey, at: datetime) -> None:
    wanted = _may_be_sent(survey, at)
    if _as_seen(survey).update(remind_at=None, reminded_at=at if wanted else None) and wanted:
        _ask(survey, at, "reminded")


@transaction.atomic
def _expire(survey: Survey, at: datetime) -> None:
    if _as_seen(survey).update(state=State.EXPIRED, remind_at=None):
        _tell(Act(by=SYSTEM, at=at, via="worker"), survey, "expired")


def _may_be_sent(survey: Survey, at: datetime) -> bool:
    """The matter is still settled, the customer may be asked, and there is a way to bring them a link."""
    case = survey.case
    is_settled_still = _round(case) == survey.round
    has_a_way = bool(settings.SISHENG_PUBLIC_ORIGIN) and channel_to(case.customer) != Message.Channel.SLIP
    return is_settled_still and has_a_way and may_be_asked(case.customer, at)


def _ask(survey: Survey, at: datetime, verb: str) -> None:
    act = Act(by=SYSTEM, at=at, via="worker")
    assert survey.sent_at is not None  # noqa: S101
    lasts = survey.sent_at + STAYS_OPEN - at
    _link, token = links.make(act, survey.case, purpose=PURPOSE, part=survey.number, lasts=lasts)
    address = settings.SISHENG_PUBLIC_ORIGIN + reverse("links:by-link", args=[survey.mall.slug, token])
    with translation.override("en" if survey.language.startswith("en") else "zh-hans"):
        subject = pgettext("letter", "How content are you?")
        text = pgettext(
            "letter",
            "How content are you with what we did about %(number)s? It takes a minute: %(address)s There you can also "
            "say that you do not want to be asked.",
        ) % {"number": survey.case.number, "address": address}
    tell_customer(act, survey.case, purpose=f"survey.{verb}", subject=subject, text=text, dedup=survey.number,
                  language=survey.language)  # fmt: skip
    _tell(act, survey, verb)


# What the customer does


@once
def answer(
    act: Act, survey: Survey, *, csat: int, nps: int | None = None, ces: int | None = None,
    is_solved: bool | None = None, words: str = "", is_anonymous: bool = False, link: OneTimeLink | None = None,
) -> Survey:  # fmt: skip
    """The customer answers, once. An answer without a name is counted, and shown to nobody beside the matter."""
    act.must("surveys.answer", survey.mall)
    for name, value, least, most in (("csat", csat, 1, 5), ("nps", nps, 0, 10), ("ces", ces, 1, 7)):
        if value is not None and not least <= value <= most:
            raise Unusable(_("Choose %(least)s to %(most)s.") % {"least": least, "most": most}, field=name)
    told = {"csat": csat, "nps": nps, "ces": ces, "is_solved": is_solved}
    kept = {**told, "words": words.strip()[:1000], "is_anonymous": is_anonymous}
    open_one = Survey.objects.filter(pk=survey.pk, state=State.SENT)
    if not open_one.update(state=State.ANSWERED, answered_at=act.happened_at, remind_at=None, **kept):
        raise OutOfTurn(_("This was answered already, or it is too late for it. Thank you all the same."))
    if link is not None:
        links.use(act.under(""), link)
    survey.refresh_from_db()
    _tell(act, survey, "answered", **({} if is_anonymous else told))
    return survey


@once
def opt_out(act: Act, survey: Survey, *, link: OneTimeLink | None = None) -> Survey:
    """One word is enough: nobody asks this customer again how content they are, neither by link nor by telephone."""
    act.must("surveys.answer", survey.mall)
    open_one = Survey.objects.filter(pk=survey.pk, state__in=[State.SCHEDULED, State.SENT])
    if not open_one.update(state=State.OPTED_OUT, remind_at=None):
        raise OutOfTurn(_("This was answered already, or it is too late for it. Thank you all the same."))
    if link is not None:
        links.use(act.under(""), link)
    survey.refresh_from_db()
    _tell(act, survey, "opted_out")
    house = Act(by=SYSTEM, at=act.at, via=act.via, said_at=act.said_at)
    calls = FollowUp.objects.filter(mall=survey.mall, customer=survey.case.customer_id, closed_at=None)
    for call in calls.select_related("mall"):
        call_off(house, call, reason=_("the customer does not want to be asked"))
    return survey


def _as_seen(survey: Survey) -> SurveyQuerySet:
    return Survey.objects.filter(pk=survey.pk, state=survey.state, remind_at=survey.remind_at)


def _round(case: Case) -> int:
    """How many times the matter was opened again: each time it is settled, it is asked about once."""
    return int(getattr(case.real(), "reopen_count", 0))


def _tell(act: Act, survey: Survey, verb: str, **details: Any) -> None:
    Event.record(f"survey.{verb}", survey.case.topic, act, mall_id=survey.mall_id, survey=survey.number, **details)
