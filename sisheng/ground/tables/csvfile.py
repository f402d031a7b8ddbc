"""Text files with one record on a line: comma, semicolon or tab between the cells."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TextIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from sisheng.ground.tables import limits
from sisheng.ground.tables.encodings import Attempt, attempts
from sisheng.ground.tables.fields import Field
from sisheng.ground.tables.grid import Grid, refuse_long_cells, too_long
from sisheng.ground.tables.headers import Header, find_header, nothing_found
from sisheng.ground.tables.refusals import UnreadableFile

DELIMITERS = {",": gettext_noop("commas"), ";": gettext_noop("semicolons"), "\t": gettext_noop("tabs")}


class TextFile:
    """A text file, and the several ways in which it may be meant. Its header says which one is right."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def choose(self, fields: Sequence[Field], sheet: str) -> tuple[Grid, Header, list[str]]:
        if sheet:
            raise UnreadableFile(_("This is a text file and has no sheets: leave --sheet out."))
        ways = attempts(self._path)
        found = [pair for way in ways if (pair := self._best_delimiter(way, fields))]
        for grid, _header in found:
            if grid.attempt.is_damaged:
                raise grid.attempt.refusal()
        for grid, header in found:
            if grid.attempt.flaw is None:
                return grid, header, []
        raise self._why_not(ways, [grid.attempt for grid, _header in found], fields)

    def close(self) -> None:
        """Nothing is held open between readings."""

    def _best_delimiter(self, way: Attempt, fields: Sequence[Field]) -> tuple[CsvGrid, Header] | None:
        grids = (CsvGrid(self._path, way, delimiter) for delimiter in DELIMITERS)
        found = [(grid, header) for grid in grids if (header := find_header(_as_far_as_it_goes(grid), fields))]
        return max(found, key=lambda pair: len(pair[1].columns), default=None)

    def _why_not(self, ways: list[Attempt], with_header: list[Attempt], fields: Sequence[Field]) -> UnreadableFile:
        sound = [way for way in ways if way.flaw is None]
        if with_header or not sound:
            return max(with_header or ways, key=lambda way: way.flaw.byte if way.flaw else 0).refusal()
        try:
            for _row in islice(CsvGrid(self._path, sound[0], ",").rows(), limits.HEADER_ROWS):
                pass  # only to see whether it can be read so far
        except UnreadableFile as error:
            return error
        return nothing_found(fields)


@dataclass(frozen=True)
class CsvGrid:
    """The file in one encoding and with one delimiter."""

    path: Path
    attempt: Attempt
    delimiter: str
    has_ragged_rows: bool = True

    @property
    def expected_rows(self) -> int:
        return self.attempt.lines

    def describe(self) -> str:
        return _("Read as %(label)s text with %(delimiter)s between the cells.") % {
            "label": self.attempt.label,
            "delimiter": _(DELIMITERS[self.delimiter]),
        }

    def rows(self, width: int = limits.COLUMNS + 1) -> Iterator[tuple[int, list[str]]]:
        """The rows with their numbers, as a spreadsheet would count them."""
        # a flawed attempt is looked at for its header only
        errors = "strict" if self.attempt.flaw is None else "replace"
        with self.path.open(encoding=self.attempt.codec, errors=errors, newline="") as file:
            records = csv.reader(_lines(file), delimiter=self.delimiter, strict=True)
            number = 0
            while True:
                number += 1
                try:
                    cells = next(records)
                except StopIteration:
                    return
                except csv.Error as error:
                    raise _unreadable(error, number) from None
                refuse_long_cells(number, cells)
                yield number, cells


def _as_far_as_it_goes(grid: CsvGrid) -> Iterator[tuple[int, list[str]]]:
    """With the wrong delimiter or encoding the first rows may make no sense."""
    try:
        yield from grid.rows()
    except UnreadableFile:
        return


def _lines(file: TextIO) -> Iterator[str]:
    """Line by line, none of them longer than all columns can fill."""
    first = file.readline(limits.LINE + 1).removeprefix("\ufeff")
    line, number = first, 1
    while line:
        if len(line) > limits.LINE:
            raise UnreadableFile(
                _("Line %(line)d has more than %(most)s characters: this is not a table with one record on a line.")
                % {"line": number, "most": f"{limits.LINE:,}"}
            )
        yield line
        line, number = file.readline(limits.LINE + 1), number + 1


def _unreadable(error: csv.Error, number: int) -> UnreadableFile:
    if "field limit" in str(error):
        return too_long(number)
    return UnreadableFile(
        _("Row %(row)d: a quotation mark is not closed, or stands in the middle of a cell. Put it right in that row.")
        % {"row": number}
    )
