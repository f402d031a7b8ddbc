"""By when: durations on three calendars, next day at noon, at closing, on a given date."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from sisheng.ground.policies.due import After, AtClosing, NextDayAt, read
from sisheng.ground.policies.value import Value
from sisheng.ground.refusals import Unusable

SHANGHAI = ZoneInfo("Asia/Shanghai")
SUNDAY_2PM = datetime(2026, 11, 22, 14, 0, tzinfo=SHANGHAI)


class TenToTen:
    """A calendar that is open from 10 to 22 every day; a day on it begins when it opens."""

    zone = SHANGHAI

    def add(self, start, amount):
        return start + amount

    def add_days(self, start, n):
        return datetime.combine(start.date() + timedelta(days=n), time(22), tzinfo=SHANGHAI)

    def next_opening(self, at):
        return datetime.combine(at.date() + timedelta(days=1), time(10), tzinfo=SHANGHAI)

    def closing(self, at):
        return at.replace(hour=22, minute=0) if 10 <= at.hour < 22 else None


class NeverCloses(TenToTen):
    def closing(self, at):
        return None


def test_a_duration_is_counted_in_its_unit():
    value = Value("inquiry.brand_contact", 30, "minutes", "O")

    assert value.amount == timedelta(minutes=30)
    assert value.due_at(SUNDAY_2PM, TenToTen()) == SUNDAY_2PM + timedelta(minutes=30)


@pytest.mark.rule("CTR-33")
@pytest.mark.parametrize(
    ("counted", "due"),
    [
        ("N", SUNDAY_2PM + timedelta(days=3)),
        ("O", datetime(2026, 11, 25, 22, tzinfo=SHANGHAI)),
        ("W", datetime(2026, 11, 25, 22, tzinfo=SHANGHAI)),
    ],
)
def test_a_day_is_a_day_of_the_calendar_on_which_it_is_counted(counted, due):
    assert After(3, "days", counted).due_at(SUNDAY_2PM, TenToTen()) == due


def test_working_days_are_counted_day_by_day():
    assert Value("x.y", 5, "workdays", "W").due_at(SUNDAY_2PM, TenToTen()).day == 27


def test_a_month_ends_on_the_last_day_where_there_is_no_such_day():
    january_31st = datetime(2027, 1, 31, 9, 0, tzinfo=SHANGHAI)

    assert After(1, "months").due_at(january_31st, TenToTen()) == datetime(2027, 2, 28, 9, 0, tzinfo=SHANGHAI)
    assert After(24, "months").due_at(january_31st, TenToTen()) == datetime(2029, 1, 31, 9, 0, tzinfo=SHANGHAI)


def test_next_day_at_noon_is_noon_where_the_mall_is():
    shortly_before_midnight_there = datetime(2026, 11, 22, 15, 59, tzinfo=UTC)
    shortly_after_midnight_there = datetime(2026, 11, 22, 16, 1, tzinfo=UTC)
    rule = NextDayAt(time(12))

    assert rule.due_at(shortly_before_midnight_there, TenToTen()) == datetime(2026, 11, 23, 12, tzinfo=SHANGHAI)
    assert rule.due_at(shortly_after_midnight_there, TenToTen()) == datetime(2026, 11, 24, 12, tzinfo=SHANGHAI)


def test_at_closing_means_the_next_closing_when_it_is_already_closed():
    assert AtClosing().due_at(SUNDAY_2PM, TenToTen()) == SUNDAY_2PM.replace(hour=22)
    assert AtClosing().due_at(SUNDAY_2PM.replace(hour=23), TenToTen()) == datetime(2026, 11, 23, 22, tzinfo=SHANGHAI)


def test_what_never_closes_has_no_closing_time():
    with pytest.raises(Unusable):
        AtClosing().due_at(SUNDAY_2PM, NeverCloses())


def test_a_given_date_wins_over_the_rule_and_must_be_given_where_there_is_no_other():
    printed_on_the_order = SUNDAY_2PM + timedelta(days=9)
    by_agreement = Value("loan.due", {"rule": "given"}, "rule", "N")

    assert Value("x.y", 3, "workdays", "W").due_at(SUNDAY_2PM, TenToTen(), printed_on_the_order) == printed_on_the_order
    assert by_agreement.due_at(SUNDAY_2PM, TenToTen(), printed_on_the_order) == printed_on_the_order
    with pytest.raises(Unusable):
        by_agreement.due_at(SUNDAY_2PM, TenToTen())


def test_what_is_no_duration_has_no_length():
    for value in [
        Value("x.y", 24, "months", "N"),
        Value("x.y", 200, "yuan", ""),
        Value("x.y", {"rule": "given"}, "rule", "N"),
    ]:
        with pytest.raises(TypeError):
            _ = value.amount
    with pytest.raises(TypeError):
        _ = Value("x.y", 200, "yuan", "").rule


NO_RULES = [
    None,
    {},
    "closing",
    {"rule": "next_day"},
    {"rule": "next_day", "at": "noon"},
    {"rule": "after", "count": 0, "unit": "days"},
    {"rule": "after", "count": 1, "unit": "fortnights"},
    {"rule": "after", "count": 10**12, "unit": "days"},
]


@pytest.mark.parametrize("rule", NO_RULES)
def test_nonsense_is_no_rule(rule):
    with pytest.raises(Unusable):
        read(rule)


def test_a_rule_can_be_said_aloud():
    assert read({"rule": "after", "count": 12, "unit": "hours"}, "O") == After(12, "hours", "O")
    assert Value("x.y", 1, "days", "N").rule == After(1, "days", "N")
