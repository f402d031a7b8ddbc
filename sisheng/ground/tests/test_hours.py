"""When the desk is there, and how long that is."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from sisheng.ground.hours import Calendar, Interval, NeverCloses, NeverOpens, OutOfReach, SpecialDay, intervals, week
from sisheng.ground.refusals import Unusable

SHANGHAI = ZoneInfo("Asia/Shanghai")
NEW_YORK = ZoneInfo("America/New_York")

MALL = Calendar(SHANGHAI, week("10:00-22:00", fri="10:00-22:30", sat="10:00-22:30"))
OFFICE = Calendar(SHANGHAI, week("09:00-12:00 13:30-18:00", sat="", sun=""))
CINEMA = Calendar(SHANGHAI, week("09:30-02:00"))
NATURAL = Calendar.natural(SHANGHAI)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def at(text: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def hours(count: float) -> timedelta:
    return timedelta(hours=count)


# 23 November 2026 is a Monday.


@pytest.mark.rule("CTR-33")
def test_three_ways_of_counting_give_three_deadlines_for_one_complaint():
    friday_evening = at("2026-11-27 20:00")

    assert NATURAL.add(friday_evening, hours(24)) == at("2026-11-28 20:00")
    assert MALL.add(friday_evening, hours(24)) == at("2026-11-29 19:00")
    assert Calendar.working_days(SHANGHAI).add_days(friday_evening, 1) == at("2026-12-01 00:00")


def test_an_evening_and_the_next_morning_make_three_hours():
    assert MALL.add(at("2026-11-23 20:00"), hours(3)) == at("2026-11-24 11:00")


def test_what_fills_the_day_exactly_ends_when_it_closes_and_not_when_it_opens_again():
    assert MALL.add(at("2026-11-23 20:00"), hours(2)) == at("2026-11-23 22:00")


def test_what_begins_before_the_doors_open_is_counted_from_the_opening():
    assert MALL.add(at("2026-11-23 07:15"), hours(1)) == at("2026-11-23 11:00")


def test_nothing_to_count_ends_where_it_starts_even_at_night():
    assert MALL.add(at("2026-11-23 03:00"), hours(0)) == at("2026-11-23 03:00")


def test_the_lunch_break_is_not_counted():
    assert OFFICE.add(at("2026-11-23 11:30"), hours(1)) == at("2026-11-23 14:00")
    assert OFFICE.between(at("2026-11-23 11:30"), at("2026-11-23 14:00")) == hours(1)


def test_between_takes_back_what_add_gave_to_the_microsecond():
    start = at("2026-11-23 21:59:59.250000")

    due = OFFICE.add(start, timedelta(hours=40, microseconds=7))

    assert OFFICE.between(start, due) == timedelta(hours=40, microseconds=7)


def test_an_evening_past_midnight_belongs_to_the_day_before():
    one_in_the_morning = at("2026-11-24 01:00")

    assert CINEMA.is_open(one_in_the_morning)
    assert CINEMA.opening_day(one_in_the_morning) == date(2026, 11, 23)
    assert CINEMA.closing(one_in_the_morning) == at("2026-11-24 02:00")
    assert not CINEMA.is_open(at("2026-11-24 02:00"))


def test_the_evening_before_a_closed_day_still_runs_out():
    typhoon = Calendar(SHANGHAI, CINEMA.week, (SpecialDay.closed(date(2026, 11, 24), "台风"),))

    assert typhoon.closing(at("2026-11-23 23:00")) == at("2026-11-24 02:00")
    assert not typhoon.opens_on(date(2026, 11, 24))
    assert typhoon.next_opening(at("2026-11-24 02:00")) == at("2026-11-25 09:30")


def test_overlapping_and_touching_intervals_are_counted_once():
    doubled = Calendar(SHANGHAI, week("10:00-14:00 12:00-18:00 18:00-20:00"))

    assert doubled.spans_on(date(2026, 11, 23)) == ((at("2026-11-23 10:00"), at("2026-11-23 20:00")),)
    assert doubled.between(at("2026-11-23 00:00"), at("2026-11-24 00:00")) == hours(10)


def test_an_evening_that_runs_into_the_next_opening_is_one_stretch():
    calendar = Calendar(SHANGHAI, week("08:00-22:00", mon="20:00-09:00"))

    assert calendar.closing(at("2026-11-23 21:00")) == at("2026-11-24 22:00")
    assert calendar.between(at("2026-11-23 20:00"), at("2026-11-24 22:00")) == hours(26)


def test_a_special_opening_replaces_the_hours_of_its_day():
    stocktaking = SpecialDay.opening(date(2026, 11, 23), "12:00-14:00 16:00-20:00", "盘点")
    calendar = Calendar(SHANGHAI, MALL.week, (stocktaking,))

    assert calendar.add(at("2026-11-23 09:00"), hours(3)) == at("2026-11-23 17:00")
    assert calendar.special_on(date(2026, 11, 23)).reason == "盘点"


def test_a_make_up_saturday_is_worked_like_the_weekday_it_stands_for():
    make_up = SpecialDay.make_up(date(2026, 11, 28), like=4, reason="调休")
    calendar = Calendar(SHANGHAI, week("09:00-18:00", fri="09:00-17:00", sat="", sun=""), (make_up,))

    assert calendar.closing(at("2026-11-28 10:00")) == at("2026-11-28 17:00")


def test_the_later_word_about_a_date_holds():
    day = date(2026, 11, 28)
    state, mall = SpecialDay.make_up(day, like=4), SpecialDay.closed(day, "台风")

    assert not Calendar(SHANGHAI, MALL.week, (state, mall)).opens_on(day)
    assert Calendar(SHANGHAI, MALL.week, (mall, state)).opens_on(day)


def test_round_the_clock_has_no_closing_time():
    assert NATURAL.closing(at("2026-11-23 10:00")) is None
    with pytest.raises(NeverCloses, match="never close"):
        NATURAL.close_of_business(at("2026-11-23 10:00"))


def test_a_shut_door_has_no_closing_but_a_next_opening():
    night = at("2026-11-23 23:00")

    assert MALL.closing(night) is None
    assert MALL.next_opening(night) == at("2026-11-24 10:00")
    assert MALL.next_opening(at("2026-11-23 12:00")) == at("2026-11-23 12:00")


def test_lunch_is_a_closing_but_no_close_of_business():
    morning = at("2026-11-23 10:00")

    assert OFFICE.closing(morning) == at("2026-11-23 12:00")
    assert OFFICE.close_of_business(morning) == at("2026-11-23 18:00")
    assert OFFICE.close_of_business(at("2026-11-23 12:30")) == at("2026-11-23 18:00")
    assert OFFICE.close_of_business(at("2026-11-27 18:00")) == at("2026-11-30 18:00")


# Working days


@pytest.mark.rule("CTR-33")
def test_the_day_of_the_start_does_not_count_and_the_last_day_ends_at_midnight():
    assert Calendar.working_days(SHANGHAI).add_days(at("2026-11-23 08:00"), 5) == at("2026-12-01 00:00")


def test_the_last_day_ends_when_the_desk_closes_if_that_is_asked_for():
    assert OFFICE.add_days(at("2026-11-23 08:00"), 5, at_closing=True) == at("2026-11-30 18:00")
    assert CINEMA.add_days(at("2026-11-23 08:00"), 1, at_closing=True) == at("2026-11-25 02:00")


def test_a_start_at_the_weekend_counts_from_monday():
    assert Calendar.working_days(SHANGHAI).add_days(at("2026-11-28 12:00"), 1) == at("2026-12-01 00:00")


@pytest.mark.parametrize("count", [0, -3])
def test_no_working_days_at_all_are_refused(count):
    with pytest.raises(ValueError, match="At least one working day"):
        OFFICE.add_days(at("2026-11-23 08:00"), count)


# Nights in which the clocks are changed


def test_a_night_shift_is_an_hour_shorter_when_the_clocks_go_forward():
    night = Calendar(NEW_YORK, week("22:00-06:00"))

    assert night.add(at("2026-03-07 22:00", NEW_YORK), hours(7)) == at("2026-03-08 06:00", NEW_YORK)
    assert night.between(at("2026-03-07 22:00", NEW_YORK), at("2026-03-08 06:00", NEW_YORK)) == hours(7)


def test_a_night_shift_is_an_hour_longer_when_the_clocks_go_back():
    night = Calendar(NEW_YORK, week("22:00-06:00"))

    assert night.between(at("2026-10-31 22:00", NEW_YORK), at("2026-11-01 06:00", NEW_YORK)) == hours(9)


def test_what_opens_in_an_hour_that_is_leapt_over_opens_at_the_leap():
    early = Calendar(NEW_YORK, week("02:30-04:00"))

    assert early.spans_on(date(2026, 3, 8)) == ((at("2026-03-08 03:00", NEW_YORK), at("2026-03-08 04:00", NEW_YORK)),)


def test_what_closes_in_an_hour_that_comes_twice_closes_the_second_time():
    bar = Calendar(NEW_YORK, week("20:00-01:30"))

    [(_opens, closes)] = bar.spans_on(date(2026, 10, 31))

    assert closes.astimezone(UTC) == datetime(2026, 11, 1, 6, 30, tzinfo=UTC)


def test_what_closes_as_the_hour_begins_that_comes_twice_closes_the_first_time():
    havana = ZoneInfo("America/Havana")  # on 1 November 2026 the clocks go from 01:00 back to 00:00
    bar = Calendar(havana, week("20:00-00:00"))

    [(_opens, closes)] = bar.spans_on(date(2026, 10, 31))

    assert closes.astimezone(UTC) == datetime(2026, 11, 1, 4, tzinfo=UTC)
    assert bar.end_of(date(2026, 10, 31)) == closes


def test_a_day_of_24_hours_on_the_wall_has_23_or_25():
    natural = Calendar.natural(NEW_YORK)

    assert natural.add(at("2026-03-08 00:00", NEW_YORK), hours(24)) == at("2026-03-09 01:00", NEW_YORK)
    assert natural.end_of(date(2026, 3, 8)) == at("2026-03-09 00:00", NEW_YORK)


# Refusals


def test_time_does_not_run_backwards():
    with pytest.raises(ValueError, match="negative"):
        MALL.add(at("2026-11-23 10:00"), hours(-1))
    with pytest.raises(ValueError, match="earlier"):
        MALL.between(at("2026-11-23 10:00"), at("2026-11-23 09:59"))


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        MALL.is_open(datetime(2026, 11, 23, 10))  # noqa: DTZ001


def test_hours_that_never_open_again_are_refused_with_a_sentence():
    nothing = Calendar(SHANGHAI, week(""), (SpecialDay.opening(date(2026, 11, 23), "10:00-12:00"),))

    assert nothing.add(at("2026-11-23 09:00"), hours(2)) == at("2026-11-23 12:00")
    for question in (
        lambda: nothing.add(at("2026-11-23 09:00"), hours(2.5)),
        lambda: nothing.next_opening(at("2026-11-23 12:00")),
        lambda: nothing.add_days(at("2026-11-23 09:00"), 1),
        lambda: nothing.close_of_business(at("2026-11-23 12:00")),
    ):
        with pytest.raises(NeverOpens, match="Nothing opens within 14 months of 2026-11-23"):
            question()


def test_measuring_a_time_in_which_nothing_opens_is_no_mistake():
    assert Calendar(SHANGHAI, week("")).between(at("2026-01-01 00:00"), at("2029-01-01 00:00")) == hours(0)


@pytest.mark.parametrize("year", [1, 1969, 2200, 9999])
def test_a_slip_of_the_keyboard_does_not_reckon_through_the_ages(year):
    with pytest.raises(OutOfReach, match="1970 to 2199"):
        MALL.add(datetime(year, 6, 1, tzinfo=UTC), hours(1))


def test_an_amount_that_ends_after_all_times_is_refused():
    with pytest.raises(OutOfReach):
        MALL.add(at("2026-11-23 10:00"), timedelta.max)
    with pytest.raises(OutOfReach):
        OFFICE.add_days(at("2026-11-23 10:00"), 10**9)


# As people write them


@pytest.mark.parametrize(
    "text", ["09:30-14:00, 17:00-02:00", "９：３０—１４：００、17:00至02:00", "9:30–14:00 17:00 ~ 2:00"]
)
def test_opening_hours_are_read_as_people_write_them(text):
    assert intervals(text) == (Interval(time(9, 30), time(14)), Interval(time(17), time(2)))


def test_midnight_may_be_written_24():
    assert intervals("00:00-24:00") == (Interval(time(0), time(0)),)


@pytest.mark.parametrize("text", ["10-22", "10:00-25:00", "open", "10:00-22:61", "10:00-22:00 or so"])
def test_what_cannot_be_read_is_refused(text):
    with pytest.raises(Unusable, match="Write 10:00-22:00"):
        intervals(text)


def test_a_week_has_seven_days():
    with pytest.raises(ValueError, match="seven days"):
        Calendar(SHANGHAI, MALL.week[:5])
    with pytest.raises(TypeError, match="saturday"):
        week("10:00-22:00", saturday="")


def test_calendars_with_the_same_hours_are_equal_and_can_be_kept_in_a_cache():
    again = Calendar(SHANGHAI, week("10:00-22:00", fri="10:00-22:30", sat="10:00-22:30"))

    assert {MALL: 1}[again] == 1
