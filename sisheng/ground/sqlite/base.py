"""SQLite as a server's database: the threads of a process take turns at writing, in the order in which they came.

SQLite lets one connection write at a time; the others ask again and again, with ever longer pauses, so that an unlucky
one waits for seconds (performance.md P4). Here a thread queues before it begins to write and goes on when its turn has
come. Only other processes are met at the file itself; they ask again every millisecond.
"""

from __future__ import annotations

import re
import sqlite3
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from random import uniform
from typing import Any, TypeVar

from django.db.backends.sqlite3.base import DatabaseWrapper as DjangoWrapper
from django.db.backends.sqlite3.base import SQLiteCursorWrapper
from django.utils.translation import gettext_lazy as _

from sisheng.ground.refusals import TooMany
from sisheng.ground.sqlite.turnstile import Turn, turnstile_of

LONGEST_WAIT = 15.0  # seconds, in the queue and at the file together
PAUSE = (0.0002, 0.0008)  # seconds between two questions to the file
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|BEGIN (IMMEDIATE|EXCLUSIVE))\b", re.IGNORECASE)

Result = TypeVar("Result")


class DatabaseWrapper(DjangoWrapper):
    """A connection that holds its turn from BEGIN until COMMIT, ROLLBACK or its own end."""

    def __init__(self, *settings: Any, **more: Any) -> None:
        super().__init__(*settings, **more)
        self._turn: Turn | None = None
        self._deadline = 0.0

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection; two processes may be the first ones at a new file, which SQLite does not let them wait for."""
        self._deadline = time.monotonic() + LONGEST_WAIT
        return self._until_free(lambda: super(DatabaseWrapper, self).get_new_connection(conn_params))

    def create_cursor(self, name: str | None = None) -> Any:
        return self.connection.cursor(factory=partial(_Cursor, self))

    @contextmanager
    def turn(self) -> Iterator[None]:
        """For one statement, unless a transaction holds the turn anyway."""
        holds_it = self._turn is not None
        if not holds_it:
            self._queue_up()
        try:
            yield
        finally:
            if not holds_it:
                self._give_way()

    def patiently(self, write: Callable[[], Result]) -> Result:
        """Write as soon as no other process does; raises TooMany when that takes too long."""
        usual = int(self.settings_dict["OPTIONS"].get("timeout", 5) * 1000)
        self.connection.execute("PRAGMA busy_timeout = 0")
        try:
            return self._until_free(write)
        finally:
            self.connection.execute(f"PRAGMA busy_timeout = {usual}")

    def _until_free(self, attempt: Callable[[], Result]) -> Result:
        while True:
            try:
                return attempt()
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                    raise
                if time.monotonic() > self._deadline:
                    raise _too_busy() from error
            time.sleep(uniform(*PAUSE))  # noqa: S311 (not a secret)

    def _start_transaction_under_autocommit(self) -> None:
        if not getattr(self, "transaction_mode", None):  # it may only want to read
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
            return
        self._queue_up()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._give_way()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        self._give_way()

    def _rollback(self) -> None:
        super()._rollback()  # type: ignore[misc]
        self._give_way()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._give_way()

    def _queue_up(self) -> None:
        self._deadline = time.monotonic() + LONGEST_WAIT
        turn = Turn(let_go=partial(_roll_back, weakref.ref(self)))
        if not turnstile_of(self.settings_dict["NAME"]).enter(turn, self._deadline):
            raise _too_busy()
        self._turn = turn

    def _give_way(self) -> None:
        turn, self._turn = self._turn, None
        if turn:
            turnstile_of(self.settings_dict["NAME"]).leave(turn)


class _Cursor(SQLiteCursorWrapper):
    def __init__(self, database: DatabaseWrapper, connection: sqlite3.Connection) -> None:
        super().__init__(connection)
        self._database = database

    def execute(self, query: str, params: Any = None) -> Any:
        run = partial(super().execute, query, params)
        if self.connection.in_transaction or not WRITES.match(query):
            return run()
        with self._database.turn():
            return self._database.patiently(run)


def _roll_back(wrapper: weakref.ref[DatabaseWrapper]) -> None:
    """Undo what a thread had begun that has died meanwhile."""
    if (database := wrapper()) and database.connection:
        database.connection.rollback()


def _too_busy() -> TooMany:
    return TooMany(_("The desk is very busy, and this was not saved. Please try again."))
