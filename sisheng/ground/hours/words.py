"""How long, when, and from when until when, in the language of the reader."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import dateformat
from django.utils.translation import pgettext, pgettext_lazy

from sisheng.ground.hours.layout import DAY

WEEKDAYS = (
    pgettext_lazy("weekday", "Mon"),
    pgettext_lazy("weekday", "Tue"),
    pgettext_lazy("weekday", "Wed"),
    pgettext_lazy("weekday", "Thu"),
    pgettext_lazy("weekday", "Fri"),
    pgettext_lazy("weekday", "Sat"),
    pgettext_lazy("weekday", "Sun"),
)


def say_duration(amount: timedelta) -> str:
    """2 h 30 min · 2 小时 30 分. Hours are not gathered into days: whose days would they be?"""
    minutes, seconds = divmod(int(amount.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    parts = [
        pgettext("duration", "%(count)d h") % {"count": hours} if hours else "",
        pgettext("duration", "%(count)d min") % {"count": minutes} if minutes else "",
        pgettext("duration", "%(count)d s") % {"count": seconds} if seconds else "",
    ]
    return " ".join(filter(None, parts)) or pgettext("duration", "%(count)d min") % {"count": 0}


def say_day(day: date) -> str:
    """Mon 23 Nov 2026 · 2026-11-23 周一."""
    written = dateformat.format(day, pgettext("format of a date", "j M Y"))
    return pgettext("a day", "%(weekday)s %(date)s") % {"weekday": WEEKDAYS[day.weekday()], "date": written}


def say_moment(at: datetime, *, is_end: bool = False) -> str:
    """Mon 23 Nov 2026, 10:00 · 2026-11-23 周一 10:00. Midnight as the end of something is 24:00 of the day before."""
    day, clock = _day_and_time(at, is_end)
    return pgettext("a moment", "%(day)s, %(time)s") % {"day": say_day(day), "time": clock}


def say_period(begins: datetime, ends: datetime) -> str:
    """Mon 23 Nov 2026, 10:00–22:00, or with both days when there are two."""
    day, clock = _day_and_time(ends, True)
    if day == begins.date():
        return f"{say_moment(begins)}–{clock}"
    return f"{say_moment(begins)} – {say_moment(ends, is_end=True)}"


def say_days(first: date, last: date) -> str:
    return say_day(first) if first == last else f"{say_day(first)} – {say_day(last)}"


def say_time(at: time) -> str:
    return f"{at:%H:%M:%S}" if at.second else f"{at:%H:%M}"


def _day_and_time(at: datetime, is_end: bool) -> tuple[date, str]:
    if is_end and at.time() == time(0):
        return at.date() - DAY, "24:00"
    return at.date(), say_time(at.time())
