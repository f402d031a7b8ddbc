from __future__ import annotations

import threading
import time
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from sisheng.ground.jobs.actions import forget_done, try_again
from sisheng.ground.jobs.models import LEASE, Job, LeaseLost, Status
from sisheng.ground.jobs.queue import NoUse, enqueue, job
from sisheng.ground.jobs.running import run_due

pytestmark = pytest.mark.django_db


@pytest.fixture
def done(jobs):
    """What the job "greet" has done."""
    greeted = []
    jobs["greet"] = lambda job, name: greeted.append(name)
    return greeted


def stumble(job, **args):
    raise ZeroDivisionError("nobody divides by zero")


def test_a_job_is_done_once_with_what_it_was_given(done, now):
    enqueue("greet", {"name": "王先生"})

    assert run_due(now, "worker") == 1
    assert run_due(now, "worker") == 0

    assert done == ["王先生"]
    job = Job.objects.get()
    assert (job.status, job.attempts, job.lease_until) == (Status.DONE, 1, None)


@pytest.mark.django_db(transaction=True)
def test_what_is_asked_in_an_act_that_is_undone_was_never_asked(done, now):
    with transaction.atomic():
        enqueue("greet", {"name": "王先生"})
        transaction.set_rollback(True)

    assert run_due(now, "worker") == 0
    assert done == []


def test_a_job_waits_for_its_time(done, now):
    enqueue("greet", {"name": "王先生"}, run_at=now + timedelta(hours=1))

    assert run_due(now, "worker") == 0
    assert run_due(now + timedelta(hours=1), "worker") == 1


def test_the_urgent_goes_first_and_otherwise_who_came_first(done, now):
    enqueue("greet", {"name": "first"})
    enqueue("greet", {"name": "second"})
    enqueue("greet", {"name": "urgent"}, priority=10)

    assert run_due(now, "worker", limit=10) == 3
    assert done == ["urgent", "first", "second"]


def test_a_worker_may_take_only_some(done, now):
    for number in range(3):
        enqueue("greet", {"name": number})

    assert run_due(now, "worker", limit=2) == 2
    assert done == [0, 1]


def test_the_same_request_is_one_job_until_it_is_done(done, now):
    first = enqueue("greet", {"name": "王先生"}, dedup="wang")
    assert enqueue("greet", {"name": "王先生"}, dedup="wang") == first
    assert enqueue("greet", {"name": "王先生"}, dedup="wang", mall_id=2) != first

    run_due(now, "worker", limit=10)

    assert enqueue("greet", {"name": "王先生"}, dedup="wang") != first


def test_another_broken_rule_is_not_taken_for_the_same_request():
    with pytest.raises(IntegrityError):
        enqueue("greet", {}, mall_id=None, dedup="wang")


def test_a_failed_job_is_tried_again_later_and_its_error_is_kept(jobs, now):
    jobs["stumble"] = stumble
    enqueue("stumble", {})

    run_due(now, "worker")

    job = Job.objects.get()
    assert (job.status, job.attempts) == (Status.WAITING, 1)
    assert job.last_error.startswith("ZeroDivisionError: nobody divides by zero\n")
    assert timedelta(seconds=7) < job.run_at - now < timedelta(seconds=13)


def test_the_waits_grow_to_an_hour_and_are_not_the_same_for_all(jobs, now):
    jobs["stumble"] = stumble
    for _number in range(20):
        enqueue("stumble", {}, max_attempts=30)

    waits = []
    for _attempt in range(15):
        run_due(now, "worker", limit=20)
        waits.append({round((job.run_at - now).total_seconds()) for job in Job.objects.all()})
        now += timedelta(hours=2)

    assert max(waits[0]) < 14
    assert 28 < min(waits[2]) < max(waits[2]) < 52
    assert 2690 < min(waits[-1]) < max(waits[-1]) < 4510
    assert len(waits[-1]) > 5


def test_after_its_last_attempt_a_job_is_given_up_and_somebody_may_try_it_again(jobs, done, now):
    jobs["stumble"] = stumble
    enqueue("stumble", {}, max_attempts=2)

    for _attempt in range(3):
        run_due(now, "worker")
        now += timedelta(hours=1)

    job = Job.objects.dead().get()
    assert job.attempts == 2
    assert "ZeroDivisionError" in job.last_error

    jobs["stumble"] = lambda job: done.append("mended")
    assert try_again(job)
    assert not try_again(job)
    run_due(now, "worker")
    assert done == ["mended"]


def test_what_can_never_succeed_is_given_up_at_once(jobs, now):
    def send(job):
        raise NoUse("There is no such number.")

    jobs["send"] = send
    enqueue("send", {})

    run_due(now, "worker")

    assert Job.objects.dead().get().attempts == 1


def test_what_nobody_knows_how_to_do_is_said_so(now):
    enqueue("unheard of", {})

    run_due(now, "worker")

    assert "Nobody knows how to do “unheard of”." in Job.objects.get().last_error


@pytest.mark.django_db(transaction=True)
def test_a_result_that_cannot_be_kept_is_a_failure(jobs, now):
    jobs["odd"] = lambda job: object()
    enqueue("odd", {})

    run_due(now, "worker")

    assert "TypeError" in Job.objects.get().last_error


def test_one_failing_job_does_not_stop_the_others(jobs, done, now):
    jobs["stumble"] = stumble
    enqueue("stumble", {})
    enqueue("greet", {"name": "王先生"})

    assert run_due(now, "worker", limit=10) == 2
    assert done == ["王先生"]


