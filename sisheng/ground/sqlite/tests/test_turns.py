"""Those who write to one file take turns, and whoever had a turn gives it back, however it ended."""

from __future__ import annotations

import gc
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing

import pytest
from django.db import IntegrityError, connections, transaction
from django.utils import translation

from sisheng.ground.refusals import TooMany
from sisheng.ground.sqlite.tests.conftest import DESK

pytestmark = pytest.mark.races


@pytest.fixture
def impatient(monkeypatch):
    """Nobody waits longer than half a second."""
    monkeypatch.setattr("sisheng.ground.sqlite.base.LONGEST_WAIT", 0.5)


def wait_until(condition, seconds=5):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.002)


def test_sixteen_threads_write_fifty_times_each_and_nobody_starves(notebook):
    start, waits = threading.Barrier(16), []

    def write_often(number):
        start.wait()
        for note in range(50):
            began = time.monotonic()
            (notebook.write_in_a_transaction if note % 2 else notebook.write)(f"{number}:{note}")
            waits.append(time.monotonic() - began)

    for number in range(16):
        notebook.somebody(write_often, number)
    notebook.wait_for_everybody()

    assert sorted(notebook.read()) == sorted(f"{number}:{note}" for number in range(16) for note in range(50))
    assert max(waits) < 2  # seconds; without a queue the unlucky one waits longer than all the others together take


@pytest.mark.parametrize("how", ["write", "write_in_a_transaction"])
def test_turns_come_in_the_order_in_which_people_came(notebook, how):
    with transaction.atomic(using=DESK):
        for number in range(12):
            notebook.somebody(getattr(notebook, how), str(number))
            wait_until(lambda number=number: notebook.queue_length == number + 1)
        notebook.write("first")
    notebook.wait_for_everybody()

    assert notebook.read() == ["first", *(str(number) for number in range(12))]


def test_another_process_writes_beside_sixteen_threads(notebook):
    program = """
import sqlite3, sys
file = sqlite3.connect(sys.argv[1], timeout=30, isolation_level=None)
for note in range(200):
    file.execute("INSERT INTO notes (words) VALUES (?)", [f"worker:{note}"])
"""
    worker = subprocess.Popen([sys.executable, "-c", program, notebook.path])
    for number in range(16):
        notebook.somebody(lambda number=number: [notebook.write_in_a_transaction(f"{number}:{n}") for n in range(25)])
    notebook.wait_for_everybody()

    assert worker.wait(30) == 0
    assert len(notebook.read()) == len(set(notebook.read())) == 16 * 25 + 200


def test_two_processes_may_be_the_first_at_a_new_file(tmp_path):
    """SQLite refuses at once, without waiting, while another connection switches the file to WAL."""
    program = """
import sys
from sisheng.ground.sqlite.base import DatabaseWrapper
from sisheng.config.environment import _sqlite
from django.db import connections
for number in range(30):
    file = f"{sys.argv[1]}/{number}.sqlite3"
    sys.stdin.readline()
    DatabaseWrapper(connections.configure_settings({"default": _sqlite(file)})["default"], "new").ensure_connection()
    print("open", flush=True)
"""
    command = [sys.executable, "-c", program, tmp_path]
    people = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    for _number in range(30):
        for person in people:
            person.stdin.write("go\n")
            person.stdin.flush()
        assert [person.stdout.readline() for person in people] == ["open\n", "open\n"]
    assert [(person.communicate()[0], person.wait()) for person in people] == [("", 0), ("", 0)]


@pytest.mark.parametrize("how", ["write", "write_in_a_transaction"])
def test_who_waits_too_long_is_told_so_in_a_sentence_and_nothing_is_written(notebook, impatient, how):
    told = []

    def write():
        try:
            getattr(notebook, how)("too late")
        except TooMany as refusal:
            with translation.override("en"):
                told.append((refusal.status, str(refusal)))

    with transaction.atomic(using=DESK):
        notebook.somebody(write).join()
    notebook.somebody(notebook.write, "later")
    notebook.wait_for_everybody()

    assert told == [(429, "The desk is very busy, and this was not saved. Please try again.")]
    assert notebook.read() == ["later"]


