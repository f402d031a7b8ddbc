"""A write fails, or another worker comes in between two statements."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection

WRITES = ("INSERT", "UPDATE", "DELETE")


class Broken(Exception):
    """The database has refused a write, or the process is gone."""


class Writes:
    """Counts the writes that pass, and breaks the one whose turn it is (1 is the first; 0 breaks none)."""

    def __init__(self, breaks_at: int = 0) -> None:
        self.seen, self.breaks_at = 0, breaks_at

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().startswith(WRITES):
            self.seen += 1
            if self.seen == self.breaks_at:
                raise Broken(f"write {self.seen}: {sql[:60]}")
        return execute(sql, params, many, context)


@contextmanager
def breaking(at: int) -> Iterator[Writes]:
    writes = Writes(at)
    with connection.execute_wrapper(writes):
        yield writes


@contextmanager
def somebody_between(at: int, other: Callable[[], object]) -> Iterator[None]:
    """Before the statement of that number, somebody else does the whole of their work."""
    seen, is_busy = 0, False

    def between(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal seen, is_busy
        if not is_busy:
            seen += 1
            if seen == at:
                is_busy = True
                other()
                is_busy = False
        return execute(sql, params, many, context)

    with connection.execute_wrapper(between):
        yield


def everything() -> dict[str, list[Any]]:
    """All that is kept, table by table."""
    kept = {}
    with connection.cursor() as cursor:
        for model in apps.get_models():
            if not model._meta.managed or model._meta.proxy:
                continue
            table = connection.ops.quote_name(model._meta.db_table)
            key = connection.ops.quote_name(model._meta.pk.column)
            cursor.execute(f"SELECT * FROM {table} ORDER BY {key}")  # noqa: S608  (our own tables)
            if rows := cursor.fetchall():
                kept[model._meta.label] = rows
    return kept


def what_differs(before: dict[str, list[Any]], after: dict[str, list[Any]]) -> list[str]:
    return [name for name in sorted({*before, *after}) if before.get(name) != after.get(name)]
