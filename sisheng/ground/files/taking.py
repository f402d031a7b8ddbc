"""A file is taken in: looked at, hashed, encrypted and on the disk before anything is said about it.

Taking comes before the transaction, so that nobody waits for a turn at writing while a photo is encrypted. Until a row
names it, the file is nobody's; what is never named is cleared away later (caring.py).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.conf import settings
from django.core.files import File
from django.utils.translation import gettext as _

from sisheng.ground.files import disk
from sisheng.ground.files.kinds import PICTURES, type_of
from sisheng.ground.files.pictures import cleaned
from sisheng.ground.refusals import Refused, Unusable

LONGEST_TITLE = 120


@dataclass(frozen=True)
class Taken:
    """A file that lies on the disk and that nothing in the database names yet."""

    title: str
    type: str
    size: int
    sha256: str
    name: str = field(repr=False)
    copy_name: str = field(default="", repr=False)
    copy_size: int = 0

    def __str__(self) -> str:
        return self.sha256  # the same file sent again is the same request


@contextmanager
def taken(upload: File[bytes] | None) -> Iterator[Taken | None]:
    """Take a file for what is done inside; if that is refused, it is gone again."""
    if upload is None:
        yield None
        return
    file = take(upload)
    try:
        yield file
    except Refused:  # nothing was committed; of other troubles nobody knows, and the file waits to be cleared away
        discard(file)
        raise


def take(upload: File[bytes]) -> Taken:
    """Raises Unusable, with nothing left on the disk, for what is too large, empty, of another kind or damaged."""
    data = _contents(upload)
    kind = type_of(data)
    copy = cleaned(data, kind) if kind in PICTURES else b""
    try:
        name = disk.write(data)
        copy_name = disk.write(copy) if copy else ""
    except OSError as error:
        raise _no_room(error) from error
    return Taken(
        _title(upload.name or ""), kind, len(data), hashlib.sha256(data).hexdigest(), name, copy_name, len(copy)
    )


def discard(file: Taken) -> None:
    for name in filter(None, (file.name, file.copy_name)):
        disk.remove(name)


def _contents(upload: File[bytes]) -> bytes:
    if upload.size > settings.LARGEST_FILE:
        raise Unusable(
            _("This file has more than %(most)d MB and was not kept. Send a smaller one, or a part of it.")
            % {"most": settings.LARGEST_FILE // 2**20},
            field="file",
        )
    upload.seek(0)
    data = upload.read()
    if not data:
        raise Unusable(_("This file is empty. Choose another one."), field="file")
    return data


def _title(name: str) -> str:
    """What somebody called it, as far as that is a name: no folders, no control characters."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(letter for letter in last if letter.isprintable())[-LONGEST_TITLE:]


def _no_room(error: OSError) -> Refused:
    refusal = Refused(
        _("The file could not be kept: %(error)s. Nothing was saved. Tell who runs this site.")
        % {"error": error.strerror},
        field="file",
    )
    refusal.status = 503
    return refusal
