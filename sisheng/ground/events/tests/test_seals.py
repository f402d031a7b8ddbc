from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction

from sisheng.ground.events.models import Delivery, Event, Seal
from sisheng.ground.events.reactions import run_reactions
from sisheng.ground.events.seals import Sealer, seal, writers
from sisheng.ground.events.tests.conftest import CASE, RIVERSIDE
from sisheng.ground.events.verifying import verify

only_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")


@pytest.mark.django_db
def test_each_seal_closes_what_happened_since_the_last_one(tell, now):
    tell()
    tell()
    assert seal(now) == 2
    tell()
    assert seal(now) == 1
    assert seal(now) == 0

    first, second = Seal.objects.order_by("number")
    assert (first.count, second.count) == (2, 1)
    assert second.first_id == first.last_id + 1
    assert second.previous == first.digest
    assert verify() == []


@pytest.mark.django_db
def test_a_long_backlog_is_sealed_in_pieces(tell, now, monkeypatch):
    monkeypatch.setattr("sisheng.ground.events.seals.AT_ONCE", 3)
    for _number in range(7):
        tell()

    assert seal(now) == 7
    assert [made.count for made in Seal.objects.order_by("number")] == [3, 3, 1]
    assert verify() == []


class Colleague(threading.Thread):
    """Somebody whose transaction takes a while: tells an event, and commits only when told so."""

    def __init__(self, act, *, then_stumble=False):
        super().__init__()
        self._act, self._then_stumble = act, then_stumble
        self.has_told, self.may_commit = threading.Event(), threading.Event()
        self.start()
        assert self.has_told.wait(5)

    def run(self):
        try:
            with transaction.atomic():
                self.event = Event.record("case.slow", CASE, self._act, mall_id=RIVERSIDE)
                self.has_told.set()
                self.may_commit.wait(10)
                transaction.set_rollback(self._then_stumble)
        finally:
            connection.close()

    def commit(self):
        self.may_commit.set()
        self.join()


@only_postgresql
@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_a_commit_that_comes_late_does_not_slip_under_a_seal(tell, act, mei, now):
    slow = Colleague(act(mei))
    quick = tell("case.quick")
    assert slow.event.pk < quick.pk

    assert seal(now) == 0  # the gap may still be filled

    slow.commit()
    assert seal(now) == 2
    assert Seal.objects.get().count == 2
    assert verify() == []


@only_postgresql
@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_neither_does_one_whose_transaction_is_younger_than_its_neighbours(tell, act, mei, now):
    """The quick one began first, so its transaction number is lower; the slow one drew the lower event id."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()")
        slow = Colleague(act(mei))
        quick = tell("case.quick")
    assert slow.event.pk < quick.pk

    assert seal(now) == 0

    slow.commit()
    assert seal(now) == 2
    assert verify() == []


@only_postgresql
@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_nor_one_that_begins_while_we_look_around(tell, act, mei, now, monkeypatch):
    colleagues = []

    def look_and_then_they_begin():
        seen = writers()
        if not colleagues:
            colleagues.append(Colleague(act(mei)))
            tell("case.quick")
        return seen

    monkeypatch.setattr("sisheng.ground.events.seals.writers", look_and_then_they_begin)
    tell()

    seal(now)
    colleagues[0].commit()
    seal(now)

    assert sum(made.count for made in Seal.objects.all()) == 3
    assert verify() == []


@only_postgresql
@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_a_desk_that_is_never_quiet_is_sealed_too(tell, act, mei, now):
    sealer = Sealer()
    colleague = Colleague(act(mei))

    for _sweep in range(3):
        assert sealer.sweep(now) == 0
        following = Colleague(act(mei))  # there is always somebody writing
        colleague.commit()
        colleague = following
        assert sealer.sweep(now) == 0 or Seal.objects.exists()

    colleague.commit()
    assert Seal.objects.exists()
    assert verify() == []


@only_postgresql
@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_a_commit_that_comes_late_does_not_lose_its_delivery(tell, act, mei, now, settings):
    settings.SISHENG_REACTIONS = f"{__name__}.REACTIONS"
    slow = Colleague(act(mei))
    tell("case.slow")

    assert run_reactions(now) == 1
    slow.commit()
    assert run_reactions(now) == 1
    assert Delivery.objects.filter(handled_at=now).count() == 2


REACTIONS = {"case.slow": [f"{__name__}.look"]}


def look(event):
    assert event.kind == "case.slow"


@only_postgresql
@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_an_act_that_is_undone_leaves_a_gap_that_is_sealed_over(tell, act, mei, now):
    slow = Colleague(act(mei), then_stumble=True)
    tell("case.quick")
    assert seal(now) == 0

    slow.commit()

    assert seal(now) == 1
    assert verify() == []


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_two_sealers_make_one_chain(tell, now, monkeypatch):
    monkeypatch.setattr("sisheng.ground.events.seals.AT_ONCE", 5)
    for _number in range(50):
        tell()
    start = threading.Barrier(4)
    sealed = []

    def work():
        start.wait()
        sealed.append(seal(now))
        connection.close()

    sealers = [threading.Thread(target=work) for _ in range(4)]
    for sealer in sealers:
        sealer.start()
    for sealer in sealers:
        sealer.join()

    seal(now)
    assert len(sealed) == 4
    assert sum(made.count for made in Seal.objects.all()) == 50
    assert verify() == []
