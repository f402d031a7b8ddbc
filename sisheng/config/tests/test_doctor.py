"""`sisheng doctor`: is everything well?"""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone, translation

from conftest import SHANGHAI
from sisheng.config import checkup
from sisheng.ground import checkup as ground_checkup
from sisheng.ground.act import SYSTEM, Act
from sisheng.ground.checkup import examinations, examine, well
from sisheng.ground.events.models import Delivery, Event
from sisheng.ground.events.seals import seal
from sisheng.ground.events.triggers import missing_triggers
from sisheng.ground.jobs.models import Job, Schedule, Status, Worker
from tests.door import triggers_down

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def at_work():
    Worker.beat("here:1:a", timezone.now())


def doctor(*names, **options) -> tuple[int, dict[str, list[str]]]:
    """What it said of each thing, and how it ended."""
    said, code = StringIO(), 0
    try:
        call_command("doctor", *names, stdout=said, no_color=True, **options)
    except SystemExit as end:
        code = end.code
    lines: dict[str, list[str]] = {}
    for line in said.getvalue().splitlines():
        mark, name, sentence = line.split("\t")
        lines.setdefault(name, []).append(f"{mark}: {sentence}")
    return code, lines


def tell(kind="case.open", at=None, **details) -> Event:
    with transaction.atomic():
        return Event.record(kind, "case:4", Act(by=SYSTEM, at=at or timezone.now()), mall_id=1, **details)


def test_a_healthy_site_is_said_to_be_well(at_work):
    tell()
    seal(timezone.now())

    code, said = doctor()

    assert [line for lines in said.values() for line in lines if not line.startswith("ok: ")] == []
    assert code == 0
    assert set(said) == {examination.name for examination in examinations()}
    assert said["events.seals"][0].startswith("ok: All 1 sealed events are as they were told. Seal 1 is ")


def test_an_altered_event_is_named():
    event = tell(summary="wet floor")
    tell()
    seal(timezone.now())
    with triggers_down(connection):
        Event.objects.filter(pk=event.pk).update(details={"summary": "dry floor"})

    code, said = doctor("events.seals")

    assert code == 1
    assert said["events.seals"] == [
        f"NOT OK: Event {event.pk} about case:4 was altered. "
        "Compare it with a backup, and find out who can write to the database."
    ]


def test_what_takes_long_can_be_left_out(at_work):
    assert "events.seals" not in doctor(quick=True)[1]
    assert "events.seals" in doctor("events")[1]


def test_missing_triggers_are_named_and_put_up_again():
    with triggers_down(connection):
        code, said = doctor("events.triggers")
        assert code == 1
        assert "events_event_" in said["events.triggers"][0]

        assert doctor("events.triggers", mend=True)[0] == 0
        assert missing_triggers(connection) == []


def test_events_that_are_not_sealed_are_noticed():
    tell(at=timezone.now() - timedelta(minutes=6))

    assert doctor("events.sealing")[0] == 1
    seal(timezone.now())
    assert doctor("events.sealing")[0] == 0


def test_what_does_not_follow_is_named_with_its_error():
    event = tell(at=timezone.now() - timedelta(minutes=6))
    delivery = Delivery.objects.create(event=event, reaction="calls.plan")
    assert doctor("events.deliveries")[1]["events.deliveries"] == [
        "NOT OK: 1 events wait to be followed. Is `sisheng work` running?"
    ]

    Delivery.objects.filter(pk=delivery.pk).update(attempts=3, last_error="ValueError: no")
    assert doctor("events.deliveries")[1]["events.deliveries"] == [
        f"NOT OK: calls.plan has failed 3 times after event {event.pk} (case.open): ValueError: no"
    ]

    Delivery.objects.filter(pk=delivery.pk).update(handled_at=timezone.now())
    assert doctor("events.deliveries")[0] == 0


def test_a_job_that_was_given_up_is_named():
    job = Job.objects.create(
        name="mail.send", status=Status.DEAD, attempts=8, finished_at=timezone.now(), last_error="Timeout\nmore"
    )

    assert doctor("jobs.dead")[1]["jobs.dead"] == [
        f"NOT OK: Job {job.pk} (mail.send) was given up after 8 attempts: Timeout"
    ]


@pytest.mark.parametrize(("seconds", "code"), [(30, 0), (90, 1)])
def test_a_worker_that_fell_silent_is_missed(seconds, code):
    Worker.beat("here:1:a", timezone.now() - timedelta(seconds=seconds))

    assert doctor("jobs.worker")[0] == code


