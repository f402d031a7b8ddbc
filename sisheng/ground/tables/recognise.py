"""What kind of file this is, told from its first bytes and never from its name."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from sisheng.ground.tables import limits
from sisheng.ground.tables.csvfile import TextFile
from sisheng.ground.tables.fields import Field
from sisheng.ground.tables.grid import Grid
from sisheng.ground.tables.headers import Header
from sisheng.ground.tables.refusals import UnreadableFile
from sisheng.ground.tables.sheets import damaged
from sisheng.ground.tables.workbook import Workbook

ZIP = b"PK\x03\x04"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
PAGES = (b"<html", b"<!doctype html", b"<table", b"<head", b"<body", b"<meta", b"<style", b"<div", b"<center")
STRANGERS = {
    b"%PDF": "PDF",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7z",
    b"\x1f\x8b": "gzip",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"SQLite format 3": "SQLite",
    b"{\\rtf": "RTF",
}

OLD = gettext_noop(
    "This is an old Excel workbook (.xls). Open it in Excel or WPS, save it as .xlsx, and use that file."
)
LOCKED = gettext_noop(
    "This workbook is locked with a password. Open it in Excel or WPS, take the password off, save it, and use that "
    "file."
)
PAGE = gettext_noop(
    "This is a web page with the name of a table: some systems export like that. Open it in Excel or WPS, save it as "
    ".xlsx, and use that file."
)
OTHER_SHEETS = gettext_noop(
    "This is a workbook of another kind (%(kind)s). Open it in Excel or WPS, save it as .xlsx, and use that file."
)
STRANGER = gettext_noop("This is a %(kind)s file and not a table. Export the table as CSV UTF-8 or .xlsx.")


class Source(Protocol):
    """A file of a kind that we read."""

    def choose(self, fields: Sequence[Field], sheet: str) -> tuple[Grid, Header, list[str]]:
        """The table with these columns, its header, and what is to be told about the choice."""
        ...

    def close(self) -> None: ...


def open_source(path: Path) -> Source:
    """Raises UnreadableFile for every kind of file that we do not read, with the way out."""
    size = _size(path)
    with path.open("rb") as file:
        start = file.read(4096)
    if not start.strip(b"\0\t\r\n \xef\xbb\xbf"):
        raise UnreadableFile(_("The file is empty."))
    if size > limits.FILE:
        raise UnreadableFile(
            _("The file is larger than %(most)d MB. Split it into several files.")
            % {"most": limits.FILE // limits.MEGABYTE}
        )
    if start.startswith(ZIP):
        _refuse_other_archives(path)
        return Workbook(path)
    _refuse_what_is_no_text(path, start)
    return TextFile(path)


def _size(path: Path) -> int:
    if path.is_dir():
        raise UnreadableFile(_("“%(name)s” is a folder. Name a file.") % {"name": path.name})
    try:
        with path.open("rb"):
            return path.stat().st_size
    except FileNotFoundError:
        raise UnreadableFile(_("There is no file “%(name)s”. Check the name.") % {"name": str(path)}) from None
    except OSError as error:
        raise UnreadableFile(
            _("“%(name)s” cannot be opened: %(reason)s.") % {"name": str(path), "reason": error.strerror}
        ) from None


def _refuse_what_is_no_text(path: Path, start: bytes) -> None:
    if start.startswith(OLD_OFFICE):
        raise UnreadableFile(_(LOCKED if ENCRYPTED in path.read_bytes() else OLD))
    for magic, kind in STRANGERS.items():
        if start.startswith(magic):
            raise UnreadableFile(_(STRANGER) % {"kind": kind})
    begins = _as_ascii(start)
    if begins.startswith(PAGES):
        raise UnreadableFile(_(PAGE))
    if begins.startswith(b"<?xml"):
        kind = "XML" if b"office:spreadsheet" in begins else "HTML" if b"<html" in begins else "XML"
        raise UnreadableFile(_(PAGE) if kind == "HTML" else _(OTHER_SHEETS) % {"kind": kind})


def _as_ascii(start: bytes) -> bytes:
    """The first characters, whatever the encoding, for comparing with markup."""
    return start.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()


def _refuse_other_archives(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            mimetype = archive.read("mimetype")[:80] if "mimetype" in names else b""
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError) as error:
        raise damaged() from error
    if b"opendocument.spreadsheet" in mimetype:
        raise UnreadableFile(_(OTHER_SHEETS) % {"kind": "ODS"})
    if "xl/workbook.bin" in names:
        raise UnreadableFile(_(OTHER_SHEETS) % {"kind": "XLSB"})
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise UnreadableFile(_(STRANGER) % {"kind": "ZIP"})
