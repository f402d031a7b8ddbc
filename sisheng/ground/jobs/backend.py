"""Our jobs behind the API that Django will have: `@task` and `.enqueue()` of django-tasks."""

from __future__ import annotations

from typing import Any

from django.utils.module_loading import import_string
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskContext, TaskError, TaskResult, TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist

from sisheng.ground.jobs.models import Job, Status
from sisheng.ground.jobs.queue import enqueue, job

NAME = "task"

_STATUS = {
    Status.WAITING: TaskResultStatus.READY,
    Status.RUNNING: TaskResultStatus.RUNNING,
    Status.DONE: TaskResultStatus.SUCCESSFUL,
    Status.DEAD: TaskResultStatus.FAILED,
}


class Backend(BaseTaskBackend):
    supports_defer = True
    supports_get_result = True
    supports_priority = True

    def enqueue(self, task: Task, args: Any, kwargs: Any) -> TaskResult:
        self.validate_task(task)
        said = {"path": task.module_path, "args": list(args), "kwargs": kwargs}
        return _result(enqueue(NAME, said, run_at=task.run_after, priority=task.priority), self.alias)

    def get_result(self, result_id: str) -> TaskResult:
        asked = Job.objects.filter(pk=result_id, name=NAME).first() if result_id.isdecimal() else None
        if asked is None:
            raise TaskResultDoesNotExist(result_id)
        return _result(asked, self.alias)


@job(NAME)
def run_task(job: Job, path: str, args: list[Any], kwargs: dict[str, Any]) -> Any:
    task: Task = import_string(path)
    if task.takes_context:
        return task.call(TaskContext(task_result=_result(job, task.backend)), *args, **kwargs)
    return task.call(*args, **kwargs)


def _result(job: Job, alias: str) -> TaskResult:
    result: TaskResult = TaskResult(
        task=import_string(job.args["path"]),
        id=str(job.pk),
        status=_STATUS[Status(job.status)],
        enqueued_at=job.enqueued_at,
        started_at=None,
        last_attempted_at=None,
        finished_at=job.finished_at,
        args=job.args["args"],
        kwargs=job.args["kwargs"],
        backend=alias,
        errors=_errors(job),
        worker_ids=[job.worker] * job.attempts,
    )
    object.__setattr__(result, "_return_value", job.result)  # as django-tasks' own backends do: it is frozen
    return result


def _errors(job: Job) -> list[TaskError]:
    # Our jobs keep the words of an error, not its class.
    return [TaskError(exception_class_path="builtins.Exception", traceback=job.last_error)] if job.last_error else []
