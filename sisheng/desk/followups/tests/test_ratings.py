"""What was said at the counter: kept as it was, counted together, and of nobody in particular."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from sisheng.desk.followups import actions
from sisheng.desk.followups.models import Rating
from sisheng.desk.followups.results import at_the_counter, open_words
from sisheng.ground.events.models import Event
from sisheng.ground.refusals import NotAllowed, OutOfTurn, Unusable
from sisheng.mall.staff.visitors import Visitor

DAY = timedelta(days=1)


@pytest.fixture
def rate(act, riverside, counter):
    def rate(score=5, solved="", *, at=None, **told):
        return actions.rate(act(Visitor(riverside.pk), at=at), counter, score=score, solved=solved, **told)

    return rate


def test_only_customers_rate(act, mei, northgate, counter):
    for who in (mei, Visitor(northgate.pk)):
        with pytest.raises(NotAllowed):
            actions.rate(act(who), counter, score=5)


@pytest.mark.parametrize("wrong", [{"score": 0}, {"score": 6}, {"solved": "maybe"}])
def test_what_is_not_on_the_page_is_refused_by_us_and_by_the_database(rate, wrong):
    kept = rate()

    with pytest.raises(Unusable):
        rate(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Rating.objects.filter(pk=kept.pk).update(**wrong)


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_of_two_who_rate_one_contact_at_the_same_moment_only_one_has_it(rate, together):
    together(2, lambda turn: rate(turn + 1, served=["JD-261123-0001"]))

    assert sorted(Rating.objects.values_list("contact", flat=True)) == ["", "JD-261123-0001"]


# The figures


@pytest.mark.rule("SAT-04")
def test_under_ten_answers_there_is_nothing_but_their_number(rate, riverside, now):
    for _time in range(9):
        rate(5, "yes")

    week = at_the_counter(riverside, now)[0]

    assert (week.satisfied.figure.n, week.satisfied.value, week.satisfied.interval) == (9, "—", "")
    assert (week.solved.figure.n, week.solved.value, week.solved.interval) == (9, "—", "")


@pytest.mark.rule("SAT-04")
def test_from_ten_on_there_are_both_shares_with_their_intervals(rate, riverside, now):
    for score, solved in [(5, "yes")] * 6 + [(4, "yes")] * 2 + [(3, "partly"), (1, "no")]:
        rate(score, solved)

    week, month, before = at_the_counter(riverside, now)

    # 8 of 10, Wilson by hand: (0.8 + 0.1921 ± 1.96 · √(0.016 + 0.0096)) ÷ 1.3842
    assert (week.satisfied.figure.n, week.satisfied.value, week.satisfied.interval) == (10, "80%", "49%–94%")
    assert (week.solved.value, week.solved.interval) == ("80%", "49%–94%")
    assert month.satisfied.figure.n == 10
    assert before.satisfied.figure.n == 0


def test_whoever_did_not_say_whether_it_is_solved_is_not_counted_there(rate, riverside, now):
    for solved in ["yes"] * 10 + [""] * 5:
        rate(5, solved)

    week = at_the_counter(riverside, now)[0]

    assert (week.satisfied.figure.n, week.solved.figure.n, week.solved.value) == (15, 10, "100%")


def test_each_rating_is_in_the_days_in_which_it_was_given(rate, riverside, now):
    for ago in (1, 8, 29, 31, 59, 61):
        rate(at=now - ago * DAY)

    assert [period.satisfied.figure.n for period in at_the_counter(riverside, now)] == [1, 3, 2]


def test_the_results_name_no_desk_and_nobody(client, rate, mei):
    for _time in range(10):
        rate(2, "no", served=["JD-261123-0001"])
    client.force_login(mei)

    page = client.get("/riverside/desk/followups/results/").content.decode()
    table = page.partition('id="counter-title"')[2].partition("</table>")[0]

    assert "Last 7 days" in table
    assert not any(name in table for name in ("总服务台", "小梅", "JD-261123-0001"))


# Words


@pytest.mark.rule("PRV-01")
def test_words_can_be_struck_out_and_the_figures_stay(rate, act, boss, riverside, now):
    rating = rate(2, "no", words="收银的小梅态度不好")

    actions.strike_words(act(boss), rating)

    rating.refresh_from_db()
    assert (rating.words, rating.score, rating.solved) == ("", 2, "no")
    assert open_words(riverside, now)[0] == []
    assert Event.objects.filter(kind="rating.struck").count() == 1


def test_struck_out_they_are_not_struck_out_again(rate, act, boss):
    rating = rate(2, words="态度不好")
    actions.strike_words(act(boss), rating)

    with pytest.raises(OutOfTurn):
        actions.strike_words(act(boss), rating)


def test_only_whoever_may_forget_strikes_out(rate, act, mei, lead, lin):
    rating = rate(2, words="态度不好")

    for who in (mei, lead, lin):
        with pytest.raises(NotAllowed):
            actions.strike_words(act(who), rating)


def test_what_people_write_at_the_counter_stands_among_the_other_words(rate, riverside, now):
    rate(words="先来", at=now - 2 * DAY)
    rate(words="后来", at=now - DAY)
    rate(words="太久以前", at=now - 31 * DAY)

    assert open_words(riverside, now)[0] == ["后来", "先来"]
