"""By when: durations on three calendars, next day at noon, at closing, on a given date."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from sisheng.ground.hours import Calendar, NeverCloses, SpecialDay, week
from sisheng.ground.policies.due import is_rule
from sisheng.ground.policies.value import Value
from sisheng.ground.refusals import Unusable

SHANGHAI = ZoneInfo("Asia/Shanghai")
ALL_DAY = Calendar.natural(SHANGHAI)
OPEN_TEN_TO_TEN = Calendar(SHANGHAI, week("10:00-22:00"), (SpecialDay.closed(date(2026, 11, 24)),))
WORKING_DAYS = Calendar.working_days(SHANGHAI)
CALENDARS = {"N": ALL_DAY, "O": OPEN_TEN_TO_TEN, "W": WORKING_DAYS}


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


SUNDAY_2PM = at(22, 14)


def due(value, unit: str, counted: str, start: datetime = SUNDAY_2PM, given: datetime | None = None) -> datetime:
    return Value("x.y", value, unit, counted).due_at(start, CALENDARS[counted], given)


def test_a_duration_is_counted_in_its_unit():
    value = Value("inquiry.brand_contact", 30, "minutes", "O")

    assert value.amount == timedelta(minutes=30)
    assert value.due_at(SUNDAY_2PM, OPEN_TEN_TO_TEN) == at(22, 14, 30)
    assert value.due_at(at(22, 21, 50), OPEN_TEN_TO_TEN) == at(23, 10, 20)


@pytest.mark.rule("CTR-33")
def test_three_days_are_three_days_of_the_calendar_on_which_they_are_counted():
    assert due(3, "days", "N") == at(25, 14)
    assert due(3, "days", "O") == at(26, 22)  # closed on the 24th; until the desk closes
    assert due(3, "days", "W") == at(26, 0)  # the end of Wednesday; Sunday is none


@pytest.mark.rule("CTR-33")
def test_seventy_two_hours_are_three_days_without_and_more_with_a_calendar():
    assert due(72, "hours", "N") == at(25, 14)
    assert due(72, "hours", "W") == at(26, 0)


def test_working_days_are_counted_day_by_day():
    assert due(5, "workdays", "W") == at(28, 0)


def test_a_month_ends_on_the_last_day_where_there_is_no_such_day():
    january_31st = datetime(2027, 1, 31, 9, 0, tzinfo=SHANGHAI)

    assert due(1, "months", "N", january_31st) == datetime(2027, 2, 28, 9, 0, tzinfo=SHANGHAI)
    assert due(24, "months", "N", january_31st) == datetime(2029, 1, 31, 9, 0, tzinfo=SHANGHAI)
    assert due(1, "months", "N", datetime(2027, 1, 30, 16, 30, tzinfo=UTC)) == datetime(
        2027, 2, 28, 0, 30, tzinfo=SHANGHAI
    )


def test_next_day_at_noon_is_noon_where_the_mall_is():
    noon = {"rule": "next_day", "at": "12:00"}

    assert due(noon, "rule", "N", datetime(2026, 11, 22, 15, 59, tzinfo=UTC)) == at(23, 12)
    assert due(noon, "rule", "N", datetime(2026, 11, 22, 16, 1, tzinfo=UTC)) == at(24, 12)


def test_the_same_day_means_until_it_ends():
    assert due({"rule": "next_day", "at": "00:00"}, "rule", "N") == at(23, 0)


def test_at_closing_means_the_next_closing_when_it_is_already_closed():
    closing = {"rule": "closing"}

    assert due(closing, "rule", "O") == at(22, 22)
    assert due(closing, "rule", "O", at(23, 23)) == at(25, 22)
    with pytest.raises(NeverCloses):
        due(closing, "rule", "N")


def test_a_given_date_wins_over_the_rule_and_must_be_given_where_there_is_no_other():
    printed_on_the_order = at(30, 9)

    assert due(3, "workdays", "W", given=printed_on_the_order) == printed_on_the_order
    assert due(1, "months", "N", given=printed_on_the_order) == printed_on_the_order
    assert due({"rule": "given"}, "rule", "N", given=printed_on_the_order) == printed_on_the_order
    with pytest.raises(Unusable):
        due({"rule": "given"}, "rule", "N")


def test_a_mall_may_write_a_duration_where_the_table_has_a_rule():
    twelve_hours = {"rule": "after", "count": 12, "unit": "hours"}

    assert due(twelve_hours, "rule", "N") == at(23, 2)
    assert due(twelve_hours, "rule", "O") == at(23, 14)


def test_what_is_no_duration_has_no_length():
    for value in (
        Value("x.y", 24, "months", "N"),
        Value("x.y", 200, "yuan", ""),
        Value("x.y", {"rule": "given"}, "rule", "N"),
    ):
        with pytest.raises(TypeError):
            _ = value.amount
    with pytest.raises(TypeError):
        Value("x.y", 200, "yuan", "").rule()


NO_RULES = [
    None,
    {},
    "closing",
    {"rule": "next_day"},
    {"rule": "next_day", "at": "noon"},
    {"rule": "next_day", "at": "24:00"},
    {"rule": "after", "count": 0, "unit": "days"},
    {"rule": "after", "count": 1, "unit": "fortnights"},
    {"rule": "after", "count": 10**12, "unit": "days"},
]


@pytest.mark.parametrize("rule", NO_RULES)
def test_nonsense_is_no_rule(rule):
    assert not is_rule(rule)


ALOUD = [
    (Value("x.y", 1, "hours", "O"), "1 hour"),
    (Value("x.y", 5, "workdays", "W"), "5 working days"),
    (Value("x.y", 5000, "yuan", ""), "¥5,000"),
    (Value("x.y", 98, "percent", ""), "98%"),
    (Value("x.y", {"rule": "given"}, "rule", "N"), "on the date given"),
    (Value("x.y", {"rule": "closing"}, "rule", "O"), "at closing"),
    (Value("x.y", {"rule": "next_day", "at": "12:00"}, "rule", "N"), "next day at 12:00"),
    (Value("x.y", {"rule": "next_day", "at": "00:00"}, "rule", "N"), "by the end of the same day"),
    (Value("x.y", {"rule": "after", "count": 12, "unit": "hours"}, "rule", "O"), "12 hours"),
]


@pytest.mark.parametrize(("value", "aloud"), ALOUD)
def test_a_value_can_be_read_aloud(value, aloud):
    assert str(value) == aloud
