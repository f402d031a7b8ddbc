"""Who waits at the desk, and how a reception ended."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from sisheng.desk.contacts import actions
from sisheng.desk.contacts.answers import answer_named
from sisheng.desk.contacts.forms import LogForm
from sisheng.desk.contacts.models import Arrival
from sisheng.ground.refusals import OutOfTurn, Unusable
from sisheng.mall.directory.models import Fact
from sisheng.windows.board.home import today


@pytest.fixture
def log(act, mei, riverside, counter):
    def log(*, at=None, said_at=None, **told):
        told = {"need": "1", "outcome": "answered", **told}
        return actions.log(act(mei, at=at, said_at=said_at), riverside, agent=mei, desk=counter, **told)

    return log


@pytest.mark.rule("INQ-01")
def test_an_answer_after_more_than_a_minute_was_not_in_time(act, log, mei, counter, riverside, now):
    waits = actions.arrive(act(mei, at=now), counter)
    actions.greet(act(mei, at=now + timedelta(seconds=3)), counter, agent=mei)
    log(at=now + timedelta(seconds=64), arrival=Arrival.objects.get(pk=waits.pk))
    figures = today(riverside, now)

    assert (figures.greeted_share, figures.answered_share) == (100, 0)


def test_whoever_was_logged_by_a_slip_waits_again(act, log, mei, counter, now):
    waits = actions.arrive(act(mei, at=now), counter)
    contact = log(arrival=Arrival.objects.get(pk=waits.pk))
    assert not Arrival.objects.waiting().exists()

    actions.undo(act(mei, at=now + timedelta(seconds=5)), contact)

    assert Arrival.objects.waiting().get() == waits


def test_whom_nobody_greeted_for_half_an_hour_has_left_and_whoever_is_being_served_has_not(act, mei, counter, now):
    served = actions.arrive(act(mei, at=now), counter)
    actions.greet(act(mei, at=now + timedelta(seconds=9)), counter, agent=mei)
    actions.arrive(act(mei, at=now), counter)

    assert actions.clear_stale_arrivals(now + timedelta(minutes=30)) == 0
    assert actions.clear_stale_arrivals(now + timedelta(minutes=31)) == 1
    assert Arrival.objects.waiting().get() == served


def test_nobody_leaves_twice(act, mei, counter):
    waits = actions.arrive(act(mei), counter)
    actions.leave(act(mei), waits)

    with pytest.raises(OutOfTurn):
        actions.leave(act(mei), waits)


def test_what_is_written_down_later_counts_on_the_day_on_which_it_was_said(log, now):
    contact = log(at=now, said_at=now - timedelta(days=1))

    assert contact.on == (now - timedelta(days=1)).date()
    assert contact.at == now


@pytest.mark.parametrize(
    ("outcome", "is_answer"), [("answered", True), ("guided", True), ("referred", False), ("left", False)]
)
def test_only_an_answer_has_a_moment_of_answering(log, outcome, is_answer):
    assert (log(outcome=outcome).answered_at is not None) is is_answer


@pytest.mark.parametrize(
    ("told", "outcome"),
    [
        ({"need": "1", "answer": "shop:L2-C02"}, "guided"),
        ({"need": "3", "answer": "fact:parking-fee"}, "answered"),
        ({"need": "3", "words": "车位"}, "unanswered"),
        ({"need": "3"}, "answered"),
        ({"need": "3", "channel": "phone", "matter": "问停车费"}, "answered"),
        ({"need": "3", "words": "车位", "outcome": "left"}, "left"),
    ],
)
def test_an_ending_that_nobody_chose_is_read_from_what_was_done(told, outcome):
    form = LogForm(told)

    assert form.is_valid(), form.errors
    assert form.cleaned_data["outcome"] == outcome


def test_a_card_that_is_no_longer_in_use_cannot_be_read_out(riverside, now):
    fact = Fact.objects.create(
        mall=riverside, key="old", question="?", answer="!", is_in_use=False, checked_on=now.date()
    )

    with pytest.raises(Unusable):
        answer_named(riverside, f"fact:{fact.key}")

    Fact.objects.filter(pk=fact.pk).update(is_in_use=True)
    assert answer_named(riverside, "fact:old").ref == "old"


def test_the_moment_of_a_log_is_kept_in_universal_time(log):
    contact = log(at=datetime(2026, 11, 23, 15, 59, tzinfo=UTC))  # one minute before midnight in Shanghai

    assert contact.on.isoformat() == "2026-11-23"
    assert log(at=datetime(2026, 11, 23, 16, 0, tzinfo=UTC)).on.isoformat() == "2026-11-24"