def test_a_worker_that_never_was_is_missed_too():
    assert doctor("jobs.worker")[0] == 1


def test_an_entry_of_the_timetable_that_fails_is_named():
    Schedule.objects.create(path="cases.sweep", last_at=timezone.now(), last_error="ValueError: no")

    assert doctor("jobs.timetable")[1]["jobs.timetable"] == ["NOT OK: cases.sweep fails: ValueError: no"]


def test_a_database_that_may_forget_is_noticed(monkeypatch):
    asked = {"sqlite": "PRAGMA synchronous", "postgresql": "SHOW synchronous_commit"}[connection.vendor]
    assert doctor("database")[0] == 0

    monkeypatch.setitem(checkup.DURABLE[connection.vendor], asked, {"what it is not"})

    code, said = doctor("database")
    assert code == 1
    assert asked in said["database"][0]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite does not change this within a transaction")
def test_postgresql_that_does_not_wait_for_the_disk_is_noticed():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")

    assert doctor("database")[1]["database"][0].endswith("SHOW synchronous_commit: off")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite is set up by each connection")
@pytest.mark.django_db(transaction=True)
def test_sqlite_that_does_not_wait_for_the_disk_is_noticed():
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous = NORMAL")
        assert doctor("database")[1]["database"][0].endswith("PRAGMA synchronous: 1")
        cursor.execute("PRAGMA synchronous = FULL")


def test_a_migration_that_waits_is_named():
    MigrationRecorder(connection).migration_qs.filter(app="jobs").delete()

    code, said = doctor("database.migrations")

    assert code == 1
    assert "jobs.0001_initial" in said["database.migrations"][0]


def test_a_full_disk_is_noticed_before_it_is_full(monkeypatch):
    monkeypatch.setattr(checkup, "LEAST_SPACE", 2**60)

    assert doctor("disk")[0] == 1


@pytest.mark.parametrize(("mode", "code"), [(0o600, 0), (0o644, 1), (0o640, 1)])
@pytest.mark.parametrize("name", ["secret", "keys", "signing-key"])
def test_a_secret_that_others_can_read_is_named(settings, tmp_path, name, mode, code):
    settings.HOME, settings.SISHENG_KEY_FILE = tmp_path, tmp_path / "keys"
    settings.SISHENG_SIGNING_KEY_FILE = tmp_path / "signing-key"
    (tmp_path / name).touch()
    os.chmod(tmp_path / name, mode)

    ended, said = doctor("secrets")

    assert ended == code
    assert (str(tmp_path / name) in said["secrets"][0]) == bool(code)


@pytest.mark.parametrize(
    ("today", "known", "is_well"),
    [
        ((2026, 11, 22), {2026}, True),  # the notice for next year appears in these days
        ((2026, 12, 1), {2026}, False),
        ((2026, 12, 1), {2026, 2027}, True),
        ((2027, 1, 1), {2026}, False),
    ],
)
def test_holidays_that_are_not_known_are_noticed_in_time(monkeypatch, today, known, is_well):
    monkeypatch.setattr(checkup, "has_official_notice", lambda year: year in known)

    (finding,) = checkup.are_the_holidays_known(datetime(*today, 10, tzinfo=SHANGHAI))

    assert finding.is_well == is_well


def test_what_cannot_be_looked_at_is_in_trouble_and_the_rest_is_looked_at(monkeypatch):
    monkeypatch.setattr("sisheng.ground.events.checkup.missing_triggers", lambda connection: 1 / 0)

    code, said = doctor("events")

    assert code == 1
    assert said["events.triggers"] == ["NOT OK: This could not be looked at: ZeroDivisionError: division by zero"]
    assert said["events.deliveries"] == ["ok: Everything that happened has been followed."]


def test_a_name_that_does_not_exist_is_answered_with_those_that_do():
    with pytest.raises(CommandError, match=r"Known are: database, database\.migrations"):
        doctor("event")


def test_two_examinations_of_one_name_are_a_mistake(monkeypatch):
    monkeypatch.setattr(ground_checkup, "_known", {})
    examine("mine")(lambda now: [well("fine")])

    with pytest.raises(ValueError, match="two examinations called “mine”"):
        examine("mine")(lambda now: [well("fine")])
