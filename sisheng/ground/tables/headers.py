"""The row that names the columns, and which column is which."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext as _

from sisheng.ground.tables import limits
from sisheng.ground.tables.fields import Field
from sisheng.ground.tables.grid import letters, quoted
from sisheng.ground.tables.refusals import UnreadableFile
from sisheng.ground.tables.values import fold, tidy

_BRACKETS = re.compile(r"[(（\[【〔{「《<＜].*?[)）\]】〕}」》>＞]", re.DOTALL)


@dataclass(frozen=True)
class Header:
    """The header of one sheet: the titles as they are written, and the column of each field that was found."""

    number: int
    titles: tuple[str, ...]
    columns: dict[str, int]

    @property
    def width(self) -> int:
        return len(self.titles)

    @property
    def ignored(self) -> list[int]:
        """Columns with a title that we do not know."""
        known = set(self.columns.values())
        return [column for column, title in enumerate(self.titles) if tidy(title) and column not in known]

    def missing(self, fields: Iterable[Field]) -> list[Field]:
        return [field for field in fields if field.is_required and field.key not in self.columns]

    def address(self, column: int) -> str:
        """D “联系电话”: the letter that a spreadsheet shows, and the title."""
        return _("%(letter)s “%(title)s”") % {"letter": letters(column), "title": tidy(self.titles[column])}

    def is_repeated_by(self, cells: Sequence[str]) -> bool:
        """Printed tables repeat their header on each page."""
        return all(column < len(cells) and cells[column] == self.titles[column] for column in self.columns.values())


def find_header(rows: Iterable[tuple[int, list[str]]], fields: Sequence[Field]) -> Header | None:
    """The row in which most of the fields are named, the first of several; None where none is named at all."""
    best: Header | None = None
    for number, cells in islice(rows, limits.HEADER_ROWS):
        columns = _columns(cells, fields)
        if columns and (best is None or len(columns) > len(best.columns)):
            best = Header(number, _without_blank_end(cells), columns)
    if best and best.width > limits.COLUMNS:
        raise UnreadableFile(
            _("Row %(row)d names more than %(most)d columns. Delete those that are not needed.")
            % {"row": best.number, "most": limits.COLUMNS}
        )
    return best


def nothing_found(fields: Sequence[Field]) -> UnreadableFile:
    return UnreadableFile(
        _("None of the first %(most)d rows names the columns. Needed: %(columns)s.")
        % {"most": limits.HEADER_ROWS, "columns": _spelled(field for field in fields if field.is_required)}
    )


def refuse_missing(header: Header, fields: Sequence[Field]) -> None:
    if missing := header.missing(fields):
        raise UnreadableFile(
            _("Row %(row)d is the header, but a column is missing: %(columns)s.")
            % {"row": header.number, "columns": _spelled(missing)}
        )


def _spelled(fields: Iterable[Field]) -> str:
    """Each field with the titles that are understood."""
    return _("; ").join(
        _("%(label)s (written %(spellings)s)")
        % {"label": field.label, "spellings": _(" or ").join(quoted([spelling]) for spelling in field.spellings)}
        for field in fields
    )


def _columns(cells: Sequence[str], fields: Sequence[Field]) -> dict[str, int]:
    """The column of each field. A title that fits exactly comes before one that fits without what is in brackets;
    then the better spelling, then the column further to the left."""
    exact = [fold(cell) for cell in cells]
    bare = [fold(_BRACKETS.sub("", cell)) for cell in cells]
    found: dict[str, int] = {}
    for titles in (exact, bare):
        taken = set(found.values())
        for field in fields:
            if field.key not in found and (column := _best_column(titles, field, taken)) is not None:
                found[field.key] = column
    return found


def _best_column(titles: Sequence[str], field: Field, taken: set[int]) -> int | None:
    for spelling in field.spellings:
        folded = fold(spelling)
        for column, title in enumerate(titles):
            if title == folded and column not in taken:
                return column
    return None


def _without_blank_end(cells: Sequence[str]) -> tuple[str, ...]:
    used = [column for column, cell in enumerate(cells) if tidy(cell)]
    return tuple(cells[: used[-1] + 1])
