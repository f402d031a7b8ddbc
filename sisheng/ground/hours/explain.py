"""Why something is due when it is: the way from the start to the deadline, in steps that a person can follow.

The steps are data without language; they are put into words for whoever reads them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sisheng.ground.hours.due import Rule, WorkingDays, due
from sisheng.ground.hours.layout import DAY
from sisheng.ground.hours.month import NO_TIME, Span
from sisheng.ground.hours.words import say_days, say_duration, say_moment, say_period

if TYPE_CHECKING:
    from sisheng.ground.hours.calendar import Calendar

SECOND = timedelta(seconds=1)


class Kind(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    START_DAY = "start day"
    WORKING_DAYS = "working days"
    DAYS_OFF = "days off"


@dataclass(frozen=True)
class Step:
    """One stretch of the way: what of it counted, and how much was left after it. Of working days both are whole days,
    however long those open."""

    kind: Kind
    begins: datetime
    ends: datetime
    counted: timedelta
    left: timedelta
    reason: object = ""  # why it differs from the week: the name of a holiday

    def __str__(self) -> str:
        words = {"stretch": self._stretch(), "counted": say_duration(self.counted), "left": say_duration(self.left)}
        match self.kind:
            case Kind.OPEN if self.left:
                return _("%(stretch)s: %(counted)s counted, %(left)s left.") % words
            case Kind.OPEN:
                return _("%(stretch)s: %(counted)s counted, nothing left.") % words
            case Kind.CLOSED:
                return _("%(stretch)s: closed, not counted.") % words
            case Kind.START_DAY:
                return _("%(stretch)s: the day of the start does not count.") % words
            case Kind.DAYS_OFF:
                return _("%(stretch)s: off, not counted.") % words
            case Kind.WORKING_DAYS:
                count = self.counted // DAY
                told = ngettext(
                    "%(stretch)s: %(count)d working day, %(left)d left.",
                    "%(stretch)s: %(count)d working days, %(left)d left.",
                    count,
                )
                return told % {"stretch": self._stretch(), "count": count, "left": self.left // DAY}

    def _stretch(self) -> str:
        if self.kind in {Kind.OPEN, Kind.CLOSED}:
            told = say_period(self.begins, self.ends)
        else:
            # by way of UTC: where midnight is leapt over, the wall has no second before the end
            last = (self.ends.astimezone(UTC) - SECOND).astimezone(self.ends.tzinfo)
            told = say_days(self.begins.date(), last.date())
        return _("%(stretch)s (%(reason)s)") % {"stretch": told, "reason": self.reason} if str(self.reason) else told


@dataclass(frozen=True)
class Explanation:
    """What was asked, each step of the way, and when it is due. `str()` is for people."""

    rule: Rule
    start: datetime
    due: datetime
    steps: tuple[Step, ...]

    @property
    def counted(self) -> timedelta:
        """What all steps counted: the amount that was asked for."""
        return sum((step.counted for step in self.steps), NO_TIME)

    def __str__(self) -> str:
        asked = _("Counted from %(start)s: %(rule)s.") % {"start": say_moment(self.start), "rule": self.rule}
        told = _("Due: %(moment)s.") % {"moment": say_moment(self.due, is_end=True)}
        return "\n".join([asked, *map(str, self.steps), told])


def explain_due(rule: Rule, start: datetime, calendar: Calendar) -> Explanation:
    """`due`, step by step."""
    at = due(rule, start, calendar)
    steps = _days(calendar, start, rule) if isinstance(rule, WorkingDays) else _joined(_time(calendar, start, at))
    # to local: the steps are read where the calendar hangs
    return Explanation(rule, start.astimezone(calendar.zone), at, tuple(_local(step, calendar) for step in steps))


def _time(calendar: Calendar, start: datetime, end: datetime) -> Iterator[Step]:
    """Open and closed stretches from one moment to another. All in UTC: moments of one zone are compared and
    subtracted as the wall shows them, and the wall is wrong by an hour in the night when clocks are changed."""
    at, end = start.astimezone(UTC), end.astimezone(UTC)
    left = calendar.between(at, max(at, end))
    while at < end:
        opens = calendar.next_opening(at).astimezone(UTC) if left else end
        if opens > at:
            yield from _closed(calendar, (at, opens), left)
            at = opens
        else:
            closes, reason = _open_at(calendar, at)
            closes = min(closes, end)
            left -= closes - at
            yield Step(Kind.OPEN, at, closes, closes - at, left, reason)
            at = closes


def _open_at(calendar: Calendar, at: datetime) -> tuple[datetime, object]:
    """Until when it is open by the hours of one date, and why that date differs."""
    day = calendar.opening_day(at)
    special = calendar.special_on(day)
    closes = next(closes for opens, closes in calendar.layout.spans(day) if opens <= at < closes)
    return closes, special.reason if special else ""


def _closed(calendar: Calendar, gap: Span, left: timedelta) -> Iterator[Step]:
    """A closed stretch, divided at midnight where one reason gives way to another: the typhoon, then the holiday."""
    begins, ends = gap
    reason: object = ""
    day, last = calendar.day_of(begins), calendar.day_of(ends - SECOND)
    while day <= last:
        special = calendar.special_on(day)
        why = special.reason if special and not calendar.opens_on(day) else ""
        if why and reason and str(why) != str(reason):
            midnight = calendar.end_of(day - DAY).astimezone(UTC)
            yield Step(Kind.CLOSED, begins, midnight, NO_TIME, left, reason)
            begins = midnight
        reason = why or reason
        day += DAY
    yield Step(Kind.CLOSED, begins, ends, NO_TIME, left, reason)


def _days(calendar: Calendar, start: datetime, rule: WorkingDays) -> Iterable[Step]:
    day, left = calendar.day_of(start), rule.count * DAY
    steps = [Step(Kind.START_DAY, start, calendar.end_of(day), NO_TIME, left)]
    while left:
        day += DAY
        begins, ends = calendar.end_of(day - DAY), calendar.end_of(day)
        if begins == ends:
            continue  # Samoa went from 29 to 31 December 2011: there was no such day
        counted = DAY if calendar.opens_on(day) else NO_TIME
        left -= counted
        special = calendar.special_on(day)
        kind = Kind.WORKING_DAYS if counted else Kind.DAYS_OFF
        reason = special.reason if special else ""
        steps.append(Step(kind, begins, ends, counted, left, reason))
    return _joined(steps)


def _joined(steps: Iterable[Step]) -> list[Step]:
    """Neighbours of one kind and one reason are one step: ten days of natural time are not ten days of it."""
    joined: list[Step] = []
    for step in steps:
        last = joined[-1] if joined else None
        if last and (last.kind, str(last.reason)) == (step.kind, str(step.reason)):
            joined[-1] = replace(last, ends=step.ends, counted=last.counted + step.counted, left=step.left)
        else:
            joined.append(step)
    return joined


def _local(step: Step, calendar: Calendar) -> Step:
    return replace(step, begins=step.begins.astimezone(calendar.zone), ends=step.ends.astimezone(calendar.zone))
