"""One sheet of a workbook: its merged cells filled, its numbers and dates written out."""

from __future__ import annotations

import warnings
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import islice
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from django.utils.translation import gettext as _

from sisheng.ground.tables import limits
from sisheng.ground.tables.grid import is_blank, letters, refuse_long_cells
from sisheng.ground.tables.headers import Header
from sisheng.ground.tables.refusals import UnreadableFile
from sisheng.ground.tables.scan import SheetFacts, facts_of

# What zipfile, expat and openpyxl raise when a part is missing, cut off or not what it should be.
DAMAGE = (
    *(BadZipFile, zlib.error, ParseError, EOFError, OSError, NotImplementedError, RuntimeError, OverflowError),
    *(KeyError, IndexError, ValueError, TypeError, AttributeError),
)
_AT_ONCE = 500  # rows


class SheetGrid:
    """One sheet."""

    has_ragged_rows = False  # people write notes beside a table

    def __init__(self, book: Any, sheet: Any) -> None:
        self._book, self._sheet = book, sheet
        self._facts: SheetFacts | None = None
        self.name: str = sheet.title
        self.is_visible: bool = sheet.sheet_state == "visible"
        self.expected_rows: int = min(sheet.max_row or 0, limits.ROWS)
        sheet.reset_dimensions()  # some programs write a wrong size, and rows beyond it would not be read

    def describe(self) -> str:
        return _("Read the sheet “%(name)s”.") % {"name": self.name}

    def rows(self, width: int = limits.COLUMNS + 1) -> Iterator[tuple[int, list[str]]]:
        facts = self._known_facts()
        spans = _Spans(facts, width)
        try:
            for number, values in enumerate(self._values(width), start=1):
                if number > limits.SHEET_ROWS:
                    return
                cells = [_written(value) for value in values]
                refuse_long_cells(number, cells)
                yield number, spans.fill(number, cells)
        except DAMAGE as error:
            raise damaged() from error

    def refuse_uncalculated(self, header: Header) -> None:
        """A formula that was never calculated looks blank to us, and its result would be lost in silence."""
        facts = self._known_facts()
        for column in sorted(header.columns.values()):
            if (row := facts.uncalculated.get(column, 0)) > header.number:
                raise UnreadableFile(
                    _(
                        "%(cell)s holds a formula whose result was never calculated. Open the workbook in Excel or "
                        "WPS, save it, and use that file."
                    )
                    % {"cell": f"{letters(column)}{row}"}
                )

    def _known_facts(self) -> SheetFacts:
        if self._facts is None:
            try:
                self._facts = facts_of(self._book._archive, self._sheet._worksheet_path)
            except DAMAGE as error:
                raise damaged() from error
        return self._facts

    def _values(self, width: int) -> Iterator[tuple[Any, ...]]:
        rows = self._sheet.iter_rows(max_col=width, values_only=True)
        while True:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # a serial that is no date comes as #VALUE!, which we refuse ourselves
                batch = list(islice(rows, _AT_ONCE))
            if not batch:
                return
            yield from batch


class _Spans:
    """Merged ranges while the rows go by: every cell of a range says what its first cell says."""

    def __init__(self, facts: SheetFacts, width: int) -> None:
        self._waiting = sorted((span for span in facts.merges if span[2] < width), reverse=True)
        self._open: list[tuple[int, int, int, str]] = []  # last row, first column, last column, what it says
        self._width = width

    def fill(self, number: int, cells: list[str]) -> list[str]:
        if not self._waiting and not self._open:
            return cells
        begins_blank = is_blank(cells)
        while self._waiting and self._waiting[-1][0] <= number:
            _first, last, left, right = self._waiting.pop()
            if left < len(cells):
                self._open.append((last, left, right, cells[left]))
        self._open = [span for span in self._open if span[0] >= number]
        if begins_blank:
            return cells  # a range that reaches into an empty row does not make it a record
        for _last, left, right, words in self._open:
            for column in range(left, min(right + 1, self._width)):
                if column < len(cells) and not cells[column]:
                    cells[column] = words
        return cells


def _written(value: Any) -> str:
    """A value as it would stand in a text file."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.replace("_x000D_", "")
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


def damaged() -> UnreadableFile:
    return UnreadableFile(
        _(
            "This workbook is damaged, or it was not copied to its end. Open it in Excel or WPS, save it as .xlsx, and "
            "use that file."
        )
    )
