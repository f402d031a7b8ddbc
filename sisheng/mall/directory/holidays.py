"""The days on which the State rests and works, written down for a mall."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from sisheng.ground.hours.china import china_days
from sisheng.mall.directory.models import DayException, Mall


@transaction.atomic
def write_down_holidays(mall: Mall, years: Iterable[int]) -> int:
    """Write down the public holidays and make-up days of these years, in both languages. Answers how many were new:
    what a person has written for a date stays as it is."""
    years = list(years)
    english = {day.on: str(day.reason) for day in china_days(years, "en_US")}
    known = set(mall.day_exceptions.filter(kind__in=("holiday", "make_up")).values_list("on", flat=True))
    made = DayException.objects.bulk_create(
        DayException(
            mall=mall,
            on=day.on,
            kind="holiday" if day.like is None else "make_up",
            reason=str(day.reason),
            reason_en=english[day.on],
        )
        for day in china_days(years)
        if day.on not in known
    )
    if made:
        mall.new_edition()
    return len(made)
