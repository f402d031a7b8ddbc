"""The opening hours laid out in UTC, a date and a month at a time, and kept once they are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache

from django.utils.translation import gettext as _

from sisheng.ground.hours.month import Month, Span, merged
from sisheng.ground.hours.opening import Intervals, Week
from sisheng.ground.hours.reach import PATIENCE, NeverOpens, must_be_near
from sisheng.ground.hours.wall import closing_moment, exists, opening_moment

DAY = timedelta(days=1)


Changes = tuple[tuple[date, Intervals], ...]  # what begins on the dates that differ from the week


@lru_cache(maxsize=256)
def layout_of(zone: tzinfo, week: Week, changes: Changes) -> Layout:
    """Calendars are made anew for each request; those with the same hours share what was laid out for the first."""
    return Layout(zone, week, changes)


class Layout:
    """Which spans of UTC a week and the dates that differ from it mean. Two threads that lay out the same month do it
    twice and keep the same."""

    __slots__ = ("_days", "_months", "changes", "week", "zone")

    def __init__(self, zone: tzinfo, week: Week, changes: Changes) -> None:
        self.zone, self.week, self.changes = zone, week, dict(changes)
        self._days: dict[date, tuple[Span, ...]] = {}
        self._months: dict[tuple[int, int], Month] = {}

    def spans(self, day: date) -> tuple[Span, ...]:
        """What begins on that date, merged."""
        known = self._days.get(day)
        if known is None:
            must_be_near(day.year, margin=1)
            walls = [interval.on(day) for interval in self._intervals(day)]
            # local to UTC
            spans = merged(
                (opening_moment(opens, self.zone), closing_moment(closes, self.zone)) for opens, closes in walls
            )
            known = self._days[day] = tuple(spans)
        return known

    def month(self, at: datetime) -> Month:
        return self._month(at.year, at.month)

    def months(self, at: datetime) -> Iterator[Month]:
        """The month of that moment and all that follow."""
        year, month = at.year, at.month
        while True:
            yield self._month(year, month)
            year, month = year + month // 12, month % 12 + 1

    def open_months(self, at: datetime) -> Iterator[Month]:
        """Those of them that have open time. Raises NeverOpens when there is none for too long."""
        empty = 0
        for month in self.months(at):
            if month.opens:
                empty = 0
                yield month
            elif (empty := empty + 1) > PATIENCE:
                raise never_opens(at.astimezone(self.zone).date())

    def _intervals(self, day: date) -> Intervals:
        if not exists(day, self.zone):
            return ()
        return self.changes[day] if day in self.changes else self.week[day.weekday()]

    def _month(self, year: int, month: int) -> Month:
        known = self._months.get((year, month))
        if known is None:
            known = self._months[year, month] = self._lay_out(year, month)
        return known

    def _lay_out(self, year: int, month: int) -> Month:
        must_be_near(year)
        begins = datetime(year, month, 1, tzinfo=UTC)
        ends = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=UTC)
        # what begins on a date may run for 48 hours from its midnight, which is up to 14 hours away from that of UTC
        first, last = begins.date() - 3 * DAY, ends.date() + DAY
        dates = (first + ahead * DAY for ahead in range((last - first).days + 1))
        return Month(begins, ends, (span for day in dates for span in self.spans(day)))


def never_opens(after: date) -> NeverOpens:
    return NeverOpens(
        _("Nothing opens within %(months)d months of %(day)s. Check the opening hours and the special days.")
        % {"months": PATIENCE, "day": after.isoformat()}
    )
