"""What is done about an induction."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from sisheng.desk.training.models import MOST_A_DAY, Exam, Induction, Lesson
from sisheng.desk.training.progress import progress_of
from sisheng.ground.act import Act
from sisheng.ground.events.models import Event
from sisheng.ground.once.models import once
from sisheng.ground.refusals import NotAllowed, OutOfTurn, Overtaken, Unusable
from sisheng.mall.staff.models import Staff

if TYPE_CHECKING:
    from sisheng.mall.directory.models import Mall


@once
def begin(act: Act, mall: Mall, *, person: Staff, on: date) -> Induction:
    """Somebody is new: from now on they stand at a desk only beside a colleague (STF-03)."""
    act.must("staff.train", mall)
    if mall.pk not in person.roles_by_mall:
        raise Unusable(_("%(name)s holds no post in this mall.") % {"name": person.spoken_name}, field="person")
    if act.by == person:
        raise Unusable(_("Nobody inducts themselves."), field="person")
    if on > mall.today(act.happened_at):
        raise Unusable(_("This day is still to come."), field="on")
    try:
        with transaction.atomic():
            induction = Induction.objects.create(mall=mall, person=person, begun_on=on)
    except IntegrityError:
        raise OutOfTurn(_("%(name)s is in induction already.") % {"name": person.spoken_name}) from None
    Staff.objects.filter(pk=person.pk).update(in_training=True)
    _tell("training.begun", act, induction)
    return induction


@once
def note_lesson(act: Act, induction: Induction, *, on: date, form: str, topic: str, hours: Decimal) -> Lesson:
    """Write down what somebody learned on one day."""
    _must_go_on(act, induction, on)
    if form not in Lesson.Form.values:
        raise Unusable(_("Choose how it was learned."), field="form")
    if topic not in Lesson.Topic.values:
        raise Unusable(_("Choose what it was about."), field="topic")
    that_day = induction.lessons.all().counted().filter(on=on).aggregate(sum=Sum("hours"))["sum"] or Decimal(0)
    if hours <= 0 or that_day + hours > MOST_A_DAY:
        raise Unusable(_("A day has %(most)s hours of training at most.") % {"most": MOST_A_DAY}, field="hours")
    who = act.by
    assert isinstance(who, Staff)  # nobody else holds staff.train  # noqa: S101
    lesson = Lesson.objects.create(induction=induction, on=on, form=form, topic=topic, hours=hours, noted_by=who)
    _tell("training.lesson", act, induction, on=on.isoformat(), hours=str(hours), lesson=form)
    return lesson


@once
def strike(act: Act, noted: Lesson | Exam) -> Lesson | Exam:
    """It was written down by mistake, and does not count."""
    _must_go_on(act, noted.induction)
    if not type(noted).objects.counted().filter(pk=noted.pk).update(struck_at=act.at):
        raise OutOfTurn(_("This has been struck out already."))
    noted.struck_at = act.at
    what = "lesson" if isinstance(noted, Lesson) else "exam"
    _tell(f"training.{what}_struck", act, noted.induction, on=noted.on.isoformat())
    return noted


@once
def examine(act: Act, induction: Induction, *, on: date, score: int) -> Exam:
    """A scenario exam was taken: `score` points of 100."""
    _must_go_on(act, induction, on)
    if not 0 <= score <= 100:
        raise Unusable(_("Points lie between 0 and 100."), field="score")
    who = act.by
    assert isinstance(who, Staff)  # as above  # noqa: S101
    exam = Exam.objects.create(induction=induction, on=on, score=score, examiner=who)
    _tell("training.examined", act, induction)
    return exam


@once
def let_pass(act: Act, induction: Induction) -> Induction:
    """They may stand at a desk alone. Raises OutOfTurn, saying what is missing, before both gates are open (CTR-05)."""
    _must_go_on(act, induction)
    progress = progress_of(induction, act.at)
    if not progress.is_complete:
        raise OutOfTurn(_("Still to do: %(missing)s.") % {"missing": progress.missing})
    waiting = Induction.objects.going_on().filter(pk=induction.pk)
    if not waiting.update(passed_at=act.at, passed_by=act.by):
        raise Overtaken(_("A colleague has just said so."))
    Staff.objects.filter(pk=induction.person_id).update(in_training=False)
    induction.refresh_from_db()
    _tell("training.passed", act, induction)
    return induction


def _must_go_on(act: Act, induction: Induction, on: date | None = None) -> None:
    """It is not over, it is not one's own, and the day lies within it."""
    act.must("staff.train", induction.mall)
    if act.by == induction.person:
        raise NotAllowed(_("Nobody inducts themselves."))
    if not Induction.objects.going_on().filter(pk=induction.pk).exists():
        raise OutOfTurn(_("This induction is over."))
    if on is not None and not induction.begun_on <= on <= induction.mall.today(act.happened_at):
        raise Unusable(_("The day must lie between the first day of the induction and today."), field="on")


def _tell(kind: str, act: Act, induction: Induction, **details: Any) -> None:
    person = induction.person.actor_key
    Event.record(kind, induction.topic, act, mall_id=induction.mall_id, person=person, **details)
