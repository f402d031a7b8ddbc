"""The calendars of a mall: its weekly patterns and exceptional days, made ready for reckoning with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, time, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from django.utils.functional import lazy
from django.utils.translation import get_language

from sisheng.ground.hours import Calendar, Interval, SpecialDay
from sisheng.mall.directory.bilingual import in_language

if TYPE_CHECKING:
    from sisheng.mall.directory.models import Mall

EVE = 8  # an Opening of this day holds on the evening before a public holiday
ONE_DAY = timedelta(days=1)


class Day(NamedTuple):
    """What is needed of a DayException, read as it is, without a record: each new case reads them all."""

    on: date
    kind: str
    hours_id: int | None
    opens_at: time | None
    closes_at: time | None
    reason: str
    reason_en: str

    @property
    def spoken_reason(self) -> object:
        """The reason in the language of whoever reads it, whenever that is."""
        return _spoken_reason(self)


def _in_the_readers_language(day: Day) -> str:
    return in_language(day, "reason", get_language() or "zh")


_spoken_reason = lazy(_in_the_readers_language, str)


class Calendars:
    """Every calendar of one mall, read in two queries. A Mall keeps it as long as it lives itself: for one request.

    It is never kept longer: a deadline reckoned with yesterday's hours would be wrong, and nobody would see it.
    """

    def __init__(self, mall: Mall) -> None:
        self.mall = mall
        self._of_pattern: dict[int, Calendar] = {}

    @cached_property
    def natural(self) -> Calendar:
        return Calendar.natural(self.mall.zone)

    @cached_property
    def working_days(self) -> Calendar:
        """Monday to Friday, less public holidays, plus make-up days (CTR-33)."""
        return Calendar.working_days(self.mall.zone, [*_days_off(self._exceptions), *_days_on(self._exceptions)])

    def of(self, pattern: int | None) -> Calendar:
        """The calendar of a weekly pattern, by its key; without one the mall's own. A mall that has written down no
        hours at all never closes."""
        pattern = pattern or self.mall.hours_id
        if pattern is None:
            return self.natural
        if pattern not in self._of_pattern:
            self._of_pattern[pattern] = self._made(pattern)
        return self._of_pattern[pattern]

    def _made(self, pattern: int) -> Calendar:
        week, eve = self._weeks.get(pattern, (((),) * 7, ()))
        eves = [SpecialDay.opening(on, eve, reason) for on, reason in _eves(self._exceptions)] if eve else []
        general = [day for day in self._exceptions if day.hours_id is None]
        own = [day for day in self._exceptions if day.hours_id == pattern]
        # of two for the same date the later holds: the pattern's own over the mall's, the mall's over the eve's
        days = (*eves, *_closings(general), *_special_openings(general), *_closings(own), *_special_openings(own))
        return Calendar(self.mall.zone, week, days)

    @cached_property
    def _weeks(self) -> dict[int, tuple[tuple[tuple[Interval, ...], ...], tuple[Interval, ...]]]:
        """By pattern: the seven weekdays, and the eve of a public holiday."""
        openings: dict[int, dict[int, list[Interval]]] = defaultdict(lambda: defaultdict(list))
        rows = self.mall.opening_hours.filter(openings__isnull=False).values_list(
            "pk", "openings__day", "openings__opens_at", "openings__closes_at"
        )
        for pattern, day, opens_at, closes_at in rows.order_by("pk", "openings__day", "openings__opens_at"):
            openings[pattern][day].append(Interval(opens_at, closes_at))
        return {
            pattern: (tuple(tuple(own[day]) for day in range(1, 8)), tuple(own[EVE]))
            for pattern, own in openings.items()
        }

    @cached_property
    def _exceptions(self) -> list[Day]:
        rows = self.mall.day_exceptions.order_by("on", "opens_at").values_list(*Day._fields)
        return [Day(*row) for row in rows]


def _days_off(exceptions: Iterable[Day]) -> list[SpecialDay]:
    return [SpecialDay.closed(day.on, day.spoken_reason) for day in exceptions if day.kind == "holiday"]


def _days_on(exceptions: Iterable[Day]) -> list[SpecialDay]:
    return [SpecialDay.make_up(day.on, reason=day.spoken_reason) for day in exceptions if day.kind == "make_up"]


def _eves(exceptions: Iterable[Day]) -> list[tuple[date, object]]:
    """The evenings on which people can sleep in tomorrow, because tomorrow is a public holiday."""
    return [(day.on - ONE_DAY, day.spoken_reason) for day in exceptions if day.kind == "holiday"]


def _closings(exceptions: Iterable[Day]) -> list[SpecialDay]:
    return [SpecialDay.closed(day.on, day.spoken_reason) for day in exceptions if day.kind == "closed"]


def _special_openings(exceptions: Iterable[Day]) -> list[SpecialDay]:
    days: dict[date, list[Interval]] = defaultdict(list)
    reasons: dict[date, object] = {}
    for day in exceptions:
        if day.opens_at is not None and day.closes_at is not None:
            days[day.on].append(Interval(day.opens_at, day.closes_at))
            reasons.setdefault(day.on, day.spoken_reason)
    return [SpecialDay.opening(on, tuple(intervals), reasons[on]) for on, intervals in days.items()]
