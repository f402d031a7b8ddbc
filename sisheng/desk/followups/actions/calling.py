"""Ringing somebody, and writing down what they say."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sisheng.desk.followups.lifecycle import PLAN
from sisheng.desk.followups.limits import TALK, part_of_day, quiet_until, too_soon
from sisheng.desk.followups.models import Attempt, FollowUp
from sisheng.desk.followups.models.followup import PART
from sisheng.desk.followups.questions import QUESTIONS, TEMPLATES
from sisheng.ground.act import Act
from sisheng.ground.events.models import Event
from sisheng.ground.once.models import once
from sisheng.ground.policies import current
from sisheng.ground.privacy.actions import reveal
from sisheng.ground.refusals import NotAllowed, OutOfTurn, Unusable
from sisheng.mall.directory.models import Mall
from sisheng.mall.staff.models import Staff

SKILL = "followup"  # FUP-05: who has been trained for it
NOT_CONTENT = 2  # and below: something has to follow


def number_to_ring(act: Act, call: FollowUp, *, reason: str) -> str:
    """The customer's number, for somebody who may ring it now: not in quiet hours, not twice a day (FUP-07, CTR-04)."""
    _must_be_trained(act, call)
    if not call.is_open or call.customer is None:
        raise OutOfTurn(_("There is nobody to ring any more."))
    if sentence := not_now(call, act.happened_at):
        raise OutOfTurn(sentence)
    return reveal(act, call.customer, "phone", reason)


@once
def attempt(act: Act, call: FollowUp, *, result: str, seen: int | None = None) -> FollowUp:
    """Nobody answered this time; the next time another part of the day is tried (FUP-10)."""
    _may_have_rung(act, call)
    if result not in Attempt.Result.values:
        raise Unusable(_("Choose what came of it."), field="result")
    call.transition("attempt", act, seen=seen, came_of=result)
    Attempt.objects.create(
        mall=call.mall, followup=call, at=act.happened_at, by=act.by.actor_key, result=result,
        part=part_of_day(act.happened_at, call.mall),
    )  # fmt: skip
    return call


@once
def finish(
    act: Act, call: FollowUp, *, satisfaction: int, words: str = "", answers: dict[str, Any] | None = None,
    new_need: str = "", followed_by: str = "", recorded: bool = False, abuse_note: str = "", seen: int | None = None,
) -> FollowUp:  # fmt: skip
    """They were reached and answered. Whoever is not satisfied is not left alone with it: something has to follow."""
    _may_have_rung(act, call)
    _check(call, satisfaction, answers or {}, followed_by)
    outcome = outcome_of(satisfaction)
    call.transition(
        "finish", act, seen=seen, satisfaction=satisfaction, outcome=outcome, followed_by=followed_by,
        personal={"words": words.strip()} if words.strip() else None,
    )  # fmt: skip
    call.satisfaction, call.outcome, call.followed_by = satisfaction, outcome, followed_by
    call.answers, call.words, call.new_need = answers or {}, words.strip()[:1000], new_need.strip()[:200]
    call.recorded_at = act.happened_at if recorded else None
    call.abuse_note, call.replied_at = abuse_note.strip()[:200], act.happened_at
    call.save(
        update_fields=["satisfaction", "outcome", "followed_by", "answers", "words", "new_need", "recorded_at",
                       "abuse_note", "replied_at"]
    )  # fmt: skip
    call.end_part(call.deadline, PART, act)
    if call.new_need:  # somebody has to take it on (FUP-06)
        Event.record("followup.wish", call.topic, act, mall_id=call.mall_id, personal={"wish": call.new_need})
    return call


@once
def give_up(act: Act, call: FollowUp, *, reason: str, seen: int | None = None) -> FollowUp:
    """After enough attempts at different times the call ends without an answer, and it is said why (FUP-10)."""
    _must_be_trained(act, call)
    if call.is_open and (sentence := keep_trying(call, act.happened_at)):
        raise OutOfTurn(sentence)
    return _end(act, call, "give_up", FollowUp.Outcome.UNREACHABLE, _a_reason(reason), seen)


@once
def refuse(act: Act, call: FollowUp, *, reason: str = "", seen: int | None = None) -> FollowUp:
    """They do not want to answer, and that is all right."""
    _may_have_rung(act, call)
    return _end(act, call, "refuse", FollowUp.Outcome.REFUSED, reason.strip(), seen)


