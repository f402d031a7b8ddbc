from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection

from conftest import MONDAY_10AM
from sisheng.ground.events.models import Delivery, Event
from sisheng.ground.events.reactions import _postpone, run_reactions


def call_back(event):
    """A reaction that writes a row: it tells another event."""
    Event(mall_id=event.mall_id, topic=event.topic, kind="call.planned", by="system", at=event.at, via="loop").save()


def write_and_stumble(event):
    call_back(event)
    raise ZeroDivisionError("nobody divides by zero")


NAME = __name__
REACTIONS = {
    "case.resolve": [f"{NAME}.call_back"],
    "case.stumble": [f"{NAME}.write_and_stumble"],
    "case.misnamed": [f"{NAME}.nobody_wrote_this"],
}


@pytest.fixture(autouse=True)
def _reactions(settings):
    settings.SISHENG_REACTIONS = f"{NAME}.REACTIONS"


def calls() -> int:
    return Event.objects.filter(kind="call.planned").count()


@pytest.mark.django_db
def test_what_follows_follows_once(tell, now):
    tell("case.resolve")

    assert run_reactions(now) == 1
    assert run_reactions(now) == 0
    assert calls() == 1


@pytest.mark.django_db(transaction=True)
def test_a_reaction_that_fails_leaves_nothing_but_its_error_and_the_others_go_on(tell, now):
    tell("case.stumble")
    tell("case.misnamed")
    tell("case.resolve")

    assert run_reactions(now) == 1

    assert calls() == 1
    stumbled, misnamed = Delivery.objects.failing()
    assert (stumbled.attempts, stumbled.handled_at) == (1, None)
    assert stumbled.last_error == "ZeroDivisionError: nobody divides by zero"
    assert "nobody_wrote_this" in misnamed.last_error


@pytest.mark.django_db(transaction=True)
def test_a_failure_is_tried_again_later_and_later_but_at_least_once_an_hour(tell, now):
    tell("case.stumble")
    waits = []

    for _attempt in range(13):
        run_reactions(now)
        delivery = Delivery.objects.get()
        waits.append(delivery.next_try - now)
        assert run_reactions(delivery.next_try - timedelta(microseconds=1)) == 0
        assert Delivery.objects.get().attempts == delivery.attempts
        now = delivery.next_try

    assert waits[:3] == [timedelta(seconds=5), timedelta(seconds=10), timedelta(seconds=20)]
    assert waits[-1] == timedelta(hours=1)


@pytest.mark.django_db(transaction=True)
def test_a_failed_reaction_succeeds_once_it_is_mended(tell, now, monkeypatch):
    tell("case.stumble")
    run_reactions(now)

    monkeypatch.setitem(globals(), "write_and_stumble", call_back)

    assert run_reactions(now + timedelta(seconds=5)) == 1
    assert calls() == 1


@pytest.mark.django_db(transaction=True)
def test_new_events_do_not_queue_up_behind_those_that_fail(tell, now):
    tell("case.stumble")
    run_reactions(now, limit=1)
    tell("case.resolve")

    assert run_reactions(now + timedelta(hours=1), limit=1) == 1


@pytest.mark.django_db(transaction=True)
def test_a_reaction_that_kills_its_worker_is_not_the_first_thing_the_next_worker_meets(tell, now, monkeypatch):
    def kill(event):
        raise SystemExit  # to the database it looks like this when a process is killed

    monkeypatch.setitem(globals(), "write_and_stumble", kill)
    tell("case.stumble")
    tell("case.resolve")

    with pytest.raises(SystemExit):
        run_reactions(now, carefully=True)
    assert run_reactions(now, carefully=True) == 1

    killer = Delivery.objects.failing().get()
    assert (killer.attempts, killer.next_try) == (1, now + timedelta(seconds=5))
    assert killer.last_error == "Disappeared: the worker was killed while it did this"


@pytest.mark.django_db(transaction=True)
def test_taking_care_counts_no_failure_twice_and_leaves_no_trace_of_a_success(tell, now):
    tell("case.stumble")
    tell("case.resolve")

    assert run_reactions(now, carefully=True) == 1

    stumbled, resolved = Delivery.objects.order_by("pk")
    assert (stumbled.attempts, stumbled.last_error) == (2, "ZeroDivisionError: nobody divides by zero")
    assert (resolved.handled_at, resolved.last_error) == (now, "")


@pytest.mark.django_db
@pytest.mark.parametrize("meanwhile", [{"handled_at": MONDAY_10AM}, {"attempts": 1}])
def test_a_failure_says_nothing_about_what_another_worker_has_done_meanwhile(tell, now, meanwhile):
    tell("case.resolve")
    seen_by_us = Delivery.objects.get()
    Delivery.objects.update(**meanwhile)

    _postpone(seen_by_us, now, ZeroDivisionError())

    assert Delivery.objects.values("handled_at", "attempts", "last_error").get() == {
        "handled_at": None,
        "attempts": 0,
        "last_error": "",
        **meanwhile,
    }


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_two_workers_make_each_call_once(tell, now):
    for _number in range(30):
        tell("case.resolve")
    start = threading.Barrier(4)
    handled = []

    def work():
        start.wait()
        handled.append(run_reactions(now))
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert len(handled) == 4
    assert sum(handled) == 30
    assert calls() == 30
    assert not Delivery.objects.filter(handled_at=None).exists()
