"""Times, money and phones are written as ux.md §9 says, in both languages."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from sisheng.ground.ui import formats

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 22, 14, 30, tzinfo=SHANGHAI)


@pytest.fixture(params=["zh-hans", "en"])
def language(request):
    with translation.override(request.param):
        yield request.param


@pytest.mark.parametrize(
    ("at", "in_chinese", "in_english"),
    [
        (NOW, "14:30", "14:30"),
        (NOW - timedelta(days=1), "昨天 14:30", "yesterday 14:30"),
        (NOW + timedelta(days=1), "明天 14:30", "tomorrow 14:30"),
        (NOW - timedelta(days=40), "10-13 14:30", "13 Oct, 14:30"),
        (NOW - timedelta(days=400), "2025-10-18 14:30", "18 Oct 2025, 14:30"),
        (datetime(2026, 11, 21, 16, 5, tzinfo=ZoneInfo("UTC")), "00:05", "00:05"),  # today in Shanghai already
    ],
)
def test_a_moment_is_told_as_near_as_it_is(language, at, in_chinese, in_english):
    assert formats.when(at, NOW) == (in_chinese if language == "zh-hans" else in_english)


def test_without_a_now_the_whole_date_is_told(language):
    assert formats.when(NOW) == {"zh-hans": "2026-11-22 14:30", "en": "22 Nov 2026, 14:30"}[language]


@pytest.mark.parametrize(
    ("at", "told"),
    [("2026-11-28T00:00", "11-27"), ("2026-11-28T22:00", "11-28 22:00"), ("2027-01-01T00:00", "12-31")],
)
def test_what_ends_at_midnight_ends_with_the_day_before(at, told):
    now = datetime(2026, 11, 25, 10, tzinfo=ZoneInfo("Asia/Shanghai"))

    with translation.override("zh-hans"):
        assert formats.until(datetime.fromisoformat(at).replace(tzinfo=now.tzinfo), now) == told


def test_a_day_may_be_told_with_its_weekday(language):
    assert formats.day(NOW.date(), weekday=True) == {"zh-hans": "2026-11-22 周日", "en": "Sun 22 Nov 2026"}[language]


@pytest.mark.parametrize(
    ("left", "in_chinese", "in_english"),
    [
        (timedelta(hours=51), "剩 2 天 3 时", "2 d 3 h left"),
        (timedelta(hours=24), "剩 1 天", "1 d left"),
        (timedelta(hours=23, minutes=59, seconds=30), "剩 1 天", "1 d left"),
        (timedelta(hours=5, minutes=20), "剩 5:20", "5:20 left"),
        (timedelta(hours=1), "剩 1:00", "1:00 left"),
        (timedelta(minutes=59, seconds=1), "剩 1:00", "1:00 left"),
        (timedelta(minutes=12), "剩 12 分", "12 min left"),
        (timedelta(minutes=11, seconds=1), "剩 12 分", "12 min left"),
        (timedelta(seconds=1), "剩 1 分", "1 min left"),
        (timedelta(0), "逾期 1 分", "1 min overdue"),
        (-timedelta(minutes=12, seconds=59), "逾期 12 分", "12 min overdue"),
        (-timedelta(hours=2, minutes=5), "逾期 2:05", "2:05 overdue"),
        (-timedelta(days=3, hours=1), "逾期 3 天 1 时", "3 d 1 h overdue"),
    ],
)
def test_what_is_left_counts_down_and_what_is_over_counts_up(language, left, in_chinese, in_english):
    assert formats.left(NOW + left, NOW) == (in_chinese if language == "zh-hans" else in_english)


@pytest.mark.parametrize(
    ("amount", "exact", "in_chinese", "in_english"),
    [
        ("1280", False, "¥1,280", "CNY 1,280"),
        ("1280", True, "¥1,280.00", "CNY 1,280.00"),
        ("12.5", False, "¥12.50", "CNY 12.50"),
        ("1234567.89", False, "¥1,234,567.89", "CNY 1,234,567.89"),
        ("0", False, "¥0", "CNY 0"),
    ],
)
def test_money_is_whole_in_lists_and_exact_on_slips(language, amount, exact, in_chinese, in_english):
    assert formats.money(amount, exact=exact) == (in_chinese if language == "zh-hans" else in_english)


@pytest.mark.parametrize(
    ("number", "written"),
    [
        ("15400000001", "154 0000 0001"),
        ("154-0000-0001", "154 0000 0001"),
        ("154****0001", "154****0001"),
        ("6037", "6037"),
        ("0000-8866-1188", "0000-8866-1188"),
    ],
)
def test_a_phone_is_written_in_groups_and_a_masked_one_stays_masked(number, written):
    assert formats.phone(number) == written
