"""A worker is killed in the middle of a job, as by the machine running out of memory."""

from __future__ import annotations

import signal
import subprocess
import sys
from datetime import timedelta

import pytest

from sisheng.ground.jobs.models import LEASE, Job, Status
from sisheng.ground.jobs.queue import enqueue
from sisheng.ground.jobs.running import run_due
from tests.processes import same_database

WORKER = """
import sys, time
from datetime import datetime
import django
django.setup()
from sisheng.ground.jobs.queue import job
from sisheng.ground.jobs.running import run_due

@job("sleep")
def sleep(job):
    print("asleep", flush=True)
    time.sleep(60)

run_due(datetime.fromisoformat(sys.argv[1]), "victim")
"""


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_another_worker_does_what_a_killed_one_left(jobs, now):
    done = []
    jobs["sleep"] = lambda job: done.append(job.attempts)
    enqueue("sleep", {})

    victim = subprocess.Popen(
        [sys.executable, "-c", WORKER, now.isoformat()], env=same_database(), stdout=subprocess.PIPE, text=True
    )
    assert victim.stdout.readline() == "asleep\n"
    victim.send_signal(signal.SIGKILL)
    victim.communicate()

    assert run_due(now + timedelta(seconds=30), "worker") == 0  # perhaps it is only slow
    assert run_due(now + LEASE + timedelta(seconds=30), "worker") == 1

    assert done == [2]
    job = Job.objects.get()
    assert (job.status, job.attempts, job.worker) == (Status.DONE, 2, "worker")
