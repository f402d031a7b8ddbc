"""The lot of the day is drawn; somebody checks what was drawn; whose work it is reads what was said of it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sisheng.desk.quality.drawing import by_lot, sizes
from sisheng.desk.quality.models import Draw, Review
from sisheng.desk.quality.sources import glances, sources
from sisheng.ground.act import SYSTEM, Act
from sisheng.ground.events.models import Event
from sisheng.ground.once.models import once
from sisheng.ground.refusals import NotAllowed, OutOfTurn, Unusable
from sisheng.mall.directory.models import Mall
from sisheng.mall.staff.models import Staff

if TYPE_CHECKING:
    from sisheng.ground.act import Actor


def draw_for_every_mall(at: datetime) -> None:
    """Timetable, every morning: some of the work of yesterday, by lot."""
    for mall in Mall.objects.filter(shadow_of=None):
        draw(mall, mall.today(at) - timedelta(days=1), at)


def draw(mall: Mall, on: date, at: datetime) -> Draw:
    """The lot of a day that is over. A day is drawn once; of two workers who draw at once, one comes too late.

    What is written down for that day only later, from paper or from a queue, is in no lot.
    """
    if earlier := Draw.objects.filter(mall=mall, on=on).first():
        return earlier
    try:
        with transaction.atomic():
            return _draw(Act(by=SYSTEM, at=at, via="worker"), mall, on)
    except IntegrityError:
        return Draw.objects.get(mall=mall, on=on)


def _draw(act: Act, mall: Mall, on: date) -> Draw:
    done = {group: source.of_day(mall, on) for group, source in sources().items()}
    there = {group: len(records) for group, records in done.items()}
    wanted: dict[str, Any] = sizes(mall, act.at, there)
    lot = Draw.objects.create(mall=mall, on=on, drawn_at=act.at, **there)
    Review.objects.bulk_create(
        Review(draw=lot, mall=mall, record=one.number, group=group, agent_id=one.agent, has_answer=one.has_answer)
        for group, records in done.items()
        for one in by_lot(mall, on, records, wanted[group])
    )
    Event.record("quality.drawn", f"quality:{on}", act, mall_id=mall.pk, on=str(on), there=there, **wanted)
    return lot


@once
def review(act: Act, review: Review, *, correct: bool | None = None, critical: bool = False, note: str = "") -> Review:
    """Say how a record was dealt with. Whose work it is hears of it where there is a word for them to read (QAS-06)."""
    act.must("quality.review", review.mall)
    reviewer = _not_ones_own(act.by, review)
    if review.state != Review.State.SAMPLED:
        raise _checked(review)
    if review.has_answer and correct is None:
        raise Unusable(_("Say whether the answer was right."), field="correct")
    if not review.has_answer and correct is not None:
        raise Unusable(_("No answer was given here that could be right or wrong."), field="correct")
    if (critical or correct is False) and not note.strip():
        raise Unusable(_("Write what went wrong and how to do it next time."), field="note")
    judged = {"is_correct": correct, "is_critical": critical, "note": note.strip()}
    told = {"state": Review.State.REVIEWED, "reviewer": reviewer, "reviewed_at": act.happened_at, **judged}
    if not Review.objects.open().filter(pk=review.pk).update(**told):
        raise _checked(review)
    review.refresh_from_db()
    to = [review.agent.actor_key] if review.agent and review.note else []
    _tell("quality.reviewed", act, review, to=to, correct=correct, critical=critical, opens="quality:index")
    return review


@once
def see(act: Act, review: Review) -> Review:
    """Whose work it is has read what was said of it."""
    act.must("quality.see", review.mall)
    if review.agent is None or review.agent.actor_key != act.by.actor_key:
        raise NotAllowed(_("Only the person whose work it is confirms that they have read it."))
    unread = Review.objects.filter(pk=review.pk, state=Review.State.REVIEWED)
    if not unread.update(state=Review.State.SEEN, seen_at=act.happened_at):
        raise OutOfTurn(_("%(number)s is not waiting to be read.") % {"number": review.record})
    review.refresh_from_db()
    _tell("quality.seen", act, review)
    return review


def forget_note(event: Event) -> None:
    """Reaction: the customer of a record was forgotten; so is what the note of its check may say about them."""
    Review.objects.filter(mall_id=event.mall_id, record=event.topic).update(note="")


def _checked(review: Review) -> OutOfTurn:
    return OutOfTurn(_("%(number)s has been checked already.") % {"number": review.record})


def _not_ones_own(by: Actor, review: Review) -> Staff:
    """Nobody checks what they had their hands in, nor what is about them (QAS-03)."""
    if not isinstance(by, Staff):
        raise NotAllowed(_("Only a member of staff can check this."))
    glance = glances(review.mall, [review], by).get(review.record)
    if glance is None or by.pk in {review.agent_id, *glance.hands}:
        told = {"number": review.record}
        raise NotAllowed(_("Nobody checks their own work. Leave %(number)s to a colleague.") % told)
    return by


def _tell(kind: str, act: Act, review: Review, **details: Any) -> None:
    Event.record(kind, review.topic, act, mall_id=review.mall_id, record=review.record, **details)
