"""Following the table of events: nothing is missed and nothing is told twice, whatever order commits come in."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from sisheng.ground.act import SYSTEM
from sisheng.ground.events.models import Event
from sisheng.ground.events.tests.test_seals import Colleague
from sisheng.ground.ui.stream.tail import EVERYTHING, Tail, newest, since

RIVERSIDE, LAKESIDE = 1, 2

only_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")


@pytest.fixture
def tell(act):
    def make(kind="inquiry.promise", topic="case:17", mall_id=RIVERSIDE) -> Event:
        with transaction.atomic():
            return Event.record(kind, topic, act(SYSTEM), mall_id=mall_id)

    return make


@pytest.mark.django_db
def test_an_event_concerns_its_thing_its_kind_of_thing_and_its_slice(tell):
    tail = Tail.from_now()

    tell("inquiry.promise", "case:17")

    assert tail.look() == {RIVERSIDE: {"case:17", "case", "inquiry"}}


@pytest.mark.django_db
def test_each_mall_hears_of_its_own_events_only_and_once(tell):
    tell("contact.log", "contact:1")
    tail = Tail.from_now()
    tell("contact.log", "contact:2", RIVERSIDE)
    tell("inquiry.begin", "case:3", LAKESIDE)

    assert tail.look() == {RIVERSIDE: {"contact:2", "contact"}, LAKESIDE: {"case:3", "case", "inquiry"}}
    assert tail.look() == {}


@only_postgresql
@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_a_commit_that_comes_late_is_told_when_it_comes(tell, act):
    tail = Tail.from_now()
    slow = Colleague(act(SYSTEM))
    quick = tell("contact.log", "contact:2")
    assert slow.event.pk < quick.pk

    assert tail.look() == {RIVERSIDE: {"contact:2", "contact"}}
    assert tail.look() == {}
    assert tail.settled < slow.event.pk
    slow.commit()

    assert tail.look() == {slow.event.mall_id: {"case:17", "case"}}
    assert tail.look() == {}
    assert tail.settled == quick.pk


@only_postgresql
@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_one_that_was_under_way_before_we_began_to_look_is_told_too(tell, act):
    tell()
    slow = Colleague(act(SYSTEM))
    tell()
    tail = Tail.from_now()

    slow.commit()

    assert tail.look() == {slow.event.mall_id: {"case:17", "case"}}


@only_postgresql
@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_an_act_that_was_taken_back_does_not_keep_us_looking_at_its_gap(tell, act):
    tail = Tail.from_now()
    stumbling = Colleague(act(SYSTEM), then_stumble=True)
    quick = tell()
    tail.look()

    stumbling.commit()
    tail.look()

    assert tail.settled == quick.pk


@pytest.mark.django_db
def test_a_desk_that_was_away_is_told_what_it_missed(tell):
    tell("contact.log", "contact:1")
    known = newest()
    tell("inquiry.begin", "case:3")
    tell("inquiry.begin", "case:4", LAKESIDE)

    assert since(RIVERSIDE, known) == {"case:3", "case", "inquiry"}
    assert since(RIVERSIDE, newest()) == frozenset()


@pytest.mark.django_db
def test_a_desk_that_was_away_for_long_asks_for_everything(tell, monkeypatch):
    monkeypatch.setattr("sisheng.ground.ui.stream.tail.AT_ONCE", 2)
    known = newest()
    for _number in range(3):
        tell()

    assert since(RIVERSIDE, known) == EVERYTHING
