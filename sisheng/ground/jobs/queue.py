"""`@job("mail.send")` says how something is done; `enqueue("mail.send", {…})` says that it is to be done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from sisheng.ground.jobs.models import Job

Work = Callable[..., Any]
_known: dict[str, Work] = {}


class NoUse(Exception):
    """Raised by a job that can never succeed: it is given up at once instead of being tried again."""


def job(name: str) -> Callable[[Work], Work]:
    """Register a function as a job. It is called with its Job and the args; its return value must fit into JSON."""

    def register(work: Work) -> Work:
        if name in _known:
            raise ValueError(f"There are two jobs called “{name}”.")
        _known[name] = work
        return work

    return register


def work_called(name: str) -> Work:
    try:
        return _known[name]
    except KeyError:
        raise LookupError(f"Nobody knows how to do “{name}”.") from None


def enqueue(
    name: str,
    args: dict[str, Any],
    *,
    mall_id: int = 0,
    run_at: datetime | None = None,
    dedup: str = "",
    priority: int = 0,
    max_attempts: int = 8,
) -> Job:
    """Ask for something to be done, within the transaction of whoever asks: if that is undone, nobody asked.

    With a `dedup` key there is one unfinished job of this name; asking again gives that one.
    """
    new = Job(
        mall_id=mall_id,
        name=name,
        args=args,
        run_at=run_at,
        dedup=dedup,
        priority=priority,
        max_attempts=max_attempts,
    )
    try:
        with transaction.atomic():
            new.save(force_insert=True)
    except IntegrityError:
        asked = Job.objects.unfinished().filter(mall_id=mall_id, name=name, dedup=dedup).first() if dedup else None
        if asked is None:
            raise
        return asked
    return new