def test_two_jobs_of_one_name_are_a_mistake():
    with pytest.raises(ValueError, match="two jobs called “timetable”"):
        job("timetable")(stumble)


def test_whoever_waits_sees_how_far_it_is(jobs, now):
    seen = []

    def export(job):
        job.report(0, 3, "正在导出")
        seen.append(Job.objects.get().progress)
        job.report(1, 3)  # so soon again that it is not written
        seen.append(Job.objects.get().progress)
        job.report(3, 3, "完成")
        seen.append(Job.objects.get().progress)

    jobs["export"] = export
    enqueue("export", {})

    run_due(now, "worker")

    assert seen == [(0, 3), (0, 3), (3, 3)]
    assert Job.objects.get().sentence == "完成"


def test_a_worker_that_fell_silent_loses_its_job_to_another(jobs, done, now):
    enqueue("greet", {"name": "王先生"})
    Job.objects.update(status=Status.RUNNING, worker="silent", attempts=1, lease_until=now + LEASE)

    assert run_due(now + LEASE, "worker") == 0
    assert run_due(now + LEASE + timedelta(seconds=1), "worker") == 1

    assert done == ["王先生"]
    assert (Job.objects.get().attempts, Job.objects.get().worker) == (2, "worker")


@pytest.mark.parametrize(("thief", "attempt"), [("another", 2), ("slow", 2), ("another", 1)])
def test_a_worker_that_is_too_late_does_not_write_over_the_others_work(jobs, now, thief, attempt):
    """Also when it is the same worker's next attempt, or another's after one that did not count."""

    def slow(job):
        Job.objects.update(worker=thief, attempts=attempt)

    jobs["slow"] = slow
    enqueue("slow", {})

    assert run_due(now, "slow") == 1

    job = Job.objects.get()
    assert (job.status, job.worker, job.attempts) == (Status.RUNNING, thief, attempt)


def test_a_worker_that_is_too_late_is_stopped_at_its_next_report(jobs, now):
    stopped = []

    def slow(job):
        Job.objects.update(worker="another", attempts=2)
        try:
            job.report(1, 1)
        except LeaseLost:
            stopped.append(True)
            raise

    jobs["slow"] = slow
    enqueue("slow", {})

    run_due(now, "slow")

    assert stopped == [True]
    assert Job.objects.get().last_error == ""


def test_a_job_that_kills_its_workers_is_given_up_in_the_end(done, now):
    enqueue("greet", {"name": "poison"}, max_attempts=3)
    Job.objects.update(status=Status.RUNNING, worker="third victim", attempts=3, lease_until=now)

    assert run_due(now + timedelta(seconds=1), "worker") == 0

    assert done == []
    assert Job.objects.dead().get().last_error == "Its worker disappeared each time."


def test_a_worker_that_is_told_to_stop_hands_its_job_back(jobs, done, now):
    def stop(job, **args):
        raise KeyboardInterrupt

    jobs["stop"] = stop
    enqueue("stop", {})

    with pytest.raises(KeyboardInterrupt):
        run_due(now, "worker")

    job = Job.objects.get()
    assert (job.status, job.attempts, job.lease_until) == (Status.WAITING, 0, None)


@pytest.mark.django_db(transaction=True)
def test_the_lease_of_a_long_job_is_renewed(jobs, now, monkeypatch):
    monkeypatch.setattr("sisheng.ground.jobs.running.LEASE", timedelta(seconds=0.3))
    monkeypatch.setattr("sisheng.ground.jobs.models.LEASE", timedelta(seconds=0.3))

    def take_long(job):
        began = Job.objects.get().lease_until
        deadline = time.monotonic() + 10
        while Job.objects.get().lease_until < began + timedelta(seconds=0.5):
            assert time.monotonic() < deadline, "the lease ran out"
            time.sleep(0.02)

    jobs["take_long"] = take_long
    enqueue("take_long", {})

    run_due(now, "worker")

    assert Job.objects.get().status == Status.DONE
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("lease of")]


def test_what_was_done_long_ago_is_forgotten_but_not_what_was_given_up(done, now):
    enqueue("greet", {"name": "long ago"})
    enqueue("unheard of", {}, max_attempts=1)
    run_due(now, "worker", limit=2)
    a_month_later = now + timedelta(days=30, minutes=1)
    enqueue("greet", {"name": "waiting"}, run_at=a_month_later + timedelta(days=1))
    enqueue("greet", {"name": "just now"})
    run_due(a_month_later, "worker")

    forget_done(a_month_later)

    assert list(Job.objects.order_by("pk").values_list("status", flat=True)) == [
        Status.DEAD,
        Status.WAITING,
        Status.DONE,
    ]


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_several_workers_do_each_job_once(jobs, now, at_once):
    done = []
    jobs["note"] = lambda job, number: done.append(number)
    for number in range(40):
        enqueue("note", {"number": number})

    counts = at_once(4, lambda who: run_due(now, f"worker {who}", limit=40))

    assert sum(counts) == 40
    assert sorted(done) == list(range(40))
    assert set(Job.objects.values_list("attempts", "status")) == {(1, Status.DONE)}


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_several_people_who_ask_for_the_same_get_one_job(at_once):
    asked = at_once(6, lambda who: enqueue("note", {"number": who}, dedup="once").pk)

    assert len(set(asked)) == 1
    assert Job.objects.count() == 1
