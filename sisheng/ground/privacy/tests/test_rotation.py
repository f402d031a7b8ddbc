"""The keys are changed while the desk works on."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from sisheng.ground.privacy import keys, rotation
from sisheng.ground.privacy.sealed import Unreadable
from sisheng.ground.privacy.tests.people import Caller

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small(monkeypatch):
    monkeypatch.setattr(rotation, "BATCH", 2)
    monkeypatch.setattr(rotation.apps, "get_models", lambda: [Caller])


@pytest.fixture
def callers(settings, two_keys, riverside):
    """Five people whose numbers were written down under the old key."""
    settings.SISHENG_DATA_KEYS = two_keys[1]
    made = [Caller(mall_id=riverside.pk, number=f"GK-{n}", phone=f"+861540000000{n}", wish="a map") for n in range(5)]
    Caller.objects.bulk_create(made)
    settings.SISHENG_DATA_KEYS = ",".join(two_keys)
    return made


def key_names(column="phone"):
    return {caller.__dict__[column].key_name for caller in Caller.objects.all()}


def test_afterwards_the_old_key_is_no_longer_needed(callers, settings, two_keys, riverside):
    call_command("rotate_keys")
    settings.SISHENG_DATA_KEYS = two_keys[0]

    assert [caller.phone for caller in Caller.objects.order_by("pk")] == [caller.phone for caller in callers]
    assert {caller.wish for caller in Caller.objects.all()} == {"a map"}
    assert Caller.objects.with_phone(riverside, "15400000003").get().number == "GK-3"
    assert Caller.objects.with_tail(riverside, "0004").get().number == "GK-4"


def test_before_and_while_it_runs_everybody_is_found(callers, riverside):
    work = rotation.rotate()
    next(work)

    assert len(key_names()) == 2
    for n in range(5):
        assert Caller.objects.with_phone(riverside, f"1540000000{n}").get().number == f"GK-{n}"
        assert Caller.objects.with_tail(riverside, f"000{n}").get().number == f"GK-{n}"


def test_broken_off_it_goes_on_where_it_was(callers, two_keys):
    assert next(rotation.rotate()).renewed == 2

    *_earlier, last = rotation.rotate()

    assert (last.seen, last.renewed) == (5, 3)
    assert key_names() == key_names("wish") == {keys.name_of(keys.read(two_keys[0]).newest)}


def test_what_somebody_writes_meanwhile_stays(callers, monkeypatch, riverside):
    def somebody_is_quicker(text, column, row):
        if text.endswith("0002"):
            edited = Caller.objects.get(number="GK-2")
            edited.set_phone("15400000009")
            edited.save()
        return seal(text, column, row)

    seal = rotation.seal
    monkeypatch.setattr(rotation, "seal", somebody_is_quicker)
    list(rotation.rotate())

    assert Caller.objects.with_phone(riverside, "15400000009").get().phone == "+8615400000009"
    assert not Caller.objects.with_phone(riverside, "15400000002").exists()


def test_a_number_that_somebody_writes_while_another_column_is_renewed_is_still_found(
    callers, monkeypatch, settings, two_keys, riverside
):
    settings.SISHENG_DATA_KEYS = two_keys[0]
    fresh = Caller.objects.create(mall_id=riverside.pk, number="GK-7", phone="+8615400000007")
    settings.SISHENG_DATA_KEYS = two_keys[1]
    Caller(pk=fresh.pk, mall_id=riverside.pk, number="GK-7", wish="a pram").save(update_fields=["wish"])
    settings.SISHENG_DATA_KEYS = ",".join(two_keys)

    def somebody_is_quicker(text, column, row):
        if text == "a pram":
            edited = Caller.objects.get(number="GK-7")
            edited.set_phone("15400000009")
            edited.save(update_fields=["phone"])
        return seal(text, column, row)

    seal = rotation.seal
    monkeypatch.setattr(rotation, "seal", somebody_is_quicker)
    list(rotation.rotate())

    assert Caller.objects.with_phone(riverside, "15400000009").get().wish == "a pram"


def test_a_row_that_no_key_can_read_is_named_and_left_as_it_is(callers, settings, two_keys, capsys):
    lost = callers[1]
    settings.SISHENG_DATA_KEYS = keys.new_key()
    Caller.objects.filter(pk=lost.pk).delete()
    lost.save(force_insert=True)
    settings.SISHENG_DATA_KEYS = ",".join(two_keys)

    with pytest.raises(CommandError, match=f"1 rows cannot be read.*Caller {lost.pk}"):
        call_command("rotate_keys")

    assert "5 rows seen, 4 renewed" in capsys.readouterr().out
    with pytest.raises(Unreadable):
        _ = Caller.objects.get(pk=lost.pk).phone


def test_a_new_key_is_made_in_the_key_file(key_file, mr_wang, riverside):
    call_command("rotate_keys", "--add")

    assert len(key_file.read_text().split()) == 2
    assert key_names() == {keys.name_of(keys.ring().newest)}
    key_file.write_text(key_file.read_text().split()[0])
    assert Caller.objects.with_phone(riverside, "15400000001").get().phone == "+8615400000001"


def test_keys_from_the_environment_are_changed_by_hand(settings, two_keys, capsys):
    settings.SISHENG_DATA_KEYS = two_keys[0]
    with pytest.raises(CommandError, match="SISHENG_DATA_KEYS"):
        call_command("rotate_keys", "--add")

    call_command("rotate_keys", "--print")
    assert len(keys.read(capsys.readouterr().out).keys) == 1
