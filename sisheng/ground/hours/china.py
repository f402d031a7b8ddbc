"""The days on which China rests and works, as the State Council announces them year by year (放假、调休).

The dates come from the package `holidays`. The notice for a year appears in the November before it; until then only the
days of the law are known, with the weekdays that stand in for those at a weekend, and no make-up days.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache
from typing import Any

from holidays import China

from sisheng.ground.hours.opening import SpecialDay

DAY = timedelta(days=1)
NEW_YEARS_EVE = {"农历除夕", "Chinese New Year's Eve"}  # the first day of the Spring Festival, by another name
WORDS = {
    "zh_CN": {"make_up": "{name}调休上班", "unannounced": "{name}，待国务院通知", "and": "、"},
    "en_US": {"make_up": "make-up day for {name}", "unannounced": "{name}, not yet announced", "and": ", "},
}


def has_official_notice(year: int) -> bool:
    """Has the State Council announced the days of that year, as far as this installation knows?"""
    return year in _notices()


def china_days(years: Iterable[int], language: str = "zh_CN") -> list[SpecialDay]:
    """The holidays (closed) and make-up days of those years, with their names in Chinese or English ("en_US").

    The names of a year without an official notice say so.
    """
    asked = set(years)
    around = sorted(asked | {year + 1 for year in asked})  # a January holiday may be made up for in December
    swaps = {worked: free for year in around for worked, free in _swaps(year)}
    rests = _rests(around, swaps, language)
    words = WORDS[language]
    days = [
        SpecialDay.closed(day, name if has_official_notice(day.year) else words["unannounced"].format(name=name))
        for day, name in rests.items()
    ]
    days += [
        SpecialDay.make_up(worked, like=free.weekday(), reason=words["make_up"].format(name=rests[free]))
        for worked, free in swaps.items()
    ]
    return sorted((day for day in days if day.on.year in asked), key=lambda day: day.on)


@cache
def _notices() -> dict[int, tuple[Any, ...]]:
    """What the notices changed, by year: (month, day free, month, day worked, its year if that is another)."""
    return China().special_public_holidays


def _swaps(year: int) -> Iterator[tuple[date, date]]:
    """The days that are worked, each with the day that is free for it."""
    changes = _notices().get(year, ())
    for change in changes if all(isinstance(each, tuple) for each in changes) else (changes,):
        match change:
            case (int(month), int(day), int(worked_month), int(worked_day)):
                yield date(year, worked_month, worked_day), date(year, month, day)
            case (int(month), int(day), int(worked_month), int(worked_day), int(worked_year)):
                yield date(worked_year, worked_month, worked_day), date(year, month, day)


def _rests(years: list[int], swaps: dict[date, date], language: str) -> dict[date, str]:
    """Every day of each holiday, with the weekend that belongs to it, under one name for the whole of it."""
    free = set(China(years=years))
    names = China(years=years, observed=False, language=language)
    festivals = {day: names.get_list(day) for day in names if day not in swaps.values()}
    rests: dict[date, str] = {}
    for day in sorted(free):
        if day not in rests:
            block = _block(day, free, set(swaps))
            found = dict.fromkeys(name for each in block for name in festivals.get(each, ()))
            name = WORDS[language]["and"].join(name for name in found if name not in NEW_YEARS_EVE)
            rests.update(dict.fromkeys(block, name))
    return rests


def _block(day: date, free: set[date], worked: set[date]) -> list[date]:
    """The free days around that day without a gap: weekends belong to the holiday they touch."""

    def rests(each: date) -> bool:
        return each in free or (each.weekday() >= 5 and each not in worked)

    first = last = day
    while rests(first - DAY):
        first -= DAY
    while rests(last + DAY):
        last += DAY
    return [first + ahead * DAY for ahead in range((last - first).days + 1)]
