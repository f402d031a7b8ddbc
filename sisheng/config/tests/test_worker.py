"""`sisheng work`: what happens by itself."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from sisheng.config import worker
from sisheng.config.worker import LONGEST_PAUSE, PACE, Loop
from sisheng.ground.act import SYSTEM
from sisheng.ground.events.models import Event, Seal
from sisheng.ground.events.verifying import verify
from sisheng.ground.jobs import queue
from sisheng.ground.jobs.models import Job, Schedule, Status, Worker
from sisheng.ground.jobs.queue import enqueue
from tests.processes import same_database

rung, followed = [], []


def ring(at):
    rung.append(at)


def follow(event):
    followed.append(event.kind)


def stumble(*_anything):
    raise ZeroDivisionError


RING = f"{__name__}.ring"
TIMETABLE = {RING: "every 2 seconds"}
REACTIONS = {"case.open": [f"{__name__}.follow"]}
MISSPELT = {f"{__name__}.rang": "every 2 seconds"}


@pytest.fixture(autouse=True)
def _tables(settings, monkeypatch):
    settings.SISHENG_TIMETABLE = f"{__name__}.TIMETABLE"
    settings.SISHENG_REACTIONS = f"{__name__}.REACTIONS"
    monkeypatch.setattr(queue, "_known", {"greet": lambda job: followed.append("greeted")})
    rung.clear()
    followed.clear()


@pytest.fixture
def something_to_do(act, now):
    """One entry of the timetable is due, one event waits to be followed, one job to be done."""
    Schedule.objects.create(path=RING, last_at=now - timedelta(days=400))
    with transaction.atomic():
        Event.record("case.open", "case:1", act(SYSTEM), mall_id=1)
        enqueue("greet", {})


@pytest.mark.django_db
def test_one_round_rings_follows_does_and_seals(something_to_do):
    call_command("work", "--once")

    assert len(rung) == 1
    assert followed == ["case.open", "greeted"]
    assert Seal.objects.get().count == 1
    assert verify() == []
    assert not Worker.objects.exists()


@pytest.mark.django_db
def test_once_follows_everything_that_waits_also_when_that_takes_longer_than_a_round(act, monkeypatch):
    monkeypatch.setattr(worker, "PACE", 0)
    with transaction.atomic():
        for number in range(2 * worker.AT_ONCE + 1):
            Event.record("case.open", f"case:{number}", act(SYSTEM), mall_id=1)

    call_command("work", "--once")

    assert len(followed) == 2 * worker.AT_ONCE + 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("broken", ["keep_timetable", "run_reactions"])
def test_what_fails_does_not_stop_the_rest(something_to_do, monkeypatch, broken):
    monkeypatch.setattr(worker, broken, stumble)

    Loop(TIMETABLE).once()

    assert "greeted" in followed
    assert Seal.objects.exists()
    assert bool(rung) == (broken != "keep_timetable")


@pytest.mark.django_db
def test_a_misspelt_timetable_is_not_begun(settings):
    settings.SISHENG_TIMETABLE = f"{__name__}.MISSPELT"

    with pytest.raises(CommandError, match="rang: there is no such function"):
        call_command("work", "--once")


@pytest.mark.django_db(transaction=True)
def test_while_nothing_works_it_asks_ever_more_slowly_and_is_quick_again_afterwards(monkeypatch):
    outcomes, rests = [False] * 7 + [True, False], []
    loop = Loop({})

    def play():
        works = outcomes.pop(0)
        if not outcomes:
            loop.stop()
        return works

    monkeypatch.setattr(loop, "_round", play)
    monkeypatch.setattr(loop, "_do_jobs", lambda: None)
    monkeypatch.setattr(loop, "_sleep", rests.append)

    assert loop.run()

    assert rests == [2, 4, 8, 16, LONGEST_PAUSE, LONGEST_PAUSE, LONGEST_PAUSE, PACE, 2]


@pytest.mark.django_db
@pytest.mark.parametrize(("number", "is_careful", "rests"), [(0, False, []), (1, True, []), (3, True, [8.0])])
def test_after_workers_were_killed_it_takes_care(monkeypatch, now, number, is_careful, rests):
    here, gone = socket.gethostname(), _a_process_that_is_gone()
    for which in range(number):
        Worker.objects.create(name=f"{here}:{gone}:{which}", started_at=now, seen_at=now)
    Worker.objects.create(name=f"{here}:{os.getppid()}:a", started_at=now, seen_at=now)  # it lives
    Worker.objects.create(name=f"elsewhere:{gone}:b", started_at=now, seen_at=now)  # who knows
    Worker.objects.create(name=f"{here}:{gone}:c", started_at=now, seen_at=now - timedelta(hours=1))  # long ago
    loop, rested = Loop({}, clock=lambda: now), []
    monkeypatch.setattr(loop, "_sleep", rested.append)

    loop._beware_of_what_kills()

    assert (loop._careful_until > 0) == is_careful
    assert rested == rests


def _a_process_that_is_gone() -> int:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_a_long_job_does_not_hold_up_the_clocks(monkeypatch):
    rang_meanwhile = threading.Event()
    monkeypatch.setitem(globals(), "ring", lambda at: rang_meanwhile.set())
    queue._known["export"] = lambda job: rang_meanwhile.wait(10)
    enqueue("export", {})
    loop = Loop({RING: "every 1 seconds"})
    running = threading.Thread(target=_run_and_close, args=[loop])
    running.start()

    assert rang_meanwhile.wait(10)
    loop.stop()
    running.join(10)

    job = Job.objects.get()
    assert (job.status, job.result) == (Status.DONE, True)


def _run_and_close(loop):
    try:
        loop.run()
    finally:
        connection.close()


PROGRAM = """
import time
import django
django.setup()
from django.core.management import call_command
from sisheng.ground.jobs.queue import job

@job("sleep")
def sleep(job):
    print("asleep", flush=True)
    time.sleep(60)

call_command("work")
"""


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("busy", [False, True])
def test_a_worker_that_is_told_to_stop_is_soon_gone_and_leaves_nothing_undone(busy):
    if busy:
        enqueue("sleep", {})
    command = [sys.executable, "-c", PROGRAM]
    with subprocess.Popen(command, env=same_database(), stdout=subprocess.PIPE, text=True) as process:
        while "asleep" not in (line := process.stdout.readline()) and busy:
            assert line, "it ended by itself"
        _wait_until(lambda: Worker.objects.exists())

        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0  # by itself; how soon is for a bench to say, on a machine that does nothing else

    assert not Worker.objects.exists()
    for job in Job.objects.all():
        assert (job.status, job.attempts, job.lease_until) == (Status.WAITING, 0, None)


def _wait_until(condition):
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)
