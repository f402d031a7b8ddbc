"""How a file lies on the disk: under a random name, encrypted piece by piece, safe from a power cut once written.

    4S01 | name of the data key (2) | salt (16) | pieces of 1 MiB, each with its tag

Each file has a key of its own, made from the data key and the salt. A piece knows its place, whether it is the last,
and the name of its file: pieces that were cut off, exchanged or copied into another file cannot be read.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.translation import gettext as _

from sisheng.ground.privacy import keys
from sisheng.ground.privacy.sealed import Unreadable

MAGIC = b"4S01"
SALT = 16
HEAD = len(MAGIC) + keys.NAME_LENGTH + SALT
PIECE = 1024 * 1024
TAG = 16


class Missing(Unreadable):
    """The file is not where it was put."""


def root() -> Path:
    return Path(settings.MEDIA_ROOT)


def path_of(name: str) -> Path:
    """256 folders, so that none becomes too large to list."""
    return root() / name[:2] / name


def write(data: bytes) -> str:
    """Put it on the disk under the newest key; return its name once it would survive a power cut."""
    key, name, salt = keys.ring().newest, secrets.token_hex(16), secrets.token_bytes(SALT)
    head = MAGIC + keys.name_of(key) + salt
    cipher, about, view = _cipher(key, salt), head + name.encode(), memoryview(data)
    path = path_of(name)
    _make(path.parent)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(head)
            last = max(len(data) - 1, 0) // PIECE
            for number in range(last + 1):
                piece = view[number * PIECE : (number + 1) * PIECE]
                file.write(cipher.encrypt(_nonce(number, number == last), piece, about))
            file.flush()
            os.fsync(file.fileno())
        _sync(path.parent)
    except BaseException:
        remove(name)
        raise
    return name


def read(name: str) -> Iterator[bytes]:
    """Piece by piece. Raises Missing, or Unreadable before the first byte that is not as it was written."""
    try:
        file = path_of(name).open("rb")
    except FileNotFoundError:
        raise Missing(_("The file is not there. Tell who runs this site: it may be in a backup.")) from None
    with file:
        head = file.read(HEAD)
        cipher, about = _cipher_for(head), head + name.encode()
        number, piece = 0, file.read(PIECE + TAG)
        while True:
            following = file.read(PIECE + TAG)
            try:
                yield cipher.decrypt(_nonce(number, not following), piece, about)
            except InvalidTag:
                raise altered() from None
            if not following:
                return
            number, piece = number + 1, following


def key_name_of(name: str) -> str:
    """Under which data key it lies there."""
    with path_of(name).open("rb") as file:
        return file.read(HEAD)[len(MAGIC) : len(MAGIC) + keys.NAME_LENGTH].hex()


def remove(name: str) -> None:
    with suppress(FileNotFoundError):
        path_of(name).unlink()


def altered() -> Unreadable:
    return Unreadable(
        _("This file is not as it was kept: it was altered. Nothing of it is shown. Tell who runs this site.")
    )


def _cipher_for(head: bytes) -> AESGCM:
    if len(head) < HEAD or not head.startswith(MAGIC):
        raise altered()
    name, salt = head[len(MAGIC) : -SALT], head[-SALT:]
    key = keys.ring().named(name)
    if key is None:
        sentence = _("This cannot be read here: the data key %(name)s is missing. Ask who runs this site to add it.")
        raise Unreadable(sentence % {"name": name.hex()})
    return _cipher(key, salt)


def _cipher(key: bytes, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), keys.LENGTH, salt=salt, info=b"encrypt file").derive(key))


def _nonce(number: int, is_last: bool) -> bytes:
    """Never twice under one key: each file has its own."""
    return number.to_bytes(11, "big") + bytes([is_last])


def _make(folder: Path) -> None:
    for made in [folder.parent, folder]:
        if not made.is_dir():
            made.mkdir(mode=0o700, parents=True, exist_ok=True)
            _sync(made.parent)


def _sync(folder: Path) -> None:
    """The entry in the folder is part of what must survive."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
