"""A calendar: which seconds count, and which days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo

from django.utils.translation import gettext as _

from sisheng.ground.hours.due import After, WorkingDays
from sisheng.ground.hours.explain import Explanation, explain_due
from sisheng.ground.hours.layout import DAY, Layout, layout_of, never_opens
from sisheng.ground.hours.month import NO_TIME, Span
from sisheng.ground.hours.opening import WHOLE_DAY, SpecialDay, Week
from sisheng.ground.hours.reach import PATIENCE, NeverCloses, must_be_near
from sisheng.ground.hours.wall import closing_moment


@dataclass(frozen=True)
class Calendar:
    """Opening hours in a time zone: a week, and the dates that differ from it. Of two special days on one date the
    later in the list holds, so that a mall's own come after the State's.

    An interval belongs to the date on which it begins. One that runs past midnight into a closed day still runs out,
    and a special day replaces only what begins on it. Moments are told with their zone and answered in the
    calendar's; in between everything is UTC, so a night with a changed clock counts the seconds that really pass.

    It never changes.
    """

    zone: tzinfo
    week: Week
    special: tuple[SpecialDay, ...] = ()
    layout: Layout = field(init=False, repr=False, compare=False)
    _special: dict[date, SpecialDay] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if len(self.week) != 7:
            raise ValueError("A week has seven days, Monday first.")
        object.__setattr__(self, "special", tuple(self.special))
        object.__setattr__(self, "_special", {day.on: day for day in self.special})
        changes = tuple((day.on, day.hours(self.week)) for day in self._special.values())
        object.__setattr__(self, "layout", layout_of(self.zone, self.week, changes))

    @classmethod
    def natural(cls, zone: tzinfo) -> Calendar:
        """Every second counts (N)."""
        return cls(zone, (WHOLE_DAY,) * 7)

    @classmethod
    def working_days(cls, zone: tzinfo, special: Iterable[SpecialDay] = ()) -> Calendar:
        """Monday to Friday around the clock, less holidays, plus make-up days (W). Ask it with `add_days`."""
        return cls(zone, (*(WHOLE_DAY,) * 5, (), ()), tuple(special))

    # Seconds

    def add(self, start: datetime, amount: timedelta) -> datetime:
        """The first moment by which `amount` of open time has passed since `start`.

        What fills an opening exactly ends with it, not with the next; no amount at all ends where it starts. Raises
        ValueError for a negative amount, and NeverOpens.
        """
        at = _utc(start)
        if amount < NO_TIME:
            raise ValueError(_("A deadline cannot be counted backwards: the amount is negative."))
        if not amount:
            return at.astimezone(self.zone)
        for month in self.layout.open_months(at):
            passed = month.passed(at)
            if amount <= month.open_for - passed:
                return month.moment(passed + amount).astimezone(self.zone)  # UTC to local
            amount -= month.open_for - passed
        raise AssertionError("months never end")

    def between(self, a: datetime, b: datetime) -> timedelta:
        """How much open time lies between two moments. Raises ValueError when the second is the earlier."""
        begin, end = _utc(a), _utc(b)
        if end < begin:
            raise ValueError(_("Time cannot be counted backwards: the second moment is the earlier."))
        counted = NO_TIME
        for month in self.layout.months(begin):
            counted += month.passed(end) - month.passed(begin)
            if end <= month.ends:
                break
        return counted

    def is_open(self, at: datetime) -> bool:
        """From the second of opening until the second before closing."""
        moment = _utc(at)
        return self.layout.month(moment).span_at(moment) is not None

    def next_opening(self, at: datetime) -> datetime:
        """The moment itself when it is open, else when it opens next. Raises NeverOpens."""
        moment = _utc(at)
        for month in self.layout.open_months(moment):
            if opening := month.opening_from(moment):
                return opening.astimezone(self.zone)  # UTC to local
        raise AssertionError("months never end")

    def closing(self, at: datetime) -> datetime | None:
        """When what is open at that moment closes, be it only for lunch. None when it is shut, or never closes."""
        begin = closes = _utc(at)
        for patience, month in enumerate(self.layout.months(begin)):
            if span := month.span_at(closes):
                closes = span[1]
            if closes < month.ends or span is None:
                break
            if patience > PATIENCE:
                return None
        return closes.astimezone(self.zone) if closes > begin else None  # UTC to local

    def close_of_business(self, at: datetime) -> datetime:
        """When the last opening of the day ends: of the day that is going on, else of the next that opens. The lunch
        break of a split day is no close of business. Raises NeverCloses, and NeverOpens."""
        begin = _utc(self.next_opening(at))
        day = self.opening_day(begin)
        for ahead in range(PATIENCE * 31):
            for _opens, closes in self.layout.spans(day + ahead * DAY)[-1:]:
                # at the close of a short day another may be open that began the evening before
                if closes > begin and not self.is_open(closes):
                    return closes.astimezone(self.zone)  # UTC to local
        raise NeverCloses(_("There is no closing time: these hours never close."))

    # Days

    def add_days(self, start: datetime, n: int, *, at_closing: bool = False) -> datetime:
        """The end of the n-th working day after the day of the start, which does not count itself.

        A working day is a date on which something opens. It ends at 24:00, or, when `at_closing` is asked for, with
        its last closing, which may lie past midnight. Raises ValueError for less than one day, and NeverOpens.
        """
        if n < 1:
            raise ValueError(_("At least one working day must be counted."))
        day = self.day_of(start)
        for _each in range(n):
            day = self.next_opening_day(day)
        return self.spans_on(day)[-1][1] if at_closing else self.end_of(day)

    def next_opening_day(self, day: date) -> date:
        """The next date after that on which something opens. Raises NeverOpens."""
        for ahead in range(1, PATIENCE * 31):
            if self.opens_on(day + ahead * DAY):
                return day + ahead * DAY
        raise never_opens(day)

    def opens_on(self, day: date) -> bool:
        """Does anything open on that date? Then it is a working day."""
        return bool(self.layout.spans(day))

    def spans_on(self, day: date) -> tuple[Span, ...]:
        """From when until when it is open, of what begins on that date."""
        # UTC to local
        return tuple(
            (opens.astimezone(self.zone), closes.astimezone(self.zone)) for opens, closes in self.layout.spans(day)
        )

    def special_on(self, day: date) -> SpecialDay | None:
        """What is different on that date, and why."""
        return self._special.get(day)

    def day_of(self, at: datetime) -> date:
        """The date that the wall shows."""
        return _utc(at).astimezone(self.zone).date()  # UTC to local

    def opening_day(self, at: datetime) -> date:
        """The date whose opening is going on: at 01:00 it may still be yesterday's. When shut, the date on the wall."""
        moment, day = _utc(at), self.day_of(at)
        runs_out = any(opens <= moment < closes for opens, closes in self.layout.spans(day - DAY))
        return day - DAY if runs_out else day

    def end_of(self, day: date) -> datetime:
        """24:00 of that date."""
        _begins, midnight = WHOLE_DAY[0].on(day)
        return closing_moment(midnight, self.zone).astimezone(self.zone)  # local to UTC to local

    # Reasons

    def explain_add(self, start: datetime, amount: timedelta) -> Explanation:
        """`add`, step by step, in words."""
        return explain_due(After(amount), start, self)

    def explain_add_days(self, start: datetime, n: int, *, at_closing: bool = False) -> Explanation:
        """`add_days`, step by step, in words."""
        return explain_due(WorkingDays(n, at_closing), start, self)


def _utc(moment: datetime) -> datetime:
    """In whatever zone a moment is told, it is reckoned in UTC. Raises ValueError for one without, and OutOfReach."""
    if moment.tzinfo is None:
        raise ValueError(_("A moment without a time zone cannot be reckoned with."))
    must_be_near(moment.year, margin=1)
    return moment.astimezone(UTC)
