"""The keys: made once, kept apart, and missed with a sentence."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ImproperlyConfigured

from sisheng.ground.privacy import keys
from sisheng.ground.privacy.sealed import Unreadable, seal, unseal

COLUMN, ROW = "callers.caller.phone", (1, "GK-1")


def test_a_site_without_a_key_makes_one_that_only_its_owner_can_read(key_file):
    sealed = seal("secret", COLUMN, ROW)

    assert unseal(sealed, COLUMN, ROW) == "secret"
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    assert list(key_file.parent.iterdir()) == [key_file]


@pytest.mark.races
def test_processes_that_start_together_have_one_key(key_file):
    with ThreadPoolExecutor(16) as starters:
        rings = list(starters.map(lambda _n: keys.ring(), range(64)))

    assert len({ring.newest for ring in rings}) == 1


@pytest.mark.rule("PRV-01")
def test_without_the_right_key_nothing_is_shown_but_a_sentence(settings, two_keys):
    settings.SISHENG_DATA_KEYS = two_keys[0]
    sealed = seal("secret", COLUMN, ROW)
    settings.SISHENG_DATA_KEYS = two_keys[1]

    with pytest.raises(Unreadable) as refusal:
        unseal(sealed, COLUMN, ROW)

    assert sealed.key_name.hex() in str(refusal.value)
    assert "secret" not in str(refusal.value)


def test_a_wrong_key_of_the_right_name_is_noticed(settings, monkeypatch, two_keys):
    monkeypatch.setattr(keys, "name_of", lambda key: b"ab")
    settings.SISHENG_DATA_KEYS = two_keys[0]
    sealed = seal("secret", COLUMN, ROW)
    settings.SISHENG_DATA_KEYS = two_keys[1]

    with pytest.raises(Unreadable):
        unseal(sealed, COLUMN, ROW)


@pytest.mark.parametrize("text", ["short", "!" * 44, "A" * 42, "A" * 48, ",", "密" * 43])
def test_what_is_no_key_stops_the_site_with_a_sentence(text):
    with pytest.raises(ImproperlyConfigured) as refusal:
        keys.read(text)

    assert text not in str(refusal.value) or text == ","


def test_the_same_key_twice_is_refused(two_keys):
    with pytest.raises(ImproperlyConfigured):
        keys.read(f"{two_keys[0]},{two_keys[0]}")


def test_an_empty_key_file_is_told_and_not_replaced(key_file):
    key_file.write_text("\n")

    with pytest.raises(ImproperlyConfigured):
        keys.ring()
    assert key_file.read_text() == "\n"


def test_an_older_key_still_reads_and_the_first_one_writes(settings, two_keys):
    settings.SISHENG_DATA_KEYS = two_keys[1]
    old = seal("secret", COLUMN, ROW)
    settings.SISHENG_DATA_KEYS = f"{two_keys[0]},\n{two_keys[1]}"

    assert unseal(old, COLUMN, ROW) == "secret"
    assert seal("secret", COLUMN, ROW).key_name == keys.name_of(keys.read(two_keys[0]).newest)


def test_a_new_key_in_the_file_is_used_without_a_restart(key_file):
    before = keys.ring()
    name = keys.add(key_file)

    assert keys.name_of(keys.ring().newest).hex() == name
    assert keys.ring().keys[1:] == before.keys