@once
def call_off(act: Act, call: FollowUp, *, reason: str, seen: int | None = None) -> FollowUp:
    """The call is not needed any more."""
    return _end(act, call, "cancel", "", _a_reason(reason), seen)


# What may be asked before


def not_now(call: FollowUp, at: datetime) -> str:
    """Why nobody may be rung at this moment, in words; nothing when they may (FUP-04, CTR-04)."""
    if until := quiet_until(call.mall, call.customer, at):
        return _("Quiet hours. Call from %(when)s on.") % {"when": _moment(call.mall, until)}
    if again := too_soon(call.customer, at):
        return _("We spoke with this customer less than a day ago. Call from %(when)s on.") % {
            "when": _moment(call.mall, again)
        }
    return ""


def keep_trying(call: FollowUp, at: datetime) -> str:
    """Why it is too early to give up, in words; nothing when enough was tried (FUP-10)."""
    least = int(current(call.mall_id, "followup.attempts", at).value)
    tried = list(call.attempts.all())
    if len(tried) < least:
        return _("%(tried)s of %(least)s attempts were made. Try again at another time of the day.") % {
            "tried": len(tried), "least": least,
        }  # fmt: skip
    if len({each.part for each in tried}) < 2:
        return _("All attempts were at the same time of the day. Try once at another.")
    return ""


def is_trained(who: Staff, mall: Mall) -> bool:
    """Whoever has the skill; a lead, who plans the calls, has it as well."""
    return SKILL in who.skills.split() or who.can(PLAN, mall)


def outcome_of(satisfaction: int) -> str:
    if satisfaction >= 4:
        return FollowUp.Outcome.SATISFIED
    return FollowUp.Outcome.FAIR if satisfaction > NOT_CONTENT else FollowUp.Outcome.DISSATISFIED


# What they rest on


def _end(act: Act, call: FollowUp, name: str, outcome: str, reason: str, seen: int | None) -> FollowUp:
    call.transition(name, act, seen=seen, outcome=outcome, personal={"reason": reason} if reason else None)
    call.outcome, call.no_reply_reason = outcome, reason[:120]
    call.save(update_fields=["outcome", "no_reply_reason"])
    call.end_part(call.deadline, PART, act)
    return call


def _may_have_rung(act: Act, call: FollowUp) -> None:
    _must_be_trained(act, call)
    at = act.happened_at
    # a talk that began before the quiet hours may be written down in them
    was_quiet = quiet_until(call.mall, call.customer, at) and quiet_until(call.mall, call.customer, at - TALK)
    if call.is_open and (was_quiet or too_soon(call.customer, at)):
        raise OutOfTurn(not_now(call, at))


def _must_be_trained(act: Act, call: FollowUp) -> None:
    act.must("followups.call", call.mall)
    if isinstance(act.by, Staff) and not is_trained(act.by, call.mall):
        raise NotAllowed(_("Calls like this are made by whoever has been trained for them."))


def _check(call: FollowUp, satisfaction: int, answers: dict[str, Any], followed_by: str) -> None:
    if not 1 <= satisfaction <= 5:
        raise Unusable(_("Choose 1 to 5."), field="satisfaction")
    if unknown := set(answers) - set(TEMPLATES[call.template]):
        raise Unusable(_("This is not asked here: %(name)s.") % {"name": min(unknown)}, field=min(unknown))
    for name, value in answers.items():
        if QUESTIONS[name].is_number and not (isinstance(value, int) and 1 <= value <= 5):
            raise Unusable(_("Choose 1 to 5."), field=name)
    if followed_by not in FollowUp.FollowedBy.values:
        raise Unusable(_("Choose what follows."), field="followed_by")
    if satisfaction <= NOT_CONTENT and not followed_by:
        raise Unusable(_("They are not satisfied: reopen the matter, take a new complaint, or ask for an improvement."),
                       field="followed_by")  # fmt: skip
    if followed_by == FollowUp.FollowedBy.REOPEN and call.origin_id is None:
        raise Unusable(_("There is no matter to reopen: take a new complaint."), field="followed_by")


def _a_reason(reason: str) -> str:
    if not reason.strip():
        raise Unusable(_("Say why in a few words."), field="reason")
    return reason.strip()


def _moment(mall: Mall, at: datetime) -> str:
    return date_format(at.astimezone(mall.zone), "m-d H:i")
