"""By when, as a mall writes it down: a duration, the next day at a time, at closing, on a given date (domain 1.35).

In the database a rule is a small JSON object:
{"rule": "after", "count": 12, "unit": "hours"} · {"rule": "next_day", "at": "12:00"} · {"rule": "closing"} ·
{"rule": "given"}. How it is reckoned is the business of `ground.hours`.
"""

from __future__ import annotations

import calendar as months
from datetime import datetime, time, timedelta, tzinfo
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sisheng.ground.hours import After, AtClosing, GivenTime, NextDay, Rule, WorkingDays
from sisheng.ground.refusals import Unusable

PER_UNIT = {
    "seconds": timedelta(seconds=1),
    "minutes": timedelta(minutes=1),
    "hours": timedelta(hours=1),
    "days": timedelta(days=1),
    "workdays": timedelta(days=1),
}


def read(rule: Any, counted: str = "N", given: datetime | None = None) -> Rule:
    """The rule that a JSON object means. Raises Unusable when it means none, or a date that nobody has given."""
    if given:
        return GivenTime(given)
    match rule:
        case {"rule": "after", "count": int(count), "unit": str(unit)} if 0 < count <= 3650 and unit in PER_UNIT:
            return after(count, unit, counted)
        case {"rule": "next_day", "at": str(at)} if (clock := _time_of_day(at)) is not None:
            return NextDay(clock)
        case {"rule": "closing"}:
            return AtClosing()
        case {"rule": "given"}:
            raise Unusable(_("Say by when: this has no deadline of its own."), field="due_at")
    raise Unusable(_("This is not a rule for when something is due."), field="value")


def is_rule(rule: Any) -> bool:
    try:
        return rule == {"rule": "given"} or bool(read(rule))
    except Unusable:
        return False


def after(count: int, unit: str, counted: str) -> Rule:
    """A duration on its calendar. A day that is counted in opening hours or working days is a whole day of those,
    not twenty-four of their hours; in opening hours it ends with its last closing."""
    if unit in {"days", "workdays"} and counted != "N":
        return WorkingDays(count, at_closing=counted == "O")
    return After(count * PER_UNIT[unit])


def months_later(start: datetime, count: int, zone: tzinfo) -> datetime:
    """The same day of a later month, or its last day where there is no such day."""
    start = start.astimezone(zone)
    years, month = divmod(start.month - 1 + count, 12)
    year, month = start.year + years, month + 1
    return start.replace(year=year, month=month, day=min(start.day, months.monthrange(year, month)[1]))


def spoken_rule(rule: Any, counted: str) -> str:
    """A rule as a person says it."""
    match rule:
        case {"rule": "given"}:
            return _("on the date given")
        case {"rule": "next_day", "at": "00:00"}:
            return _("by the end of the same day")
        case {"rule": "after", "count": count, "unit": unit}:
            return spoken(count, unit)
    return str(read(rule, counted))


def spoken(count: int, unit: str) -> str:
    """A number with its unit, as a person says it."""
    forms = {
        "seconds": ngettext("%(count)d second", "%(count)d seconds", count),
        "minutes": ngettext("%(count)d minute", "%(count)d minutes", count),
        "hours": ngettext("%(count)d hour", "%(count)d hours", count),
        "days": ngettext("%(count)d day", "%(count)d days", count),
        "workdays": ngettext("%(count)d working day", "%(count)d working days", count),
        "months": ngettext("%(count)d month", "%(count)d months", count),
        "yuan": f"¥{count:,}",
        "percent": "%(count)d%%",
        "count": "%(count)d",
    }
    return forms[unit] % {"count": count}


def _time_of_day(text: str) -> time | None:
    try:
        return datetime.strptime(text, "%H:%M").time()  # noqa: DTZ007  a time of day has no zone
    except ValueError:
        return None
