"""Our jobs through the API of django-tasks."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django_tasks import TaskResultStatus, task
from django_tasks.exceptions import TaskResultDoesNotExist

from sisheng.ground.jobs.models import Job
from sisheng.ground.jobs.running import run_due

pytestmark = pytest.mark.django_db


@task
def greet(name, *, loudly=False):
    return f"{name}!" if loudly else name


@task(takes_context=True)
def count(context):
    return context.attempt


@task
def stumble():
    raise ZeroDivisionError("nobody divides by zero")


def test_a_task_is_done_by_the_worker_and_its_result_is_kept(now):
    result = greet.enqueue("王先生", loudly=True)
    assert result.status == TaskResultStatus.READY

    assert run_due(now, "worker") == 1

    result.refresh()
    assert (result.status, result.return_value, result.attempts) == (TaskResultStatus.SUCCESSFUL, "王先生!", 1)
    assert greet.get_result(result.id).return_value == "王先生!"


def test_a_task_can_wait_and_be_urgent(now):
    greet.using(run_after=now + timedelta(hours=1)).enqueue("later")
    first = greet.enqueue("first")
    urgent = greet.using(priority=50).enqueue("urgent")

    assert run_due(now, "worker") == 1
    first.refresh()
    urgent.refresh()
    assert (first.is_finished, urgent.is_finished) == (False, True)
    assert run_due(now, "worker", limit=10) == 1
    assert run_due(now + timedelta(hours=1), "worker", limit=10) == 1


def test_a_task_may_ask_which_attempt_it_is(now):
    result = count.enqueue()
    run_due(now, "worker")
    result.refresh()
    assert result.return_value == 1


def test_a_task_that_is_given_up_says_why(now):
    result = stumble.enqueue()
    Job.objects.update(max_attempts=1)

    run_due(now, "worker")

    result.refresh()
    assert result.status == TaskResultStatus.FAILED
    assert "ZeroDivisionError: nobody divides by zero" in result.errors[0].traceback


@pytest.mark.parametrize("unknown", ["4711", "no number"])
def test_a_result_that_does_not_exist_is_said_so(unknown):
    with pytest.raises(TaskResultDoesNotExist):
        greet.get_result(unknown)
