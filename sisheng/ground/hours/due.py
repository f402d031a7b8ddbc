"""By when: the ways in which something can be due (domain 1.35), and one function that tells the moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sisheng.ground.hours.wall import opening_moment
from sisheng.ground.hours.words import say_duration, say_time

if TYPE_CHECKING:
    from sisheng.ground.hours.calendar import Calendar


@dataclass(frozen=True)
class After:
    """So much time of the calendar later: 30 minutes of opening hours, 72 natural hours."""

    amount: timedelta

    def __str__(self) -> str:
        return say_duration(self.amount)


@dataclass(frozen=True)
class WorkingDays:
    """At the end of the n-th working day, or with the last closing of that day."""

    count: int
    at_closing: bool = False

    def __str__(self) -> str:
        if self.at_closing:
            told = ngettext("%(count)d working day, until closing", "%(count)d working days, until closing", self.count)
        else:
            told = ngettext("%(count)d working day", "%(count)d working days", self.count)
        return told % {"count": self.count}


@dataclass(frozen=True)
class NextDay:
    """At a time of the next day on which the calendar opens; of natural time that is tomorrow. At 00:00 it means the
    end of the day before."""

    at: time

    def __str__(self) -> str:
        return _("next day at %(time)s") % {"time": say_time(self.at)}


@dataclass(frozen=True)
class AtClosing:
    """At the close of business of this day, or of the next that opens when it is already over."""

    def __str__(self) -> str:
        return _("at closing")


@dataclass(frozen=True)
class GivenTime:
    """At a time that stands by itself: printed on an order, told with a promise. It may already have passed."""

    at: datetime

    def __str__(self) -> str:
        return _("at the time given")


Rule = After | WorkingDays | NextDay | AtClosing | GivenTime


def due(rule: Rule, start: datetime, calendar: Calendar) -> datetime:
    """When it is due, if it is counted from `start`. Raises NeverOpens and NeverCloses with a sentence."""
    match rule:
        case After(amount):
            return calendar.add(start, amount)
        case WorkingDays(count, at_closing):
            return calendar.add_days(start, count, at_closing=at_closing)
        case NextDay(at):
            day = calendar.next_opening_day(calendar.day_of(start))
            # local to UTC to local
            return opening_moment(datetime.combine(day, at), calendar.zone).astimezone(calendar.zone)
        case AtClosing():
            return calendar.close_of_business(start)
        case GivenTime(at):
            return at.astimezone(calendar.zone)
