"""The figures, against values worked out elsewhere."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sisheng.desk.followups import actions, figures, themes
from sisheng.desk.followups.results import rows
from sisheng.desk.followups.tests.conftest import at


# Wilson's interval at 95 %, from published tables: n, hits, low, high
@pytest.mark.rule("SAT-04")
@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [
        (9, 10, 0.5958, 0.9821),
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (81, 263, 0.2553, 0.3662),
        (1, 1, 0.2065, 1.0),
    ],
)
def test_a_share_comes_with_its_interval(hits, n, low, high):
    figure = figures.share(hits, n)

    assert figure.value == hits / n
    assert (figure.low, figure.high) == (pytest.approx(low, abs=1e-4), pytest.approx(high, abs=1e-4))


def test_nobody_asked_is_no_figure():
    for figure in (figures.share(0, 0), figures.mean([], 1, 5), figures.net_promoters([])):
        assert (figure.n, figure.value, figure.low, figure.high) == (0, None, None, None)


@pytest.mark.rule("SAT-05", "CTR-09", "KPI-20")
def test_satisfied_is_four_or_five_and_very_satisfied_five():
    answers = [5, 5, 4, 3, 2, 1]

    assert figures.satisfied(answers).value == 3 / 6
    assert figures.very_satisfied(answers).value == 2 / 6


def test_a_mean_has_the_interval_of_its_standard_error():
    figure = figures.mean([2, 4, 4, 4, 5, 5, 4, 4], 1, 5)

    # worked out by hand: mean 4, standard deviation 0.9258, standard error 0.3273
    assert (figure.value, figure.low, figure.high) == (
        4.0,
        pytest.approx(3.3585, abs=1e-3),
        pytest.approx(4.6415, abs=1e-3),
    )
    assert figures.mean([1, 5], 1, 5).low == 1


@pytest.mark.rule("KPI-21")
def test_promoters_less_detractors():
    assert figures.net_promoters([10, 9, 8, 7, 6, 0, 10, 10]).value == 100 * (4 - 2) / 8


@pytest.mark.parametrize(("n", "is_thin"), [(9, True), (10, False)])
def test_fewer_than_ten_answers_are_shown_grey(n, is_thin):
    assert figures.share(1, n).is_thin is is_thin


@pytest.mark.rule("SAT-06")
def test_open_answers_are_counted_by_what_they_speak_of():
    with_themes = themes.counted(["等太久了，态度也不好", "The staff were rude", "很好"])

    assert [(str(label), count) for label, count in with_themes] == [
        ("How people were treated", 2),
        ("Waiting and speed", 1),
    ]


@pytest.mark.rule("FUP-08", "SAT-04", "CTR-09")
def test_the_table_counts_the_calls_of_the_last_thirty_days(make_call, customers, riverside, act, mei):
    for n, (customer, score) in enumerate(zip(customers(4), (5, 4, 3, 5), strict=True)):
        call = make_call(customer=customer, moment=at(23, 10), draw=f"{n}", about=customer.number)
        actions.finish(act(mei, at=at(23, 11)), call, satisfaction=score)
    table = {row.label: row for row in rows(riverside, at(24, 9))}

    satisfied = table["Satisfied (4 or 5 of 5)"]
    assert (satisfied.value, satisfied.figure.n, satisfied.target) == ("75%", 4, "≥ 90%")
    assert table["Satisfied among those drawn by lot"].figure.n == 4
    assert table["Reached of those rung"].value == "100%"
    assert table["Would recommend us (NPS, −100 to 100)"].value == "—"
    assert {row.figure.n for row in rows(riverside, at(23, 11) + timedelta(days=30, minutes=1))} == {0}


@pytest.mark.rule("KPI-17")
def test_a_first_call_after_a_day_is_not_in_time(settle, act, mei, riverside):
    from sisheng.desk.followups.models import FollowUp

    for moment, done in ((at(23, 16), at(24, 15)), (at(24, 16), at(25, 16, 30))):
        complaint = settle(moment, phone=f"154000020{moment.day}")
        call = FollowUp.objects.select_related("mall", "customer").get(origin=complaint, trigger="first")
        actions.finish(act(mei, at=done), call, satisfaction=5)

    first = {row.label: row for row in rows(riverside, at(26, 9))}["First calls in time"]
    assert (first.figure.n, first.figure.value) == (2, 0.5)
