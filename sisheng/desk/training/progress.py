"""How far an induction is: the two gates of CTR-05 and the exam behind them.

One source asks for three days in class, another for seventy-two hours in all. Both are kept, each counted by itself;
a mall may say that either is enough (policy `training.induction_gate`).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from sisheng.desk.training.models import Induction, Lesson
from sisheng.ground.policies import current_of

DAYS, HOURS, EXAM = "training.induction_days", "training.induction_hours", "training.induction_exam"
A_DAY, GATE = "training.classroom_day", "training.induction_gate"


@dataclass(frozen=True)
class Progress:
    """What was learned, and what has to be."""

    days: int  # in class
    days_needed: int
    hours: Decimal  # of every form together
    hours_needed: int
    score: int | None  # of the best exam; None: none was taken
    score_needed: int
    either: bool  # days or hours, instead of both

    @property
    def has_days(self) -> bool:
        return self.days >= self.days_needed

    @property
    def has_hours(self) -> bool:
        return self.hours >= self.hours_needed

    @property
    def has_exam(self) -> bool:
        return self.score is not None and self.score >= self.score_needed

    @property
    def is_complete(self) -> bool:
        learned = (self.has_days or self.has_hours) if self.either else (self.has_days and self.has_hours)
        return learned and self.has_exam

    @property
    def missing(self) -> str:
        """What is still to be done, in words; empty when nothing is."""
        days = [] if self.has_days else [_("days in class: %(n)s more") % {"n": self.days_needed - self.days}]
        rest = (self.hours_needed - self.hours).normalize()
        hours = [] if self.has_hours else [_("hours: %(n)s more") % {"n": f"{rest:f}"}]
        exam = [] if self.has_exam else [_("an exam with %(n)s points or more") % {"n": self.score_needed}]
        learned = days + hours
        if self.either:
            learned = [_(" or ").join(learned)] if days and hours else []
        return _(", ").join(learned + exam)


def progress_of(induction: Induction, at: datetime) -> Progress:
    """How far it is, by what the mall asks for at that moment."""
    asked = current_of(induction.mall_id, (DAYS, HOURS, EXAM, A_DAY, GATE), at)
    lessons = list(induction.lessons.all().counted().values_list("on", "form", "hours"))
    in_class: dict[date, Decimal] = defaultdict(Decimal)
    for on, form, hours in lessons:
        if form == Lesson.Form.CLASSROOM:
            in_class[on] += hours
    scores = [exam.score for exam in induction.exams.all().counted() if exam.score is not None]
    return Progress(
        days=sum(hours >= asked[A_DAY].value for hours in in_class.values()),
        days_needed=asked[DAYS].value,
        hours=sum((hours for _on, _form, hours in lessons), Decimal(0)),
        hours_needed=asked[HOURS].value,
        score=max(scores, default=None),
        score_needed=asked[EXAM].value,
        either=asked[GATE].value == "either",
    )
