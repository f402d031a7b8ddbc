"""Files for the tests, made on the spot: no binary is kept in the repository."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS

from sisheng.ground.tables import Field, Table, read_table, values

NAME = Field("name", "name", ("名称", "店名", "name"), is_required=True)
CODE = Field("code", "code", ("编号", "铺号", "code"), values.code(), is_required=True)
PHONE = Field("phone", "phone", ("手机号", "电话", "phone"), values.code())
SINCE = Field("since", "since", ("日期", "since"), values.day)
FIELDS = (NAME, CODE, PHONE, SINCE)

Cells = Sequence[Sequence[Any]]


def csv_text(rows: Cells, delimiter: str = ",", line_end: str = "\r\n") -> str:
    out = io.StringIO(newline="")
    quoting = csv.QUOTE_MINIMAL if line_end == "\r\n" else csv.QUOTE_ALL  # else it leaves a lone \r bare
    csv.writer(out, delimiter=delimiter, lineterminator=line_end, quoting=quoting).writerows(rows)
    return out.getvalue()


def write_csv(path: Path, rows: Cells, encoding: str = "utf-8", delimiter: str = ",") -> Path:
    path.write_bytes(csv_text(rows, delimiter).encode(encoding))
    return path


def write_xlsx(path: Path, rows: Cells, adorn: Callable[[Worksheet], None] | None = None) -> Path:
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(list(row))
    if adorn:
        adorn(sheet)
    book.save(path)
    return path


def rewrite(path: Path, change: dict[str, Callable[[bytes], bytes]]) -> Path:
    """The same archive with some of its parts changed, or new."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in {**parts, **change}:
            archive.writestr(name, change.get(name, lambda same: same)(parts.get(name, b"")))
    return path


def share_texts(path: Path) -> Path:
    """Put the texts of a workbook into the shared table, where Excel puts them and openpyxl does not."""
    texts: list[bytes] = []

    def number(inline: re.Match[bytes]) -> bytes:
        texts.append(inline[1])
        return b't="s"><v>%d</v></c>' % (len(texts) - 1)

    def take_out(xml: bytes) -> bytes:
        return re.sub(rb't="inlineStr"><is>(.*?)</is></c>', number, xml, flags=re.DOTALL)

    def put_in(_xml: bytes) -> bytes:
        return b'<sst xmlns="%s">%s</sst>' % (SHEET_MAIN_NS.encode(), b"".join(b"<si>%s</si>" % t for t in texts))

    def announce(xml: bytes) -> bytes:
        part = b'<Override PartName="/xl/sharedStrings.xml" ContentType="%s"/></Types>' % SHARED_STRINGS.encode()
        return xml.replace(b"</Types>", part)

    rewrite(path, {"xl/worksheets/sheet1.xml": take_out, "[Content_Types].xml": announce})
    return rewrite(path, {"xl/sharedStrings.xml": put_in})


def table_of(path: Path, fields: Iterable[Field] = FIELDS, sheet: str = "") -> tuple[Table, list[dict[str, str]]]:
    """The table, and its rows as they are written."""
    with read_table(path, tuple(fields), sheet=sheet) as table:
        return table, [row.cells for row in table.rows()]


def rows_of(path: Path, fields: Iterable[Field] = FIELDS) -> list[dict[str, str]]:
    return table_of(path, fields)[1]