@pytest.mark.parametrize("how", ["write", "write_in_a_transaction"])
def test_waiting_for_another_process_has_an_end_too(notebook, impatient, how):
    with closing(sqlite3.connect(notebook.path, isolation_level=None)) as another_process:
        another_process.execute("BEGIN IMMEDIATE")
        with pytest.raises(TooMany):
            getattr(notebook, how)("too late")
        another_process.execute("COMMIT")

    getattr(notebook, how)("in time")
    assert notebook.read() == ["in time"]


def test_reading_waits_for_nobody(notebook, impatient):
    with transaction.atomic(using=DESK):
        notebook.write("not yet to be seen")
        seen = []
        notebook.somebody(lambda: seen.append(notebook.read())).join()

    assert seen == [[]]


# --- however a turn ends, the next one comes ---


def commit(notebook):
    notebook.write_in_a_transaction("kept")


def stumble(notebook):
    @transaction.atomic(using=DESK)
    def write_and_stumble():
        notebook.write("lost")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_and_stumble()


def ask_to_undo(notebook):
    with transaction.atomic(using=DESK):
        notebook.write("lost")
        transaction.set_rollback(True, using=DESK)


def write_nonsense(notebook):
    with pytest.raises(IntegrityError):
        notebook.write(None)


def write_nonsense_in_a_transaction(notebook):
    with pytest.raises(IntegrityError):
        notebook.write_in_a_transaction(None)


def fail_at_the_very_end(notebook):
    with connections[DESK].cursor() as cursor:
        cursor.execute(
            "CREATE TABLE replies (note INTEGER NOT NULL REFERENCES notes (id) DEFERRABLE INITIALLY DEFERRED)"
        )
    with pytest.raises(IntegrityError), transaction.atomic(using=DESK), connections[DESK].cursor() as cursor:
        cursor.execute("INSERT INTO replies VALUES (4711)")


def close_in_the_middle(notebook):
    with transaction.atomic(using=DESK):
        notebook.write("lost")
        connections[DESK].close()


def save_points(notebook):
    with transaction.atomic(using=DESK, durable=True):
        notebook.write("kept")
        with pytest.raises(IntegrityError), transaction.atomic(using=DESK):
            notebook.write(None)
        with transaction.atomic(using=DESK):
            notebook.write("kept too")


def write_after_the_commit(notebook):
    with transaction.atomic(using=DESK):
        transaction.on_commit(lambda: notebook.write("later"), using=DESK)


def steer_by_hand(notebook):
    connection = connections[DESK]
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    notebook.write("kept")
    connection.commit()
    connection.set_autocommit(True)


@pytest.mark.parametrize(
    "turn",
    [
        commit,
        stumble,
        ask_to_undo,
        write_nonsense,
        write_nonsense_in_a_transaction,
        fail_at_the_very_end,
        close_in_the_middle,
        save_points,
        write_after_the_commit,
        steer_by_hand,
    ],
)
def test_after_each_turn_comes_the_next(notebook, impatient, turn):
    turn(notebook)

    notebook.somebody(notebook.write_in_a_transaction, "next").join()

    assert notebook.read()[-1] == "next"
    assert "lost" not in notebook.read()


def test_inner_blocks_do_not_end_the_turn_of_the_outer_one(notebook):
    with transaction.atomic(using=DESK):
        with transaction.atomic(using=DESK):
            notebook.write("first")
        notebook.somebody(notebook.write, "second")
        wait_until(lambda: notebook.queue_length == 1)
        notebook.write("also first")
    notebook.wait_for_everybody()

    assert notebook.read() == ["first", "also first", "second"]


def test_a_thread_that_dies_in_the_middle_does_not_hold_up_the_others(notebook):
    def begin_and_die():
        connections[DESK].set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
        notebook.write("lost")
        kept_alive.append(connections[DESK])

    kept_alive = []
    dying = threading.Thread(target=begin_and_die)
    dying.start()
    dying.join()

    notebook.somebody(notebook.write_in_a_transaction, "next").join(5)

    assert notebook.read() == ["next"]
    kept_alive.clear()
    gc.collect()
