"""The keys under which personal data is encrypted. They never lie in the database.

They come from SISHENG_DATA_KEYS, or from a file beside the data that is made once: whoever has only a copy of the
database can read nothing. The first key encrypts; the others are still needed to read what was encrypted with them.
A key is named by the beginning of its own fingerprint, so that nobody has to number keys.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import re
import secrets
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

LENGTH = 32  # bytes of a key
NAME_LENGTH = 2  # bytes of its name


@dataclass(frozen=True)
class KeyRing:
    """The keys of this site, the one that encrypts first."""

    keys: tuple[bytes, ...]

    @property
    def newest(self) -> bytes:
        return self.keys[0]

    def named(self, name: bytes) -> bytes | None:
        return next((key for key in self.keys if name_of(key) == name), None)


def ring() -> KeyRing:
    """The keys as they are now. A file is read again when it has changed, so that a new key needs no restart."""
    if settings.SISHENG_DATA_KEYS:
        return read(settings.SISHENG_DATA_KEYS)
    path = Path(settings.SISHENG_KEY_FILE)
    try:
        return _kept(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        keep(path, [new_key()])
        return _kept(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def read(text: str) -> KeyRing:
    """Keys from text: base64, one after another, separated by commas or line ends. Raises ImproperlyConfigured."""
    written = [word for word in re.split(r"[,\s]+", text) if word]
    keys = tuple(_decoded(word) for word in written)
    if not keys:
        raise ImproperlyConfigured("There is no data key. Without the keys, personal data cannot be read.")
    if len({name_of(key) for key in keys}) < len(keys):
        raise ImproperlyConfigured(
            "Two data keys have the same name. Make another one with `sisheng rotate-keys --add`."
        )
    return KeyRing(keys)


def _decoded(word: str) -> bytes:
    try:
        key = base64.urlsafe_b64decode(word.replace("+", "-").replace("/", "_") + "=" * (-len(word) % 4))
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != LENGTH:
        raise ImproperlyConfigured(
            f"A data key must be {LENGTH} bytes in base64 (43 or 44 characters). "
            "`sisheng rotate-keys --print` makes one."
        )
    return key


@lru_cache(maxsize=8)
def _kept(path: Path, changed_at: int) -> KeyRing:
    return read(path.read_text(encoding="ascii"))


def keep(path: Path, words: list[str]) -> None:
    """Write a file of keys that was not there yet, whole or not at all. Somebody who was a moment earlier wins."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with _whole(path, words) as written, suppress(FileExistsError):
        os.link(written, path)


def add(path: Path) -> str:
    """Put a new key before the others in the file; return its name. It encrypts from now on."""
    word = new_key()
    with _whole(path, [word, *path.read_text(encoding="ascii").split()]) as written:
        Path(written).replace(path)
    return name_of(_decoded(word)).hex()


class _whole:  # noqa: N801  reads as a phrase
    """A finished, private file beside the one that it will become; gone afterwards if it has not."""

    def __init__(self, path: Path, words: list[str]) -> None:
        descriptor, self.name = tempfile.mkstemp(
            dir=path.parent, prefix=f".{path.name}-"
        )  # readable by its owner alone
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write("".join(f"{word}\n" for word in words))
            file.flush()
            os.fsync(file.fileno())

    def __enter__(self) -> str:
        return self.name

    def __exit__(self, *error: object) -> None:
        Path(self.name).unlink(missing_ok=True)


def new_key() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(LENGTH)).decode()


def name_of(key: bytes) -> bytes:
    return hashlib.sha256(b"sisheng data key" + key).digest()[:NAME_LENGTH]


@lru_cache(maxsize=4096)
def sub_key(key: bytes, purpose: str) -> bytes:
    """A key of its own for each purpose, so that knowing one does not help with another. Kept: deriving is slow."""
    return HKDF(SHA256(), LENGTH, salt=None, info=purpose.encode()).derive(key)
