"""What every kind of file comes to: numbered rows of texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from django.utils.translation import gettext as _

from sisheng.ground.tables import limits
from sisheng.ground.tables.refusals import UnreadableFile


class Grid(Protocol):
    """A sheet, or a text file read in one way."""

    @property
    def expected_rows(self) -> int: ...  # about how many; 0 where nobody knows

    @property
    def has_ragged_rows(self) -> bool: ...  # a row longer than the header has a delimiter too many in it

    def describe(self) -> str: ...  # how it was read, in a sentence

    def rows(self, width: int = ...) -> Iterator[tuple[int, list[str]]]: ...  # raises UnreadableFile


def letters(column: int) -> str:
    """The name of a column, counted from 0: A … Z, AA …"""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def listed(names: Iterable[object]) -> str:
    return _(", ").join(str(name) for name in names)


def quoted(names: Iterable[object]) -> str:
    return listed(_("“%(name)s”") % {"name": name} for name in names)


def is_blank(cells: Sequence[str]) -> bool:
    return not any(cell and not cell.isspace() for cell in cells)


def refuse_long_cells(number: int, cells: Sequence[str]) -> None:
    for column, cell in enumerate(cells):
        if len(cell) > limits.CELL:
            raise too_long(number, column)


def too_long(number: int, column: int | None = None) -> UnreadableFile:
    place = {"row": number, "column": letters(column) if column is not None else "", "most": f"{limits.CELL:,}"}
    if column is None:
        sentence = _("Row %(row)d has a cell of more than %(most)s characters. A quotation mark may not be closed.")
    else:
        sentence = _(
            "Row %(row)d, column %(column)s has more than %(most)s characters. A quotation mark may not be closed."
        )
    return UnreadableFile(sentence % place)
