from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from conftest import SHANGHAI
from sisheng.ground.jobs.models import Job, Schedule
from sisheng.ground.jobs.running import run_due
from sisheng.ground.jobs.timetable import due_now, keep_timetable, problems

rung = []


def ring(at):
    rung.append(at)


def stumble(at):
    raise ZeroDivisionError("nobody divides by zero")


RING, STUMBLE = f"{__name__}.ring", f"{__name__}.stumble"


@pytest.fixture(autouse=True)
def _nothing_rung_yet():
    rung.clear()


def november(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("when", "last", "now", "is_due"),
    [
        ("every 2 seconds", november(23, 10), november(23, 10) + timedelta(seconds=1.9), False),
        ("every 2 seconds", november(23, 10), november(23, 10) + timedelta(seconds=2), True),
        ("every 5 minutes", november(23, 10), november(23, 10, 4), False),
        ("every 5 minutes", november(23, 10), november(23, 10, 5), True),
        ("30 3 * * *", november(22, 3, 30), november(23, 3, 29), False),
        ("30 3 * * *", november(22, 3, 30), november(23, 3, 30), True),
        ("30 3 * * *", november(20, 3, 30), november(23, 12), True),  # the machine was off for three days
        ("0 9 * * MON", november(22, 12), november(22, 23), False),
        ("0 9 * * MON", november(22, 12), november(23, 9), True),
        ("every 2 seconds", november(23, 10), november(23, 9), True),  # the clock was set back
        ("30 3 * * *", november(23, 3, 30), november(22, 12), True),
        ("30 3 * * *", november(23, 3, 30), november(23, 3, 30) - timedelta(milliseconds=5), False),  # only a little
    ],
)
def test_an_entry_is_due_when_its_time_has_come(when, last, now, is_due):
    assert due_now({"x": when}, {"x": last}, now) == (["x"] if is_due else [])


def test_a_new_entry_counts_from_when_it_is_first_seen(now):
    assert due_now({"x": "every 2 seconds"}, {}, now) == []


def test_a_misspelt_timetable_is_noticed_before_it_is_kept():
    assert problems({RING: "every 2 seconds", STUMBLE: "30 3 * * *"}) == []
    assert problems({RING: "every now and then"}) == [
        f"{RING}: “every now and then” is neither “every N seconds” nor a cron expression."
    ]
    assert problems({f"{__name__}.rang": "every 2 seconds"}) == [f"{__name__}.rang: there is no such function."]


@pytest.mark.django_db
def test_what_comes_every_few_seconds_is_called_by_the_worker_itself(now):
    timetable = {RING: "every 2 seconds"}

    assert keep_timetable(timetable, now) == 0
    now += timedelta(seconds=2)
    assert keep_timetable(timetable, now) == 1
    assert keep_timetable(timetable, now) == 0

    assert rung == [now]


@pytest.mark.django_db
def test_what_comes_at_its_hour_is_a_job_so_that_it_is_not_forgotten_when_it_fails(now):
    timetable = {STUMBLE: "30 3 * * *"}
    keep_timetable(timetable, now)
    now += timedelta(days=1)

    assert keep_timetable(timetable, now) == 1
    run_due(now, "worker")

    job = Job.objects.get()
    assert (job.attempts, job.args) == (1, {"path": STUMBLE})
    assert "ZeroDivisionError" in job.last_error


@pytest.mark.django_db
def test_the_job_of_an_hour_is_told_what_time_it_is(now):
    keep_timetable({RING: "30 3 * * *"}, now)
    now += timedelta(days=1)
    keep_timetable({RING: "30 3 * * *"}, now)

    run_due(now, "worker")

    (at,) = rung
    assert now <= at < now + timedelta(seconds=5)


@pytest.mark.django_db
def test_what_fails_is_shown_until_it_succeeds_and_stops_nothing_else(now, monkeypatch):
    timetable = {STUMBLE: "every 2 seconds", RING: "every 2 seconds"}
    keep_timetable(timetable, now)

    assert keep_timetable(timetable, now + timedelta(seconds=2)) == 2
    assert len(rung) == 1
    assert Schedule.objects.get(path=STUMBLE).last_error == "ZeroDivisionError: nobody divides by zero"

    monkeypatch.setitem(globals(), "stumble", ring)
    keep_timetable(timetable, now + timedelta(seconds=4))
    assert Schedule.objects.get(path=STUMBLE).last_error == ""


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("when", ["every 2 seconds", "30 3 * * *"])
def test_several_workers_begin_an_entry_once(now, at_once, when):
    keep_timetable({RING: when}, now)

    begun = at_once(4, lambda who: keep_timetable({RING: when}, now + timedelta(days=1)))

    assert sorted(begun) == [0, 0, 0, 1]
    assert len(rung) + Job.objects.count() == 1
