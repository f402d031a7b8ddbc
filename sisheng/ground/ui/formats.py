"""Times, money and phones as ux.md §9 writes them, in the language of the screen."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sisheng.ground.ui.sentences import WORDS

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = (("Mon", "一"), ("Tue", "二"), ("Wed", "三"), ("Thu", "四"), ("Fri", "五"), ("Sat", "六"), ("Sun", "日"))


def in_english() -> bool:
    return (get_language() or "").startswith("en")


def clock_time(at: datetime) -> str:
    return f"{timezone.localtime(at):%H:%M}"


def day(on: date, *, near: date | None = None, weekday: bool = False) -> str:
    """2026-11-22, or 22 Nov 2026; without the year when `near` lies in the same one."""
    on = timezone.localtime(on).date() if isinstance(on, datetime) else on
    with_year = near is None or near.year != on.year
    if in_english():
        text = f"{on.day} {MONTHS[on.month - 1]}" + (f" {on.year}" if with_year else "")
        return f"{WEEKDAYS[on.weekday()][0]} {text}" if weekday else text
    text = f"{on:%Y-%m-%d}" if with_year else f"{on:%m-%d}"
    return f"{text} 周{WEEKDAYS[on.weekday()][1]}" if weekday else text


def when(at: datetime, now: datetime | None = None) -> str:
    """14:30 today, 昨天 14:30, 明天 14:30, 11-22 14:30 this year, 2026-11-22 14:30 else (always so without `now`)."""
    moment = timezone.localtime(at)
    time_of_day = f"{moment:%H:%M}"
    today = timezone.localtime(now).date() if now else None
    if today:
        days_away = (moment.date() - today).days
        if days_away == 0:
            return time_of_day
        if days_away == -1:
            return _("yesterday %s") % time_of_day
        if days_away == 1:
            return _("tomorrow %s") % time_of_day
    comma = ", " if in_english() else " "
    return f"{day(moment.date(), near=today)}{comma}{time_of_day}"


def until(at: datetime, now: datetime | None = None) -> str:
    """When something ends, as people say it: what ends at midnight ends with the day before."""
    moment = timezone.localtime(at)
    if moment.time() != time():
        return when(at, now)
    return day(moment.date() - timedelta(days=1), near=timezone.localtime(now).date() if now else None)


def span(amount: timedelta, *, up: bool = False) -> str:
    """How long, at a glance: 2 天 3 时, 5:20, 12 分. What is left is rounded up; what is over (`up`) rounded down.

    deadlines.js says the same from the same words; tests/journeys compares the two.
    """
    seconds = max(amount.total_seconds(), 0)
    minutes = max(math.floor(seconds / 60) if up else math.ceil(seconds / 60), 1)
    if minutes >= 24 * 60:
        days, hours = divmod(minutes // 60, 24)
        return str(WORDS["days"] if hours else WORDS["whole_days"]) % {"d": days, "h": hours}
    if minutes >= 60:
        return f"{minutes // 60}:{minutes % 60:02}"
    return str(WORDS["minutes"]) % {"m": minutes}


def left(due_at: datetime, now: datetime) -> str:
    """剩 5:20 before, 逾期 12 分 after."""
    if now < due_at:
        return str(WORDS["left"]) % {"time": span(due_at - now)}
    return str(WORDS["over"]) % {"time": span(now - due_at, up=True)}


def money(amount: Any, *, exact: bool = False) -> str:
    """¥1,280 in a list, ¥1,280.00 on a slip (`exact`), ¥12.50 everywhere."""
    value = Decimal(amount)
    is_whole = value == value.to_integral_value()
    figures = f"{value:,.2f}" if exact or not is_whole else f"{value:,.0f}"
    return f"CNY {figures}" if in_english() else f"¥{figures}"


def phone(number: str) -> str:
    """154 0000 0001. A masked number and a number of another kind stay as they are."""
    digits = re.sub(r"[\s-]", "", number)
    return f"{digits[:3]} {digits[3:7]} {digits[7:]}" if re.fullmatch(r"1\d{10}", digits) else number
