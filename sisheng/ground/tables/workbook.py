"""Workbooks (.xlsx): opened with care, and the sheet found that holds the table."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.datetime import MAC_EPOCH

from sisheng.ground.tables.fields import Field
from sisheng.ground.tables.grid import Grid, quoted
from sisheng.ground.tables.headers import Header, find_header, nothing_found
from sisheng.ground.tables.refusals import UnreadableFile
from sisheng.ground.tables.scan import refuse_bombs
from sisheng.ground.tables.sheets import DAMAGE, SheetGrid, damaged


class Workbook:
    """An open workbook. Rows are streamed: only its table of shared texts is held in memory."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")
        try:
            self._book = self._opened()
        except DAMAGE as error:
            self.close()
            raise damaged() from error
        except UnreadableFile:
            self.close()
            raise

    def choose(self, fields: Sequence[Field], sheet: str) -> tuple[Grid, Header, list[str]]:
        grids = [SheetGrid(self._book, each) for each in self._book.worksheets]
        looked_at = [grid for grid in grids if (grid.name == sheet if sheet else grid.is_visible)]
        if sheet and not looked_at:
            raise UnreadableFile(
                _("There is no sheet “%(sheet)s”. There are: %(names)s.") % {"sheet": sheet, "names": _named(grids)}
            )
        found = [(grid, header) for grid in looked_at if (header := find_header(grid.rows(), fields))]
        if not found:
            raise self._why_not(grids, fields)
        complete = [(grid, header) for grid, header in found if not header.missing(fields)]
        if len(complete) > 1:
            raise UnreadableFile(
                _("Several sheets have these columns: %(names)s. Say which one with --sheet NAME, one after the other.")
                % {"names": _named(grid for grid, _header in complete)}
            )
        grid, header = max(complete or found, key=lambda pair: len(pair[1].columns))
        grid.refuse_uncalculated(header)
        return grid, header, _unread([each for each in looked_at if each is not grid])

    def close(self) -> None:
        self._file.close()

    def _opened(self) -> Any:
        with ZipFile(self._file) as archive:
            refuse_bombs(archive)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl's, about decoration that we do not read
            book = load_workbook(self._file, read_only=True, data_only=True, keep_links=False)
        if book.epoch == MAC_EPOCH:
            raise UnreadableFile(
                _(
                    "This workbook counts its dates from 1904, as an old Excel for Mac did. Save it as CSV UTF-8 and "
                    "use that file."
                )
            )
        return book

    def _why_not(self, grids: list[SheetGrid], fields: Sequence[Field]) -> UnreadableFile:
        for grid in grids:
            if not grid.is_visible and find_header(grid.rows(), fields):
                return UnreadableFile(
                    _("The table is on the hidden sheet “%(name)s”. Unhide it, or name it with --sheet.")
                    % {"name": grid.name}
                )
        return nothing_found(fields)


def _unread(grids: Iterable[SheetGrid]) -> list[str]:
    if names := _named(grids):
        return [_("Without these columns, and not read: %(names)s.") % {"names": names}]
    return []


def _named(grids: Iterable[SheetGrid]) -> str:
    return quoted(grid.name for grid in grids)
