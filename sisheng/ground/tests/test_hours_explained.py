"""Why it is due then: the sentences, word for word, as somebody reads them in English and in Chinese."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from sisheng.ground.hours import (
    AtClosing,
    Calendar,
    Explanation,
    GivenTime,
    NextDay,
    SpecialDay,
    explain_due,
    say_duration,
    week,
)
from sisheng.ground.hours.china import china_days
from sisheng.ground.hours.explain import Kind

SHANGHAI = ZoneInfo("Asia/Shanghai")
MALL = Calendar(SHANGHAI, week("10:00-22:00", fri="10:00-22:30", sat="10:00-22:30"))
OFFICE = Calendar(SHANGHAI, week("09:00-12:00 13:30-18:00", sat="", sun=""), tuple(china_days([2026])))
WORKING_DAYS = Calendar.working_days(SHANGHAI, china_days([2026, 2027]))
NATURAL = Calendar.natural(SHANGHAI)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def told(explanation: Explanation, language: str) -> list[str]:
    with translation.override(language):
        return str(explanation).splitlines()


@pytest.mark.rule("CTR-33")
def test_an_evening_and_the_next_morning():
    explanation = MALL.explain_add(at("2026-11-23 20:00"), timedelta(hours=3))

    assert told(explanation, "en") == [
        "Counted from Mon 23 Nov 2026, 20:00: 3 h.",
        "Mon 23 Nov 2026, 20:00–22:00: 2 h counted, 1 h left.",
        "Mon 23 Nov 2026, 22:00 – Tue 24 Nov 2026, 10:00: closed, not counted.",
        "Tue 24 Nov 2026, 10:00–11:00: 1 h counted, nothing left.",
        "Due: Tue 24 Nov 2026, 11:00.",
    ]
    assert told(explanation, "zh-hans") == [
        "自 2026-11-23 周一 20:00 起计：3 小时。",
        "2026-11-23 周一 20:00–22:00：计 2 小时，还剩 1 小时。",
        "2026-11-23 周一 22:00 – 2026-11-24 周二 10:00：不营业，不计。",
        "2026-11-24 周二 10:00–11:00：计 1 小时，计满。",
        "到期：2026-11-24 周二 11:00。",
    ]


@pytest.mark.rule("CTR-33")
def test_working_days_around_the_national_day():
    explanation = WORKING_DAYS.explain_add_days(at("2026-09-29 10:00"), 4)

    assert told(explanation, "en") == [
        "Counted from Tue 29 Sep 2026, 10:00: 4 working days.",
        "Tue 29 Sep 2026: the day of the start does not count.",
        "Wed 30 Sep 2026: 1 working day, 3 left.",
        "Thu 1 Oct 2026 – Wed 7 Oct 2026 (国庆节): off, not counted.",
        "Thu 8 Oct 2026 – Fri 9 Oct 2026: 2 working days, 1 left.",
        "Sat 10 Oct 2026 (国庆节调休上班): 1 working day, 0 left.",
        "Due: Sat 10 Oct 2026, 24:00.",
    ]
    assert told(explanation, "zh-hans") == [
        "自 2026-09-29 周二 10:00 起计：4 个工作日。",
        "2026-09-29 周二：开始当天不计。",
        "2026-09-30 周三：计 1 个工作日，还剩 3 个。",
        "2026-10-01 周四 – 2026-10-07 周三（国庆节）：休息，不计。",
        "2026-10-08 周四 – 2026-10-09 周五：计 2 个工作日，还剩 1 个。",
        "2026-10-10 周六（国庆节调休上班）：计 1 个工作日，还剩 0 个。",
        "到期：2026-10-10 周六 24:00。",
    ]


@pytest.mark.rule("CTR-33")
def test_natural_time_is_one_step_however_long():
    explanation = NATURAL.explain_add(at("2026-11-23 10:00"), timedelta(hours=72))

    assert told(explanation, "en")[1:-1] == [
        "Mon 23 Nov 2026, 10:00 – Thu 26 Nov 2026, 10:00: 72 h counted, nothing left."
    ]


def test_a_holiday_the_lunch_break_and_odd_seconds():
    explanation = OFFICE.explain_add(at("2026-09-30 17:00:30"), timedelta(hours=4, minutes=30))

    assert told(explanation, "zh-hans") == [
        "自 2026-09-30 周三 17:00:30 起计：4 小时 30 分。",
        "2026-09-30 周三 17:00:30–18:00：计 59 分 30 秒，还剩 3 小时 30 分 30 秒。",
        "2026-09-30 周三 18:00 – 2026-10-08 周四 09:00（国庆节）：不营业，不计。",
        "2026-10-08 周四 09:00–12:00：计 3 小时，还剩 30 分 30 秒。",
        "2026-10-08 周四 12:00–13:30：不营业，不计。",
        "2026-10-08 周四 13:30–14:00:30：计 30 分 30 秒，计满。",
        "到期：2026-10-08 周四 14:00:30。",
    ]


def test_the_typhoon_and_then_the_holiday_are_two_reasons():
    days = [SpecialDay.closed(date(2026, 9, 30), "台风"), SpecialDay.closed(date(2026, 10, 1), "国庆节")]
    calendar = Calendar(SHANGHAI, MALL.week, tuple(days))

    explanation = calendar.explain_add(at("2026-09-29 21:00"), timedelta(hours=2))

    assert told(explanation, "en")[2:4] == [
        "Tue 29 Sep 2026, 22:00 – Wed 30 Sep 2026, 24:00 (台风): closed, not counted.",
        "Thu 1 Oct 2026, 00:00 – Fri 2 Oct 2026, 10:00 (国庆节): closed, not counted.",
    ]


def test_a_special_opening_is_named_also_after_midnight():
    new_years_eve = SpecialDay.opening(date(2026, 12, 31), "10:00-01:00", "跨年夜")
    calendar = Calendar(SHANGHAI, MALL.week, (new_years_eve,))

    explanation = calendar.explain_add(at("2027-01-01 00:30"), timedelta(hours=1))

    assert told(explanation, "en")[1:-1] == [
        "Fri 1 Jan 2027, 00:30–01:00 (跨年夜): 30 min counted, 30 min left.",
        "Fri 1 Jan 2027, 01:00–10:00: closed, not counted.",
        "Fri 1 Jan 2027, 10:00–10:30: 30 min counted, nothing left.",
    ]


def test_a_holiday_without_an_official_notice_says_so():
    explanation = WORKING_DAYS.explain_add_days(at("2026-12-31 10:00"), 1)

    assert told(explanation, "zh-hans")[2] == "2027-01-01 周五 – 2027-01-03 周日（元旦，待国务院通知）：休息，不计。"


def test_a_rule_that_counts_nothing_is_explained_by_what_lies_between():
    assert told(explain_due(AtClosing(), at("2026-11-23 08:00"), OFFICE), "en") == [
        "Counted from Mon 23 Nov 2026, 08:00: at closing.",
        "Mon 23 Nov 2026, 08:00–09:00: closed, not counted.",
        "Mon 23 Nov 2026, 09:00–12:00: 3 h counted, 4 h 30 min left.",
        "Mon 23 Nov 2026, 12:00–13:30: closed, not counted.",
        "Mon 23 Nov 2026, 13:30–18:00: 4 h 30 min counted, nothing left.",
        "Due: Mon 23 Nov 2026, 18:00.",
    ]
    assert told(explain_due(NextDay(time(12)), at("2026-11-27 08:00"), NATURAL), "zh-hans") == [
        "自 2026-11-27 周五 08:00 起计：次日 12:00。",
        "2026-11-27 周五 08:00 – 2026-11-28 周六 12:00：计 28 小时，计满。",
        "到期：2026-11-28 周六 12:00。",
    ]


def test_a_deadline_at_night_is_explained_to_its_minute_and_not_to_the_next_opening():
    explanation = explain_due(NextDay(time(23)), at("2026-11-23 21:00"), MALL)

    assert told(explanation, "en")[-3:] == [
        "Tue 24 Nov 2026, 10:00–22:00: 12 h counted, nothing left.",
        "Tue 24 Nov 2026, 22:00–23:00: closed, not counted.",
        "Due: Tue 24 Nov 2026, 23:00.",
    ]


def test_a_time_given_to_a_desk_that_never_opens_again_is_explained_all_the_same():
    closed_down = Calendar(SHANGHAI, week(""))

    explanation = explain_due(GivenTime(at("2026-11-30 10:00")), at("2026-11-23 10:00"), closed_down)

    assert told(explanation, "en")[1:-1] == ["Mon 23 Nov 2026, 10:00 – Mon 30 Nov 2026, 10:00: closed, not counted."]


def test_a_given_time_that_has_passed_has_no_way_to_it():
    explanation = explain_due(GivenTime(at("2026-11-20 08:00")), at("2026-11-27 08:00"), MALL)

    assert told(explanation, "en") == [
        "Counted from Fri 27 Nov 2026, 08:00: at the time given.",
        "Due: Fri 20 Nov 2026, 08:00.",
    ]


def test_the_steps_are_data_that_add_up():
    amount = timedelta(hours=30, minutes=7, seconds=3)

    explanation = OFFICE.explain_add(at("2026-09-25 17:00"), amount)

    assert explanation.counted == amount
    assert explanation.due == OFFICE.add(at("2026-09-25 17:00"), amount)
    assert explanation.steps[-1].left == timedelta(0)
    assert {step.kind for step in explanation.steps} == {Kind.OPEN, Kind.CLOSED}
    assert "国庆节" in {step.reason for step in explanation.steps}


def test_the_step_over_a_changed_clock_counts_what_really_passed():
    new_york = ZoneInfo("America/New_York")
    night = Calendar(new_york, week("22:00-06:00"))
    start = datetime(2026, 10, 31, 22, tzinfo=new_york)

    [step] = night.explain_add(start, timedelta(hours=9)).steps

    with translation.override("en"):
        assert str(step) == "Sat 31 Oct 2026, 22:00 – Sun 1 Nov 2026, 06:00: 9 h counted, nothing left."


@pytest.mark.parametrize(
    ("seconds", "english", "chinese"),
    [(0, "0 min", "0 分"), (5, "5 s", "5 秒"), (3600, "1 h", "1 小时"), (266405, "74 h 5 s", "74 小时 5 秒")],
)
def test_how_long(seconds, english, chinese):
    with translation.override("en"):
        assert say_duration(timedelta(seconds=seconds)) == english
    with translation.override("zh-hans"):
        assert say_duration(timedelta(seconds=seconds)) == chinese
