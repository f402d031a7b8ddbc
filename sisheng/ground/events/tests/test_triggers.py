from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from sisheng.ground.events.models import Event, EventDetail, Seal
from sisheng.ground.events.triggers import missing_triggers, put_up, triggers
from tests.door import triggers_down

PACKAGE = Path(__file__).resolve().parents[3]


@pytest.fixture
def event(tell, now):
    event = tell("case.open", personal={"name": "王先生"})
    Seal.objects.create(
        number=1, first_id=event.pk, last_id=event.pk, count=1, leaves=b"", root="r", digest="d", sealed_at=now
    )
    return event


ATTACKS = [
    "UPDATE events_event SET by = 'staff:2'",
    "UPDATE events_event SET id = id + 1000",
    "DELETE FROM events_event",
    "UPDATE events_seal SET digest = 'x'",
    "DELETE FROM events_seal",
    "UPDATE events_eventdetail SET details = '{}'",
]


@pytest.mark.django_db
@pytest.mark.rule("PRV-04")
@pytest.mark.parametrize("attack", ATTACKS)
def test_the_database_refuses_to_change_what_happened(event, attack):
    _refused(attack)


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite replaces rows without deleting them")
@pytest.mark.parametrize("table", ["events_event", "events_seal", "events_eventdetail"])
def test_the_database_refuses_to_replace_what_happened(event, table):
    _refused(f"REPLACE INTO {table} SELECT * FROM {table}")  # noqa: S608


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL has TRUNCATE and replica mode")
@pytest.mark.parametrize(
    "attack",
    [
        "TRUNCATE events_event CASCADE",
        "TRUNCATE events_seal",
        "TRUNCATE events_eventdetail",
        "INSERT INTO events_seal SELECT * FROM events_seal ON CONFLICT (number) DO UPDATE SET digest = 'x'",
        "SET LOCAL session_replication_role = replica; DELETE FROM events_seal",
    ],
)
def test_postgresql_refuses_its_own_ways_too(event, attack):
    _refused(attack)


def _refused(attack):
    connection.check_constraints()  # else PostgreSQL refuses a TRUNCATE for another reason
    with (
        pytest.raises(DatabaseError, match="stays as it is"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(attack)
    assert Event.objects.filter(by="staff:1").count() == 1
    assert EventDetail.objects.get().details == '{"name": "王先生"}'
    assert Seal.objects.get().digest == "d"


@pytest.mark.django_db
def test_every_trigger_is_there_after_the_migrations():
    assert triggers(connection.vendor)
    assert missing_triggers(connection) == []


@pytest.mark.django_db(transaction=True)
def test_a_missing_trigger_is_noticed_and_put_up_again():
    with triggers_down(connection):
        assert missing_triggers(connection) == triggers(connection.vendor)
        put_up(connection)
        assert missing_triggers(connection) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("day", ["the first", "the second"])
def test_the_test_runner_sweeps_up_after_a_test_with_real_commits(day, tell):
    assert not Event.objects.exists()  # whatever the other one told is gone
    assert missing_triggers(connection) == []

    tell()


def test_nothing_that_is_installed_can_take_the_triggers_down():
    ways = re.compile(
        r"DROP\s+TRIGGER|DISABLE\s+TRIGGER|session_replication_role|DROP\s+FUNCTION|writable_schema", re.I
    )
    installed = [
        path for path in PACKAGE.rglob("*") if path.suffix in {".py", ".sql", ".html"} and "tests" not in path.parts
    ]

    assert len(installed) > 50
    assert [str(path) for path in installed if ways.search(path.read_text(encoding="utf8"))] == []


def test_the_door_of_the_tests_is_not_in_the_package():
    import tests.door

    assert PACKAGE not in Path(tests.door.__file__).resolve().parents
