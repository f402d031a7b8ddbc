"""A personal value as it lies in the database: encrypted, and tied to the place where it was put."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.utils.translation import gettext as _

from sisheng.ground.privacy import keys
from sisheng.ground.refusals import Refused

VERSION = b"\x01"
NONCE = 12
HEAD = len(VERSION) + keys.NAME_LENGTH
SHORTEST = HEAD + NONCE + 16  # the tag alone
DIGEST = 16  # bytes of a blind index: too long to meet by chance, too short to be worth more


class Unreadable(Refused):
    """A personal value cannot be decrypted; nothing of it is shown."""

    status = 500


@dataclass(frozen=True)
class Sealed:
    """version (1) | name of the key (2) | nonce (12) | ciphertext and tag. It shows nothing of itself."""

    raw: bytes

    @property
    def key_name(self) -> bytes:
        return self.raw[len(VERSION) : HEAD]

    def __str__(self) -> str:
        return "••••"

    __repr__ = __str__


def seal(text: str, column: str, row: tuple[Any, ...]) -> Sealed:
    """Encrypt with the newest key for one column of one row."""
    key = keys.ring().newest
    nonce = os.urandom(NONCE)
    secret = _cipher(key, column).encrypt(nonce, text.encode(), _place(column, row))
    return Sealed(VERSION + keys.name_of(key) + nonce + secret)


def unseal(sealed: Sealed, column: str, row: tuple[Any, ...]) -> str:
    """Raises Unreadable without the right key, and for a value that was altered or put into another row."""
    if not sealed.raw.startswith(VERSION) or len(sealed.raw) < SHORTEST:
        raise _altered()
    key = keys.ring().named(sealed.key_name)
    if key is None:
        sentence = _("This cannot be read here: the data key %(name)s is missing. Ask who runs this site to add it.")
        raise Unreadable(sentence % {"name": sealed.key_name.hex()})
    nonce, secret = sealed.raw[HEAD : HEAD + NONCE], sealed.raw[HEAD + NONCE :]
    try:
        return _cipher(key, column).decrypt(nonce, secret, _place(column, row)).decode()
    except InvalidTag:
        raise _altered() from None


def _altered() -> Unreadable:
    return Unreadable(
        _("This cannot be read: it was altered, or it belongs to another record. Tell who runs this site.")
    )


def _place(column: str, row: tuple[Any, ...]) -> bytes:
    return json.dumps([column, *map(str, row)]).encode()


@lru_cache(maxsize=256)
def _cipher(key: bytes, column: str) -> AESGCM:
    return AESGCM(keys.sub_key(key, f"encrypt {column}"))


def digests(text: str, column: str, mall_id: int) -> list[bytes]:
    """What an index holds for this text, the newest key first. Another mall, or another column, has other digests:
    nobody can tell from the database that the same person was in two malls."""
    purpose = f"index {column} {mall_id}"
    return [hmac.digest(keys.sub_key(key, purpose), text.encode(), hashlib.sha256)[:DIGEST] for key in keys.ring().keys]
