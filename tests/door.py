"""The test runner's own door past the triggers, so that tests with real commits can be swept up after.

It is here and not in the package: nothing that is installed can take the triggers down
(sisheng/ground/events/tests/test_triggers.py proves it).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connections

from sisheng.ground.events.triggers import missing_triggers, put_up, triggers


@pytest.fixture(autouse=True, scope="session")
def _flush_goes_through_the_door() -> Iterator[None]:
    from django.core.management.commands.flush import Command

    flush = Command.handle

    def flush_with_the_triggers_down(self: Any, **options: Any) -> None:
        with triggers_down(connections[options["database"]]):
            flush(self, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Command, "handle", flush_with_the_triggers_down)
        yield


@contextmanager
def triggers_down(connection: Any) -> Iterator[None]:
    """For as long as this lasts, anybody may change what happened."""
    missing = {trigger.name for trigger in missing_triggers(connection)}
    _finish_checks(connection)
    with connection.cursor() as cursor:
        for trigger in triggers(connection.vendor):
            if trigger.name not in missing:
                on = f" ON {trigger.table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER {trigger.name}{on}")
    try:
        yield
    finally:
        _finish_checks(connection)
        put_up(connection)


def _finish_checks(connection: Any) -> None:
    # PostgreSQL does not touch the triggers of a table while deferred checks of it are still to come.
    if connection.vendor == "postgresql" and connection.in_atomic_block:
        connection.check_constraints()
