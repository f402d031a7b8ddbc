"""The jobs of this app: what the timetable asks for, and tasks of django-tasks."""

from sisheng.ground.jobs.backend import run_task
from sisheng.ground.jobs.timetable import call_at_its_hour

__all__ = ["call_at_its_hour", "run_task"]
