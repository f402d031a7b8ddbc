"""Which days are meant, and what may be said of so many of so many."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.utils import translation

from conftest import SHANGHAI
from sisheng.windows.reports.periods import period_of
from sisheng.windows.reports.shares import Hours, Share, per_thousand

FRIDAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ({}, "2026-10-29", "2026-11-27"),
        ({"period": "week"}, "2026-11-23", "2026-11-27"),
        ({"period": "7"}, "2026-11-21", "2026-11-27"),
        ({"period": "30"}, "2026-10-29", "2026-11-27"),
        ({"period": "90"}, "2026-08-30", "2026-11-27"),
        ({"period": "5000"}, "2026-10-29", "2026-11-27"),
        ({"from": "2026-11-02", "until": "2026-11-08"}, "2026-11-02", "2026-11-08"),
        ({"from": "2026-11-08", "until": "2026-11-02"}, "2026-11-02", "2026-11-08"),
        ({"from": "2026-11-02"}, "2026-11-02", "2026-11-27"),
        ({"until": "2026-11-02"}, "2026-11-02", "2026-11-02"),
        ({"from": "2026-11-20", "until": "2027-01-01"}, "2026-11-20", "2026-11-27"),
        ({"from": "2027-01-01", "until": "2027-01-02"}, "2026-11-27", "2026-11-27"),
        ({"from": "tomorrow", "until": "0001-01-01"}, "2026-10-29", "2026-11-27"),
        ({"from": "2020-01-01", "until": "2026-11-27"}, "2025-11-27", "2026-11-27"),
    ],
)
def test_whole_days_and_none_that_are_still_to_come(asked, first, last):
    period = period_of(asked, FRIDAY)

    assert (str(period.first), str(period.last)) == (first, last)


def test_a_year_at_the_most_and_it_is_said():
    assert period_of({"from": "2020-01-01", "until": "2026-11-27"}, FRIDAY).is_cut
    assert not period_of({"from": "2025-11-27", "until": "2026-11-27"}, FRIDAY).is_cut


def test_the_days_begin_at_midnight_of_the_mall_and_as_many_lie_before(riverside, now):
    period = period_of({"period": "7"}, FRIDAY)
    span = period.span(riverside, now)

    assert span.since == datetime(2026, 11, 21, tzinfo=SHANGHAI)
    assert span.until == datetime(2026, 11, 28, tzinfo=SHANGHAI)
    assert (period.before.first, period.before.last) == (date(2026, 11, 14), date(2026, 11, 20))


@pytest.mark.parametrize(
    ("hits", "n", "told", "verdict"),
    [
        (0, 0, "—", "nothing to measure"),
        (3, 4, "3 of 4", "n = 4, too few for a share"),
        (9, 9, "9 of 9", "n = 9, too few for a share"),
        (9, 10, "90%", "reached"),
        (89, 100, "89%", "below the aim"),
        (896, 1000, "89.6%", "below the aim"),  # a “90 %” beside it would say the opposite
        (0, 10, "0%", "below the aim"),
    ],
)
def test_a_share_of_too_few_is_no_percentage(hits, n, told, verdict):
    share = Share("satisfied", "?", hits, n, aim=90)

    assert (share.told, share.verdict, share.aim_told) == (told, verdict, "≥ 90%")


def test_an_aim_may_be_a_ceiling():
    assert Share("reopened", "?", 1, 20, aim=5, is_ceiling=True).verdict == "reached"
    assert Share("reopened", "?", 2, 20, aim=5, is_ceiling=True).verdict == "above the aim"
    assert Share("reopened", "?", 2, 20, aim=5, is_ceiling=True).aim_told == "≤ 5%"


@pytest.mark.parametrize(("hits", "n", "told"), [(1, 20, "5%"), (5, 99, "5.1%"), (501, 10_000, "5.01%"), (4, 99, "4%")])
def test_a_share_is_as_exact_as_it_takes_to_see_on_which_side_of_the_aim_it_lies(hits, n, told):
    assert Share("reopened", "?", hits, n, aim=5, is_ceiling=True).told == told


@pytest.mark.parametrize(("hits", "n", "told"), [(107, 110, "97%"), (40, 84, "48%"), (15, 120, "12%")])
def test_a_share_without_an_aim_is_a_whole_number(hits, n, told):
    assert Share("substantiated", "?", hits, n).told == told


def test_too_few_is_said_in_chinese_too():
    with translation.override("zh-hans"):
        share = Share("final", "?", 3, 4, aim=95)
        assert (share.told, share.verdict) == ("4 件中 3 件", "n = 4，太少，不算百分比")


@pytest.mark.rule("KPI-12")
@pytest.mark.parametrize(
    ("complaints", "contacts", "told"), [(3, 1500, "2.0"), (7, 300, "23.3"), (3, 99, ""), (0, 0, "")]
)
def test_complaints_for_a_thousand_contacts(complaints, contacts, told):
    assert per_thousand(complaints, contacts) == told


@pytest.mark.parametrize(
    ("took", "median", "most"),
    [
        ([], "", ""),
        ([7.0], "7.0", "7.0"),
        ([1.0, 2.0, 3.0, 10.0], "2.5", "10.0"),
        ([float(hour) for hour in range(1, 12)], "6.0", "10.0"),
    ],
)
def test_the_median_and_what_nine_of_ten_do_not_exceed(took, median, most):
    assert (Hours(took).median, Hours(took).most) == (median, most)
