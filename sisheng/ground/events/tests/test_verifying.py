from __future__ import annotations

import uuid
from pathlib import Path

import pytest
from django.db import connection
from django.utils import translation

from sisheng.ground.events.actions import erase
from sisheng.ground.events.models import Event, EventDetail, Seal
from sisheng.ground.events.seals import FIELDS, digest_of, digest_of_seal, leaves_and_root, seal
from sisheng.ground.events.tests.conftest import CASE, RIVERSIDE
from sisheng.ground.events.verifying import verify
from tests.door import triggers_down

pytestmark = pytest.mark.django_db
only_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="needs the file of the database")


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def sealed(tell, now):
    """Nine sealed events in three seals, each with something personal beside it."""
    events = []
    for number in range(9):
        events.append(tell("case.open", f"case:{number}", personal={"name": "王先生"}, summary="地面湿滑"))
        if number % 3 == 2:
            seal(now)
    assert verify() == []
    return events


def tamper(sql, *values):
    """What somebody with the password of the database can do."""
    with triggers_down(connection), connection.cursor() as cursor:
        cursor.execute(sql, values)
        assert cursor.rowcount == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("mall_id", 2),
        ("topic", "case:3"),
        ("kind", "case.shut"),
        ("by", "staff:2"),
        ("at", "2026-11-23 02:00:00.000001+00:00"),
        ("said_at", "2026-11-23 02:00:00+00:00"),
        ("via", "desl"),
        ("details", '{"summary": "地面干燥"}'),
        ("detail_hash", "0" * 64),
    ],
)
def test_an_altered_event_is_named(sealed, field, value):
    altered = sealed[4]

    tamper(f"UPDATE events_event SET {field} = %s WHERE id = %s", value, altered.pk)  # noqa: S608

    topic = value if field == "topic" else altered.topic
    assert verify() == [f"Event {altered.pk} about {topic} was altered."]


@only_sqlite
@pytest.mark.rule("PRV-04")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("place", "bit"), [("another character", 0x01), ("no character", 0x80), ("no JSON", 0x02)])
def test_one_flipped_byte_in_the_file_is_named(tell, now, place, bit):
    words = f"地面湿滑{uuid.uuid4()}"
    tell()
    flipped = tell("case.open", "case:4", summary=words)
    tell()
    seal(now)

    whole = f'"{words}"'.encode()
    _flip(whole, len(whole) - 1 if place == "no JSON" else len('"地面湿滑'.encode()) - 1, bit)

    assert verify() == [f"Event {flipped.pk} about case:4 was altered."]


def _flip(whole, place, bit):
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    file = Path(connection.settings_dict["NAME"])
    contents = bytearray(file.read_bytes())
    assert contents.count(whole) == 1
    contents[contents.index(whole) + place] ^= bit
    file.write_bytes(contents)


def test_a_deleted_event_is_named(sealed):
    lost = sealed[4].pk
    EventDetail.objects.filter(pk=lost).delete()

    tamper("DELETE FROM events_event WHERE id = %s", lost)

    assert verify() == [f"Event {lost} was deleted."]


def test_an_event_that_was_given_another_number_is_named(sealed):
    EventDetail.objects.filter(pk=sealed[4].pk).delete()

    tamper("UPDATE events_event SET id = %s WHERE id = %s", sealed[8].pk + 1, sealed[4].pk)

    assert f"Event {sealed[4].pk} was deleted." in verify()


def test_an_event_put_in_a_gap_is_named(tell, now):
    tell()
    gap = tell("case.undone").pk
    tell()
    tamper("DELETE FROM events_event WHERE id = %s", gap)
    seal(now)
    assert verify() == []

    Event(pk=gap, mall_id=RIVERSIDE, topic=CASE, kind="case.forged", by="staff:9", at=now, via="desk").save(
        force_insert=True
    )

    assert verify() == [f"Event {gap} about {CASE} was put in among events that were already sealed."]


def test_altered_personal_details_are_named(sealed):
    tamper("UPDATE events_eventdetail SET details = %s WHERE event_id = %s", '{"name": "李先生"}', sealed[4].pk)

    assert verify() == [f"The personal details of event {sealed[4].pk} about case:4 were altered."]


def test_altered_personal_details_are_named_also_before_they_are_sealed(tell):
    event = tell("case.open", personal={"name": "王先生"})

    tamper("UPDATE events_eventdetail SET details = %s WHERE event_id = %s", '{"name": "李先生"}', event.pk)

    assert verify() == [f"The personal details of event {event.pk} about {CASE} were altered."]


@pytest.mark.rule("PRV-01")
def test_erased_details_are_not_taken_for_tampering(sealed, act, mei, now):
    assert erase(Event.objects.about(RIVERSIDE, "case:4"), act(mei)) == 1
    seal(now)

    assert verify() == []
    assert sealed[4].pk not in EventDetail.objects.values_list("pk", flat=True)
    told = Event.objects.get(kind="event.erased")
    assert (told.topic, told.details) == ("case:4", {"count": 1, "events": [sealed[4].pk]})
    assert Event.objects.get(pk=sealed[4].pk).personal is None


def test_nothing_is_told_where_nothing_was_left_to_erase(sealed, act, mei):
    erase(Event.objects.about(RIVERSIDE, "case:4"), act(mei))

    assert erase(Event.objects.about(RIVERSIDE, "case:4"), act(mei)) == 0
    assert Event.objects.filter(kind="event.erased").count() == 1


def test_details_that_disappeared_without_a_word_are_named(sealed):
    EventDetail.objects.filter(pk=sealed[4].pk).delete()

    assert verify() == [f"The personal details of event {sealed[4].pk} about case:4 are gone, and nobody erased them."]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("first_id", 0),
        ("last_id", 10_000),
        ("count", 4),
        ("leaves", b"\0" * 48),
        ("root", "0" * 64),
        ("previous", "0" * 64),
        ("digest", "0" * 64),
        ("sealed_at", "2026-11-23 03:00:00+00:00"),
    ],
)
@pytest.mark.parametrize("number", [1, 2, 3])
def test_an_altered_seal_is_named(sealed, number, field, value):
    tamper(f"UPDATE events_seal SET {field} = %s WHERE number = %s", value, number)  # noqa: S608

    assert verify() == [f"Seal {number} was altered."]


def test_a_seal_that_was_computed_anew_does_not_fit_the_next_one(sealed):
    tamper("UPDATE events_event SET kind = 'case.shut' WHERE id = %s", sealed[0].pk)
    forged = Seal.objects.get(number=1)
    rows = Event.objects.filter(pk__lte=forged.last_id).order_by("pk").values_list(*FIELDS)
    forged.leaves, forged.root = leaves_and_root((row[0], digest_of(row)) for row in rows)
    forged.digest = digest_of_seal(forged)
    with triggers_down(connection):
        forged.save()

    assert verify() == ["Seal 1 was altered."]


def test_a_missing_seal_is_named(sealed):
    tamper("DELETE FROM events_seal WHERE number = %s", 2)

    assert verify() == ["Seal 2 is missing or cannot be read."]
