"""What must be known of a workbook before it is unpacked, read from its parts as plain bytes.

openpyxl streams cells, but it neither bounds what it unpacks nor says, while streaming, which cells are merged and
which formulas were never calculated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from zipfile import ZipFile, ZipInfo

from django.utils.translation import gettext as _

from sisheng.ground.tables import limits
from sisheng.ground.tables.refusals import UnreadableFile

_ROW_BEGIN = re.compile(rb"<(?:\w+:)?row[\s>]")
_ROW_END = re.compile(rb"</(?:\w+:)?row\s*>|<(?:\w+:)?row\b[^>]*/>")
_STRING = re.compile(rb"<(?:\w+:)?si[\s/>]")
_MERGE = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*?\bref\s*=\s*[\"']([A-Z]+)(\d+):([A-Z]+)(\d+)[\"']")
_FORMULA_WITHOUT_VALUE = re.compile(
    rb"<(?:\w+:)?c\b([^>]*)>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f\s*>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v\s*>\s*</(?:\w+:)?v\s*>)?\s*</(?:\w+:)?c\s*>"
)
_REFERENCE = re.compile(rb"\br\s*=\s*[\"']([A-Z]+)(\d+)[\"']")
_PIECE = 256 * 1024


@dataclass
class SheetFacts:
    """Of one sheet: its merged ranges (first row, last row, first column, last column; columns from 0), and for each
    column the last row with a formula that has no result."""

    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    uncalculated: dict[int, int] = field(default_factory=dict)


def refuse_bombs(archive: ZipFile) -> None:
    """Sizes as the archive declares them; more than that is never unpacked."""
    parts = archive.infolist()
    if len(parts) > limits.PARTS or sum(part.file_size for part in parts) > limits.UNPACKED:
        raise _too_large()
    for part in parts:
        name = part.filename.casefold()
        if name.endswith("sharedstrings.xml"):
            _refuse_many_strings(archive, part)
        elif "/worksheets/" not in name and "/media/" not in name and part.file_size > limits.PART:
            raise _too_large()


def facts_of(archive: ZipFile, path: str) -> SheetFacts:
    """One pass over a sheet. Raises UnreadableFile for a row that would not fit into the memory."""
    facts = SheetFacts()
    for row in _rows(archive, path):
        if row.count(b"<c") + row.count(b":c") > limits.SHEET_ROW_CELLS:  # rather too many than too few
            raise _too_large()
        facts.merges.extend(_range(*found.groups()) for found in _MERGE.finditer(row))
        for formula in _FORMULA_WITHOUT_VALUE.finditer(row):
            at = _REFERENCE.search(formula[1])
            if at and b't="str"' not in formula[1]:  # a formula may well result in an empty text
                facts.uncalculated[column_of(at[1].decode())] = int(at[2])
    return facts


def column_of(name: str) -> int:
    """A is 0, Z is 25, AA is 26."""
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _rows(archive: ZipFile, path: str) -> Iterator[bytes]:
    """The bytes of the sheet, cut after each row; what lies before and after the rows comes in pieces of whole tags."""
    rest = b""
    with archive.open(path) as part:
        while piece := part.read(_PIECE):
            rest += piece
            if b"<!DOCTYPE" in rest:
                raise _too_large()
            begin = 0
            for end in _ROW_END.finditer(rest):
                yield rest[begin : end.end()]
                begin = end.end()
            if not _ROW_BEGIN.search(rest, begin) and (cut := rest.rfind(b">") + 1) > begin:
                yield rest[begin:cut]
                begin = cut
            rest = rest[begin:]
            if len(rest) > limits.SHEET_ROW:
                raise _too_large()
    yield rest


def _range(first_column: bytes, first_row: bytes, last_column: bytes, last_row: bytes) -> tuple[int, int, int, int]:
    return int(first_row), int(last_row), column_of(first_column.decode()), column_of(last_column.decode())


def _refuse_many_strings(archive: ZipFile, part: ZipInfo) -> None:
    if part.file_size > limits.STRINGS:
        raise _too_large()
    count = 0
    with archive.open(part) as strings:
        rest = b""
        while piece := strings.read(_PIECE):
            rest += piece
            found = list(_STRING.finditer(rest))
            count += len(found)
            rest = rest[found[-1].end() :] if found else rest[-64:]
            if count > limits.STRING_COUNT:
                raise _too_large()


def _too_large() -> UnreadableFile:
    return UnreadableFile(
        _(
            "Unpacked, this workbook is far larger than a table can be. Copy the rows into a new workbook, or save the "
            "sheet as CSV UTF-8, and use that file."
        )
    )
