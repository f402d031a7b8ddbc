"""What happened stays as it is: the database itself refuses to change or delete it.

There is no way in this package to take the triggers down again. On SQLite, a migration that alters one of these tables
rebuilds it and loses its triggers, so it must end with `put_up`; `sisheng doctor` asks whether they are there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

INSERT_ONLY = ("events_event", "events_seal")
ERASABLE = ("events_eventdetail",)  # may be deleted, but not altered


@dataclass(frozen=True)
class Trigger:
    name: str
    table: str
    sql: str


def put_up(connection: Any) -> None:
    """Make the triggers that are not there."""
    missing = missing_triggers(connection)
    with connection.cursor() as cursor:
        if missing and connection.vendor == "postgresql":
            cursor.execute(_REFUSE)
        for trigger in missing:
            cursor.execute(trigger.sql)


def missing_triggers(connection: Any) -> list[Trigger]:
    with connection.cursor() as cursor:
        cursor.execute(_NAMES[connection.vendor])
        there = {name for (name,) in cursor.fetchall()}
    return [trigger for trigger in triggers(connection.vendor) if trigger.name not in there]


def triggers(vendor: str) -> list[Trigger]:
    make = _on_postgresql if vendor == "postgresql" else _on_sqlite
    return [
        *(trigger for table in INSERT_ONLY for trigger in make(table, ("UPDATE", "DELETE"))),
        *(trigger for table in ERASABLE for trigger in make(table, ("UPDATE",))),
    ]


_NAMES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    # only those that fire always, also for a session in replica mode
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgenabled = 'A'",
}

# 23001 is restrict_violation, an IntegrityError
_REFUSE = """
CREATE OR REPLACE FUNCTION events_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% stays as it is: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = '23001';
END
$$
"""


def _on_postgresql(table: str, refused: tuple[str, ...]) -> list[Trigger]:
    name = f"{table}_stays"
    return [
        Trigger(
            name,
            table,
            f"CREATE TRIGGER {name} BEFORE {' OR '.join(refused)} OR TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION events_refuse(); "
            f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}",
        )
    ]


def _on_sqlite(table: str, refused: tuple[str, ...]) -> list[Trigger]:
    key = "event_id" if table in ERASABLE else "number" if table == "events_seal" else "id"
    refusal = f"SELECT RAISE(ABORT, '{table} stays as it is: %s refused')"
    made = [
        Trigger(
            f"{table}_no_{verb.lower()}",
            table,
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} BEGIN {refusal % verb}; END",
        )
        for verb in refused
    ]
    # INSERT OR REPLACE deletes the old row without asking the DELETE trigger
    exists = f"EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key})"  # noqa: S608
    made.append(
        Trigger(
            f"{table}_no_replace",
            table,
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {exists} "
            f"BEGIN {refusal % 'REPLACE'}; END",
        )
    )
    return made
