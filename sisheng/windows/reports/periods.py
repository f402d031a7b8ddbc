"""The days that a report is about: a choice of the address, whole days on the calendar of the mall."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from sisheng.desk.complaints.figures import Span

if TYPE_CHECKING:
    from sisheng.mall.directory.models import Mall

DAY = timedelta(days=1)
LONGEST = 366  # days
USUAL = "30"
OWN = "days"  # from one day until another

NAMES = {
    "week": _("This week"),
    "7": _("Last 7 days"),
    "30": _("Last 30 days"),
    "90": _("Last 90 days"),
}


@dataclass(frozen=True)
class Period:
    """From the first until the last day, both included."""

    name: str
    first: date
    last: date
    is_cut: bool = False  # more was asked for than a report holds

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def query(self) -> str:
        """How an address says it."""
        return f"period={self.name}" if self.name in NAMES else f"from={self.first}&until={self.last}"

    @property
    def before(self) -> Period:
        """As many days, just before."""
        return Period(OWN, self.first - self.days * DAY, self.first - DAY)

    def span(self, mall: Mall, at: datetime) -> Span:
        since, until = (datetime.combine(day, time.min, mall.zone) for day in (self.first, self.last + DAY))
        return Span(since, until, at)


def period_of(asked: Mapping[str, str], today: date) -> Period:
    """What the address asks for; what it does not know is the last 30 days. Days to come have nothing to count."""
    first, last = day_of(asked.get("from", "")), day_of(asked.get("until", ""))
    if first or last:
        return _own(first, last, today)
    name = asked.get("period", USUAL)
    if name == "week":
        return Period(name, today - timedelta(days=today.weekday()), today)
    name = name if name in NAMES else USUAL
    return Period(name, today - (int(name) - 1) * DAY, today)


def _own(first: date | None, last: date | None, today: date) -> Period:
    last = min(last or today, today)
    first = min(first or last, today)
    first, last = min(first, last), max(first, last)
    is_cut = (last - first).days >= LONGEST
    return Period(OWN, last - (LONGEST - 1) * DAY if is_cut else first, last, is_cut)


def day_of(told: str) -> date | None:
    """A day of an address; nonsense is none."""
    try:
        day = date.fromisoformat(told)
    except ValueError:
        return None
    return day if day.year > 2000 else None
