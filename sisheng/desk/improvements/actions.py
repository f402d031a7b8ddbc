"""What people do with an improvement."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from sisheng.cases.models import Case
from sisheng.cases.models.case import Channel
from sisheng.desk.improvements.models import Improvement
from sisheng.ground.act import Act
from sisheng.ground.events.models import Event
from sisheng.ground.once.models import once
from sisheng.ground.refusals import NotAllowed, OutOfTurn, Unusable

if TYPE_CHECKING:
    from sisheng.mall.directory.models import Desk, Mall, Shop
    from sisheng.mall.staff.models import Staff


@once
def begin(
    act: Act, mall: Mall, *, owner: Staff, problem: str, measure: str, due_at: datetime, source: str = "",
    origin: Case | None = None, shop: Shop | None = None, department: str = "", need: str = "", cause: str = "",
    metric: str = "", effect_before: str = "", cost: Decimal | None = None, desk: Desk | None = None,
) -> Improvement:  # fmt: skip
    """Ask a department or a shop to do something better, by a date, because of a case or by itself."""
    for field, words in {"problem": problem, "measure": measure}.items():
        if not words.strip():
            raise Unusable(_("Say what goes wrong, and what is to change."), field=field)
    if not (shop or department.strip()):
        raise Unusable(_("Say which department or which shop it is for."), field="department")
    if due_at <= act.happened_at:
        raise Unusable(_("This date has passed. Choose a later one."), field="due_on")
    if origin is not None and origin.mall_id != mall.pk:
        raise Unusable(_("This case belongs to another mall."), field="origin")
    improvement = Improvement(
        mall=mall, desk=desk, owner=owner, handler=owner, origin=origin, shop=shop, channel=Channel.SYSTEM,
        about_staff=origin.about_staff if origin else None, subject=" ".join(measure.split())[:120],
        source=source or (Improvement.Source.COMPLAINT if origin else Improvement.Source.MEETING),
        problem=problem.strip(), measure=measure.strip(), department=department.strip(), need=need.strip(),
        cause=cause.strip(), metric=metric.strip(), effect_before=effect_before.strip(), cost=cost,
    )  # fmt: skip
    improvement.begin(act, due_at=due_at, origin=origin.number if origin else "", addressed=improvement.addressed_to,
                      to=[owner.actor_key])  # fmt: skip
    return improvement


@once
def agree(act: Act, improvement: Improvement, *, seen: int | None = None) -> Improvement:
    """It is to be done, by that date."""
    improvement.transition("agree", act, seen=seen)
    return improvement


@once
def reply(act: Act, improvement: Improvement, *, reply: str) -> Improvement:
    """What the shop or the department answers (TEN-03). Told by themselves, or taken down for them."""
    act.must("improvements.do", improvement.mall)
    if not reply.strip():
        raise Unusable(_("Write what they answer."), field="reply")
    if not improvement.is_open:
        raise OutOfTurn(_("This improvement is over."))
    improvement.reply, improvement.replied_on, improvement.reply_by = reply.strip(), act.happened_at, act.by.actor_key
    improvement.save(update_fields=["reply", "replied_on", "reply_by"])
    Event.record("improvement.replied", improvement.topic, act, mall_id=improvement.mall_id,
                 personal={"words": improvement.reply}, addressed=improvement.addressed_to)  # fmt: skip
    return improvement


@once
def start(act: Act, improvement: Improvement, *, seen: int | None = None) -> Improvement:
    """They are working on it."""
    improvement.transition("start", act, seen=seen)
    return improvement


@once
def finish(act: Act, improvement: Improvement, *, words: str, seen: int | None = None) -> Improvement:
    """It is done; whether it helps, somebody else sees later."""
    _must_say(words)
    improvement.transition("finish", act, seen=seen, personal={"words": words.strip()})
    improvement.done_words, improvement.done_at, improvement.done_by = words.strip(), act.happened_at, act.by.actor_key
    improvement.save(update_fields=["done_words", "done_at", "done_by"])
    return improvement


@once
def verify(
    act: Act, improvement: Improvement, *, words: str, effect_after: str = "", seen: int | None = None
) -> Improvement:
    """Somebody else than who did it sees that it helps (CMP-18)."""
    return _judge(act, improvement, "verify", words, effect_after, seen)


@once
def fall_short(
    act: Act, improvement: Improvement, *, words: str, effect_after: str = "", seen: int | None = None
) -> Improvement:
    """Somebody else than who did it sees that it does not help."""
    return _judge(act, improvement, "fall_short", words, effect_after, seen)


@once
def try_again(
    act: Act, improvement: Improvement, *, measure: str, due_at: datetime, seen: int | None = None
) -> Improvement:
    """Something else is to change instead, by a new date. What was tried stays in the story."""
    if not measure.strip():
        raise Unusable(_("Say what is to change instead."), field="measure")
    if due_at <= act.happened_at:
        raise Unusable(_("This date has passed. Choose a later one."), field="due_on")
    tried = {"before": improvement.measure, "words": measure.strip()}
    improvement.transition("try_again", act, seen=seen, due_at=due_at, personal=tried)
    improvement.measure, improvement.subject = measure.strip(), " ".join(measure.split())[:120]
    improvement.done_words, improvement.done_at, improvement.done_by = "", None, ""
    improvement.verified_words, improvement.verified_at, improvement.verified_by = "", None, ""
    improvement.effect_after = ""
    improvement.save(
        update_fields=[
            "measure", "subject", "done_words", "done_at", "done_by", "verified_words", "verified_at", "verified_by",
            "effect_after",
        ]
    )  # fmt: skip
    return improvement


@once
def standardise(act: Act, improvement: Improvement, *, seen: int | None = None) -> Improvement:
    """From now on it is done so everywhere; the manual of this quarter says it (RPT-02)."""
    today = improvement.mall.today(act.happened_at)
    quarter = f"{today.year}Q{(today.month + 2) // 3}"
    improvement.transition("standardise", act, seen=seen, quarter=quarter)
    improvement.quarter, improvement.outcome = quarter, "effective"
    improvement.save(update_fields=["quarter", "outcome"])
    return improvement


@once
def drop(act: Act, improvement: Improvement, *, reason: str, seen: int | None = None) -> Improvement:
    """It will not be done, and why."""
    if not reason.strip():
        raise Unusable(_("Say why in a few words."), field="reason")
    improvement.transition("drop", act, seen=seen, personal={"reason": reason.strip()},
                           origin=improvement.origin.number if improvement.origin else "")  # fmt: skip
    improvement.outcome = "dropped"
    improvement.save(update_fields=["outcome"])
    return improvement


def _judge(
    act: Act, improvement: Improvement, name: str, words: str, effect_after: str, seen: int | None
) -> Improvement:
    _must_say(words)
    if improvement.done_by == act.by.actor_key:
        raise NotAllowed(_("You did this yourself; somebody else sees whether it helps."))
    improvement.transition(name, act, seen=seen, personal={"words": words.strip()}, before=improvement.effect_before,
                           after=effect_after.strip())  # fmt: skip
    improvement.verified_words, improvement.effect_after = words.strip(), effect_after.strip()
    improvement.verified_at, improvement.verified_by = act.happened_at, act.by.actor_key
    improvement.save(update_fields=["verified_words", "effect_after", "verified_at", "verified_by"])
    return improvement


def _must_say(words: str) -> None:
    if not words.strip():
        raise Unusable(_("Write what was done, or what one sees."), field="words")
