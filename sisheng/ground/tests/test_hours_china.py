"""The State Council's days, compared with its notices as published."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from sisheng.ground.hours import Calendar, SpecialDay
from sisheng.ground.hours.china import china_days, has_official_notice

SHANGHAI = ZoneInfo("Asia/Shanghai")

# First and last day of each holiday, and the days worked for it, month and day.
NOTICES = {
    2025: {
        "元旦": ("0101", "0101"),
        "春节": ("0128", "0204", "0126", "0208"),
        "清明节": ("0404", "0406"),
        "劳动节": ("0501", "0505", "0427"),
        "端午节": ("0531", "0602"),
        "国庆节、中秋节": ("1001", "1008", "0928", "1011"),
    },
    2026: {
        "元旦": ("0101", "0103", "0104"),
        "春节": ("0215", "0223", "0214", "0228"),
        "清明节": ("0404", "0406"),
        "劳动节": ("0501", "0505", "0509"),
        "端午节": ("0619", "0621"),
        "中秋节": ("0925", "0927"),
        "国庆节": ("1001", "1007", "0920", "1010"),
    },
}


def as_noticed(year: int) -> dict[date, tuple[str, bool]]:
    days = {}
    for name, (first, last, *worked) in NOTICES[year].items():
        day = date.fromisoformat(f"{year}{first}")
        while day <= date.fromisoformat(f"{year}{last}"):
            days[day] = (name, False)
            day += timedelta(days=1)
        days |= {date.fromisoformat(f"{year}{each}"): (f"{name}调休上班", True) for each in worked}
    return days


@pytest.mark.rule("CTR-33")
@pytest.mark.parametrize("year", [2025, 2026])
def test_the_days_are_those_of_the_notice(year):
    days = china_days([year])

    assert {day.on: (day.reason, day.like is not None) for day in days} == as_noticed(year)
    assert has_official_notice(year)


def test_a_make_up_day_stands_for_the_weekday_that_is_free_for_it():
    likes = {day.on: day.like for day in china_days([2026]) if day.like is not None}

    assert likes[date(2026, 2, 14)] == 4  # for Friday 20 February
    assert likes[date(2026, 2, 28)] == 0  # for Monday 23 February


def test_a_year_without_a_notice_has_the_days_of_the_law_and_says_that_they_are_not_all():
    days = china_days([2027])

    assert not has_official_notice(2027)
    assert SpecialDay.closed(date(2027, 10, 1), "国庆节，待国务院通知") in days
    assert {day.like for day in days} == {None}
    assert all(str(day.reason).endswith("，待国务院通知") for day in days)


def test_a_make_up_day_in_december_for_a_holiday_in_january_belongs_to_its_own_year():
    assert SpecialDay.make_up(date(2011, 12, 31), like=1, reason="元旦调休上班") in china_days([2011])


def test_the_names_are_there_in_english_too():
    names = {day.on: day.reason for day in china_days([2026, 2027], "en_US")}

    assert names[date(2026, 10, 10)] == "make-up day for National Day"
    assert names[date(2027, 1, 1)] == "New Year's Day, not yet announced"


@pytest.mark.rule("CTR-33")
def test_three_working_days_before_the_spring_festival_end_after_it():
    working_days = Calendar.working_days(SHANGHAI, china_days([2026]))

    friday = datetime(2026, 2, 13, 16, tzinfo=SHANGHAI)

    # Saturday 14th is worked, then nine days off, Tuesday 24th and Wednesday 25th
    assert working_days.add_days(friday, 3) == datetime(2026, 2, 26, tzinfo=SHANGHAI)
