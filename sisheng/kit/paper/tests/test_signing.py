"""The key of a site."""

from __future__ import annotations

import threading

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from django.core.exceptions import ImproperlyConfigured

from sisheng.kit.paper.signing import PublicKey, known_keys, public_half, renew, signing_key


@pytest.fixture(autouse=True)
def file(settings, tmp_path):
    settings.SISHENG_SIGNING_KEY_FILE = tmp_path / "signing-key"
    return settings.SISHENG_SIGNING_KEY_FILE


def test_the_key_is_made_once_and_only_its_owner_can_read_it(file):
    first = public_half(signing_key())

    assert public_half(signing_key()) == first
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["signing-key"]


def test_to_ask_for_the_known_keys_makes_none(file):
    assert known_keys() == []
    assert not file.exists()


def test_several_who_begin_at_once_end_with_the_same_key():
    found = []
    several = [threading.Thread(target=lambda: found.append(public_half(signing_key()))) for _ in range(8)]
    for each in several:
        each.start()
    for each in several:
        each.join()

    assert len(found) == 8
    assert len(set(found)) == 1


def test_a_new_key_signs_and_the_old_ones_are_still_known(file):
    first = public_half(signing_key())
    second = renew()
    third = renew()

    assert public_half(signing_key()) == third
    assert known_keys() == [third, second, first]
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_public_key_can_be_handed_on_in_two_ways():
    key = public_half(signing_key())

    assert PublicKey.read(key.pem) == key
    assert PublicKey.read(key.hex) == key
    assert len(key.fingerprint) == 8 * 4 + 7


def test_a_signature_fits_one_content_and_one_key():
    key, other = signing_key(), renew()
    signature = key.sign(b"case")

    assert public_half(key).has_signed(b"case", signature)
    assert not public_half(key).has_signed(b"Case", signature)
    assert not public_half(key).has_signed(b"case", signature[:-1])
    assert not other.has_signed(b"case", signature)


@pytest.mark.parametrize("text", ["", "abcd", "zz" * 32, "00" * 31, "-----BEGIN PUBLIC KEY-----\nAAAA\n"])
def test_what_is_no_public_key_is_refused(text):
    with pytest.raises(ValueError, match=r"32 bytes|hexadecimal|PEM|valid"):
        PublicKey.read(text)


def test_a_key_of_another_kind_is_refused(file):
    other = generate_private_key(SECP256R1())
    with pytest.raises(ValueError, match="Ed25519"):
        PublicKey.read(
            other.public_key()
            .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
            .decode()
        )

    file.write_bytes(
        other.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    with pytest.raises(ImproperlyConfigured, match="another kind"):
        signing_key()


def test_a_damaged_key_file_is_said_to_be_one(file):
    file.write_text("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", encoding="ascii")

    with pytest.raises(ImproperlyConfigured, match="signing-key"):
        known_keys()
