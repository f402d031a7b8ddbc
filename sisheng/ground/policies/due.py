"""By when: the four ways in which something can be due. In the database a rule is a small JSON object."""

from __future__ import annotations

import calendar as months
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from typing import Any, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sisheng.ground.refusals import Unusable

PER_UNIT = {
    "seconds": timedelta(seconds=1),
    "minutes": timedelta(minutes=1),
    "hours": timedelta(hours=1),
    "days": timedelta(days=1),
    "workdays": timedelta(days=1),
}


class Calendar(Protocol):
    """What is asked of `ground.hours.Calendar`."""

    @property
    def zone(self) -> tzinfo: ...

    def add(self, start: datetime, amount: timedelta) -> datetime: ...
    def add_days(self, start: datetime, n: int) -> datetime: ...
    def closing(self, at: datetime) -> datetime | None: ...
    def next_opening(self, at: datetime) -> datetime: ...


@dataclass(frozen=True)
class After:
    """A duration, counted on the calendar of the policy. A day counted on opening hours or on working days is a whole
    day of that calendar, not twenty-four of its hours."""

    count: int
    unit: str
    counted: str = "N"

    def due_at(self, start: datetime, calendar: Calendar) -> datetime:
        if self.unit == "months":
            return _months_later(start.astimezone(calendar.zone), self.count)
        if self.unit in {"days", "workdays"} and self.counted != "N":
            return calendar.add_days(start, self.count)
        return calendar.add(start, self.count * PER_UNIT[self.unit])

    def __str__(self) -> str:
        return spoken(self.count, self.unit)


@dataclass(frozen=True)
class NextDayAt:
    """At a time of the next calendar day. “Next day at 00:00” is the end of the same day."""

    at: time

    def due_at(self, start: datetime, calendar: Calendar) -> datetime:
        day = start.astimezone(calendar.zone).date() + timedelta(days=1)
        return datetime.combine(day, self.at, tzinfo=calendar.zone)

    def __str__(self) -> str:
        if self.at == time(0):
            return _("by the end of the same day")
        return _("next day at %(time)s") % {"time": f"{self.at:%H:%M}"}


@dataclass(frozen=True)
class AtClosing:
    """When the desk closes; after closing, when it closes next."""

    def due_at(self, start: datetime, calendar: Calendar) -> datetime:
        closing = calendar.closing(start) or calendar.closing(calendar.next_opening(start))
        if closing is None:
            raise Unusable(_("There is no closing time: this calendar never closes."))
        return closing

    def __str__(self) -> str:
        return _("at closing time")


@dataclass(frozen=True)
class GivenDate:
    """On a date that comes with the matter: printed on the order, told with the promise."""

    def due_at(self, start: datetime, calendar: Calendar) -> datetime:
        raise Unusable(_("Say by when: this has no deadline of its own."), field="due_at")

    def __str__(self) -> str:
        return _("on the date given")


DueRule = After | NextDayAt | AtClosing | GivenDate


def read(rule: Any, counted: str = "N") -> DueRule:
    """The rule that a JSON object means. Raises Unusable when it means none.

    {"rule": "after", "count": 12, "unit": "hours"} · {"rule": "next_day", "at": "12:00"} · {"rule": "closing"} ·
    {"rule": "given"}
    """
    try:
        match rule:
            case {"rule": "after", "count": int(count), "unit": str(unit)} if 0 < count <= 3650 and unit in PER_UNIT:
                return After(count, unit, counted)
            case {"rule": "next_day", "at": str(at)}:
                return NextDayAt(datetime.strptime(at, "%H:%M").time())  # noqa: DTZ007  a time of day has no zone
            case {"rule": "closing"}:
                return AtClosing()
            case {"rule": "given"}:
                return GivenDate()
    except ValueError:
        pass
    raise Unusable(_("This is not a rule for when something is due."), field="value")


def _months_later(start: datetime, count: int) -> datetime:
    """The same day of a later month, or its last day where there is no such day."""
    years, month = divmod(start.month - 1 + count, 12)
    year, month = start.year + years, month + 1
    return start.replace(year=year, month=month, day=min(start.day, months.monthrange(year, month)[1]))


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
