"""Opening hours as people write them: intervals of the clock on the wall, a week of them, the days that differ."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from sisheng.ground.refusals import Unusable

_INTERVAL = re.compile(r"(\d{1,2}:\d\d(?::\d\d)?)\s*[-–—~至]\s*(\d{1,2}:\d\d(?::\d\d)?)")


@dataclass(frozen=True, order=True)
class Interval:
    """From one time of the day to another. What closes at or before its opening time closes on the next day:
    09:30–02:00 runs past midnight, 00:00–00:00 is the whole day."""

    opens: time
    closes: time

    def on(self, day: date) -> tuple[datetime, datetime]:
        """Opening and closing as the clock on the wall shows them when the interval begins on that day."""
        last = day + timedelta(days=1) if self.closes <= self.opens else day
        return datetime.combine(day, self.opens), datetime.combine(last, self.closes)

    def __str__(self) -> str:
        return f"{self.opens:%H:%M}–{self.closes:%H:%M}"


Intervals = tuple[Interval, ...]
Week = tuple[Intervals, ...]  # seven of them, Monday first

WHOLE_DAY: Intervals = (Interval(time(0), time(0)),)


def intervals(text: str) -> Intervals:
    """ "09:30-14:00, 17:00-02:00" as intervals; "" is a closed day. Raises Unusable for what cannot be read."""
    plain = unicodedata.normalize("NFKC", text)  # full-width digits and colons from Chinese keyboards
    found = _INTERVAL.findall(plain)
    if _INTERVAL.sub("", plain).strip(" ,;、"):
        raise _unreadable(text)
    try:
        return tuple(Interval(_time(opens), _time(closes)) for opens, closes in found)
    except ValueError:
        raise _unreadable(text) from None


def _unreadable(text: str) -> Unusable:
    return Unusable(_("“%(text)s” cannot be read as opening hours. Write 10:00-22:00.") % {"text": text[:40]})


def _time(text: str) -> time:
    hours, minutes, seconds = map(int, f"{text}:00".split(":")[:3])
    return time(0 if (hours, minutes, seconds) == (24, 0, 0) else hours, minutes, seconds)


def week(every_day: str = "", **other: str) -> Week:
    """A week in which each day has the same hours except those named: `week("10:00-22:00", sat="", sun="")`."""
    days = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    if unknown := other.keys() - set(days):
        raise TypeError(f"There is no weekday called {', '.join(unknown)}.")
    return tuple(intervals(other.get(day, every_day)) for day in days)


@dataclass(frozen=True)
class SpecialDay:
    """A date on which the week does not hold. It replaces the intervals that *begin* on that date; what began the
    evening before still runs out."""

    on: date
    intervals: Intervals = ()  # none: closed all day
    like: int | None = None  # 0 = Monday … 6 = Sunday: follows the pattern of that weekday instead
    reason: object = ""  # a text, or one translated when it is read

    def hours(self, week: Week) -> Intervals:
        """What begins on that date."""
        return self.intervals if self.like is None else week[self.like]

    @classmethod
    def closed(cls, on: date, reason: object = "") -> SpecialDay:
        """A public holiday, a typhoon."""
        return cls(on, reason=reason)

    @classmethod
    def opening(cls, on: date, hours: str | Intervals, reason: object = "") -> SpecialDay:
        """Other hours than usual."""
        return cls(on, intervals(hours) if isinstance(hours, str) else tuple(hours), reason=reason)

    @classmethod
    def make_up(cls, on: date, like: int = 0, reason: object = "") -> SpecialDay:
        """调休: a day at the weekend that is worked like a weekday, for a holiday elsewhere."""
        if not 0 <= like <= 6:
            raise ValueError(f"{like} is no weekday: 0 is Monday, 6 is Sunday.")
        return cls(on, like=like, reason=reason)
