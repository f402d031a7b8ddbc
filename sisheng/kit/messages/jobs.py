"""The jobs of this app."""

from __future__ import annotations

from sisheng.ground.jobs.models import Job
from sisheng.ground.jobs.queue import job
from sisheng.kit.messages.sending import ROUND, send_due


@job(ROUND)
def go_round(job: Job) -> int:
    return send_due(job.now)
