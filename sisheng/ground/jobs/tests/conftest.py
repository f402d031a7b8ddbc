from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from sisheng.ground.jobs import queue


@pytest.fixture(autouse=True)
def jobs(monkeypatch):
    """What can be done in a test: `jobs["greet"] = lambda job, name: …`."""
    known = dict(queue._known)
    monkeypatch.setattr(queue, "_known", known)
    return known


@pytest.fixture
def at_once():
    """Several people do the same at the same moment: `at_once(4, run)`; what each of them got."""

    def go(number: int, does: Callable[[int], Any]) -> list[Any]:
        start, results = threading.Barrier(number), []

        def run(who: int) -> None:
            start.wait()
            try:
                results.append(does(who))
            finally:
                connection.close()

        threads = [threading.Thread(target=run, args=[who]) for who in range(number)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert len(results) == number
        return results

    return go
