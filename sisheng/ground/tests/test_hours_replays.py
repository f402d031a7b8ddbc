"""What went wrong with the clocks of others, played again on ours."""

from datetime import date, datetime, timedelta
from time import process_time
from zoneinfo import ZoneInfo

import pytest

from sisheng.ground.hours import Calendar, SpecialDay, week
from sisheng.ground.hours.china import china_days

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.rule("CTR-33")
def test_a_public_holiday_never_makes_an_escalation_faster():
    """django-helpdesk: eight days over a seven-day holiday came sooner than eight days without one."""
    plain = Calendar(SHANGHAI, week("10:00-22:00", sat="", sun=""))
    with_holiday = Calendar(SHANGHAI, plain.week, tuple(china_days([2026])))
    start, eight_days = at("2026-09-29 12:00"), timedelta(hours=8 * 12)

    assert plain.add(start, eight_days) == at("2026-10-09 12:00")
    # 30 Sep, 8 and 9 Oct, make-up Saturday 10 Oct, 12 to 15 Oct; the morning of the 16th for what the 29th lacked
    assert with_holiday.add(start, eight_days) == at("2026-10-15 12:00")
    assert plain.add_days(start, 8) == at("2026-10-10 00:00")
    assert with_holiday.add_days(start, 8) == at("2026-10-16 00:00")


def test_a_desk_that_closes_for_lunch_is_not_late_over_lunch():
    """Chatwoot, Frappe: one interval a day, so that noon was either worked or lost."""
    split = Calendar(SHANGHAI, week("09:30-12:00 14:00-18:00"))

    assert split.add(at("2026-11-23 11:45"), timedelta(minutes=30)) == at("2026-11-23 14:15")
    assert split.between(at("2026-11-23 09:30"), at("2026-11-24 09:30")) == timedelta(hours=6.5)


def test_a_shift_past_midnight_is_one_shift():
    cinema = Calendar(SHANGHAI, week("09:30-02:00", mon=""), (SpecialDay.closed(date(2026, 11, 26), "台风"),))

    assert cinema.add(at("2026-11-24 23:00"), timedelta(hours=4)) == at("2026-11-25 10:30")
    assert cinema.add(at("2026-11-25 23:00"), timedelta(hours=4)) == at("2026-11-27 10:30")
    assert cinema.add(at("2026-11-22 23:00"), timedelta(hours=4)) == at("2026-11-24 10:30")


@pytest.mark.rule("CTR-33")
def test_a_make_up_saturday_is_a_working_day_and_a_plain_one_is_not():
    working_days = Calendar.working_days(SHANGHAI, china_days([2026]))

    assert working_days.add_days(at("2026-10-09 10:00"), 1) == at("2026-10-11 00:00")
    assert working_days.add_days(at("2026-10-16 10:00"), 1) == at("2026-10-20 00:00")


def test_each_channel_answers_by_its_own_calendar():
    counter = Calendar(SHANGHAI, week("10:00-22:00", fri="10:00-22:30", sat="10:00-22:30"))
    office = Calendar(SHANGHAI, week("09:00-18:00", sat="", sun=""))
    duty_line = Calendar.natural(SHANGHAI)
    saturday_night, half_an_hour = at("2026-11-28 23:00"), timedelta(minutes=30)

    assert duty_line.add(saturday_night, half_an_hour) == at("2026-11-28 23:30")
    assert counter.next_opening(saturday_night) == at("2026-11-29 10:00")  # an e-mail waits for the opening
    assert counter.add(saturday_night, half_an_hour) == at("2026-11-29 10:30")
    assert office.add(saturday_night, half_an_hour) == at("2026-11-30 09:30")


def test_ten_thousand_deadlines_take_less_than_their_share_of_a_minute():
    """P21: a million in 60 s. Measured in CPU time, so that busy neighbours do not count."""
    calendar = Calendar(SHANGHAI, week("09:30-14:00 15:00-02:00"), tuple(china_days([2026])))
    starts = [at("2026-01-05 00:00") + timedelta(minutes=47) * each for each in range(10_000)]

    began = process_time()
    for start in starts:
        calendar.add(start, timedelta(hours=30))

    assert process_time() - began < 0.6
