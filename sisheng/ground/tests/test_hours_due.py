"""By when: the rules of domain 1.35, each with its moment."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from sisheng.ground.hours import (
    After,
    AtClosing,
    Calendar,
    GivenTime,
    NeverCloses,
    NextDay,
    SpecialDay,
    WorkingDays,
    due,
    explain_due,
    week,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
MALL = Calendar(SHANGHAI, week("10:00-22:00"), (SpecialDay.closed(date(2026, 11, 25), "台风"),))
NATURAL = Calendar.natural(SHANGHAI)
CINEMA = Calendar(SHANGHAI, week("09:30-02:00"))
MONDAY_EVENING = datetime(2026, 11, 23, 21, 45, tzinfo=SHANGHAI)


def on(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("rule", "calendar", "moment"),
    [
        (After(timedelta(minutes=30)), MALL, on(24, 10, 15)),
        (After(timedelta(minutes=30)), NATURAL, on(23, 22, 15)),
        (WorkingDays(1), MALL, on(25, 0)),
        (WorkingDays(2), MALL, on(27, 0)),
        (WorkingDays(2, at_closing=True), MALL, on(26, 22)),
        (NextDay(time(12)), NATURAL, on(24, 12)),
        (NextDay(time(0)), NATURAL, on(24, 0)),
        (AtClosing(), MALL, on(23, 22)),
        (AtClosing(), CINEMA, on(24, 2)),
        (GivenTime(datetime(2026, 11, 30, 10, tzinfo=UTC)), MALL, on(30, 18)),
    ],
)
def test_each_rule_has_its_moment(rule, calendar, moment):
    assert due(rule, MONDAY_EVENING, calendar) == moment
    assert explain_due(rule, MONDAY_EVENING, calendar).due == moment


def test_the_next_day_is_one_on_which_the_desk_is_there():
    assert due(NextDay(time(12)), on(24, 15), MALL) == on(26, 12)


def test_after_hours_closing_means_the_next_one():
    assert due(AtClosing(), on(24, 22), MALL) == on(26, 22)


def test_a_bag_left_after_midnight_is_due_when_that_night_ends():
    assert due(AtClosing(), on(24, 1), CINEMA) == on(24, 2)


def test_a_desk_that_never_closes_has_no_closing_to_be_due_at():
    with pytest.raises(NeverCloses):
        due(AtClosing(), MONDAY_EVENING, NATURAL)


def test_a_rule_is_told_in_a_few_words():
    rules = [After(timedelta(hours=2)), WorkingDays(1), WorkingDays(5, at_closing=True), NextDay(time(12)), AtClosing()]

    with translation.override("en"):
        told = [str(rule) for rule in rules]

    assert told == ["2 h", "1 working day", "5 working days, until closing", "next day at 12:00", "at closing"]
