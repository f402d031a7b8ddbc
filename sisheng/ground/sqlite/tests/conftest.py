from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.db import connections, transaction

from sisheng.config.environment import _sqlite
from sisheng.ground.sqlite.turnstile import turnstile_of

DESK = "desk"  # the alias of the file that these tests write to, whatever the other tests use


@dataclass
class Notebook:
    """One SQLite file with notes, set up as the product sets up its own."""

    path: Path
    _threads: list[threading.Thread] = field(default_factory=list)

    def write(self, words: str) -> None:
        """As Django's ORM writes one row: without a transaction."""
        with connections[DESK].cursor() as cursor:
            cursor.execute("INSERT INTO notes (words) VALUES (%s)", [words])

    def write_in_a_transaction(self, words: str) -> None:
        with transaction.atomic(using=DESK):
            self.write(words)

    def read(self) -> list[str]:
        with connections[DESK].cursor() as cursor:
            return [words for (words,) in cursor.execute("SELECT words FROM notes ORDER BY id").fetchall()]

    @property
    def queue_length(self) -> int:
        return len(turnstile_of(str(self.path))._queue)

    def somebody(self, does: Callable[..., Any], *what: Any) -> threading.Thread:
        """Somebody else does this, in a thread with a connection of their own."""

        def run():
            try:
                does(*what)
            finally:
                connections[DESK].close()

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        self._threads.append(thread)
        return thread

    def wait_for_everybody(self) -> None:
        for thread in self._threads:
            thread.join(30)
            assert not thread.is_alive()


@pytest.fixture
def notebook(tmp_path, django_db_blocker):
    path = tmp_path / "desk.sqlite3"
    connections.settings[DESK] = connections.configure_settings({"default": {}, DESK: _sqlite(str(path))})[DESK]
    with django_db_blocker.unblock():
        with connections[DESK].cursor() as cursor:
            cursor.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, words TEXT NOT NULL)")
        notebook = Notebook(path)
        yield notebook
        notebook.wait_for_everybody()
        connections[DESK].close()
    del connections.settings[DESK]
    del connections[DESK]
