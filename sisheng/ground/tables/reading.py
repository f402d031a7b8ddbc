"""From a file to rows of texts, each with its address."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sisheng.ground.tables import limits
from sisheng.ground.tables.fields import Field
from sisheng.ground.tables.grid import Grid, is_blank, listed
from sisheng.ground.tables.headers import Header, refuse_missing
from sisheng.ground.tables.leftovers import is_leftover
from sisheng.ground.tables.recognise import Source, open_source
from sisheng.ground.tables.refusals import UnreadableFile


@dataclass(frozen=True, slots=True)
class Row:
    """One record: what is written in the cells of the fields that were found, exactly as it is written."""

    number: int  # as a spreadsheet counts
    cells: dict[str, str]
    is_overlong: bool = False  # more cells than the header has titles


@dataclass
class Table:
    """A table whose header was found. `notes` tell what was read how, and grow while the rows go by."""

    fields: tuple[Field, ...]
    header: Header
    notes: list[str]
    _grid: Grid = field(repr=False)
    _source: Source = field(repr=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        self._source.close()

    @property
    def expected_rows(self) -> int:
        """About how many rows there are, for a progress bar; 0 where nobody knows."""
        return self._grid.expected_rows

    def address(self, key: str) -> str:
        """The column of a field as a person finds it: D “联系电话”."""
        return self.header.address(self.header.columns[key])

    def rows(self) -> Iterator[Row]:
        """The records, in the order of the file. Raises UnreadableFile at a place that cannot be read."""
        columns, header = self.header.columns, self.header
        leftovers: list[int] = []
        count = 0
        for number, cells in self._grid.rows(header.width):
            if number <= header.number or is_blank(cells) or header.is_repeated_by(cells):
                continue
            if is_leftover(cells):
                leftovers.append(number)
                continue
            if (count := count + 1) > limits.ROWS:
                raise UnreadableFile(
                    _("There are more than %(most)s rows. Split the table into several files.")
                    % {"most": f"{limits.ROWS:,}"}
                )
            written = {key: cells[column] if column < len(cells) else "" for key, column in columns.items()}
            yield Row(number, written, self._grid.has_ragged_rows and not is_blank(cells[header.width :]))
        self._note_leftovers(leftovers)

    def _note_leftovers(self, rows: list[int]) -> None:
        if rows:
            named = listed(rows[:10]) + (" …" if len(rows) > 10 else "")
            sentence = ngettext(
                "Row %(rows)s is a total or a footer and was skipped.",
                "Rows %(rows)s are totals or footers and were skipped.",
                len(rows),
            )
            self.notes.append(sentence % {"rows": named})


def read_table(path: Path | str, fields: Sequence[Field], *, sheet: str = "") -> Table:
    """Find the table in a file. Close it, or use it as a context. Raises UnreadableFile with what to do instead."""
    source = open_source(Path(path))
    try:
        grid, header, notes = source.choose(fields, sheet)
        refuse_missing(header, fields)
    except UnreadableFile:
        source.close()
        raise
    return Table(tuple(fields), header, [grid.describe(), *notes, *_ignored(header)], grid, source)


def _ignored(header: Header) -> list[str]:
    if not header.ignored:
        return []
    titles = listed(header.address(column) for column in header.ignored)
    return [_("Columns that are not known, and not read: %(titles)s.") % {"titles": titles}]
