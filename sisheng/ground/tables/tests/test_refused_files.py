"""Files that are not what they seem, and files made to do harm: each is refused with a sentence, at once."""

import io
import zipfile

import pytest
from django.utils.translation import override

from sisheng.ground.tables import UnreadableFile, limits, read_table
from sisheng.ground.tables.tests.files import FIELDS, csv_text, rewrite, rows_of, share_texts, write_csv, write_xlsx

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
HEADER = csv_text([["名称", "编号"]]).encode()


def refusal_of(path):
    with pytest.raises(UnreadableFile) as refused, read_table(path, FIELDS) as table:
        list(table.rows())
    return str(refused.value)


def saved(tmp_path, content, name="a.xls"):
    path = tmp_path / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "这个文件是空的。"),
        (b"\xef\xbb\xbf \r\n", "这个文件是空的。"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "这是旧版 Excel 文件（.xls）。请用 Excel 或 WPS 打开"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
            "这个工作簿有打开密码。",
        ),
        (b"<html><table><tr><td>\xe5\x90\x8d</td></tr></table></html>", "这其实是网页，只是取了表格的名字"),
        (b"\xef\xbb\xbf\r\n <!DOCTYPE html><html></html>", "这其实是网页"),
        ("\ufeff<html xmlns:x='urn'>".encode("utf-16"), "这其实是网页"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "（XML）"),
        (b"%PDF-1.7", "这是 PDF 文件，不是表格。"),
        (b"PK\x03\x04 and nothing more", "工作簿已损坏"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
    ],
)
def test_a_file_of_another_kind_is_refused_with_the_way_out(tmp_path, content, sentence):
    assert sentence in refusal_of(saved(tmp_path, content))


def test_the_refusals_are_there_in_english_too(tmp_path):
    path = saved(tmp_path, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")

    with override("en"):
        assert refusal_of(path) == (
            "This is an old Excel workbook (.xls). Open it in Excel or WPS, save it as .xlsx, and use that file."
        )


def test_other_archives_are_refused(tmp_path):
    def archive(**parts):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as into:
            for name, content in parts.items():
                into.writestr(name, content)
        return out.getvalue()

    ods = archive(mimetype="application/vnd.oasis.opendocument.spreadsheet")
    xlsb = archive(**{"[Content_Types].xml": "", "xl/workbook.bin": ""})

    assert "ODS" in refusal_of(saved(tmp_path, ods))
    assert "XLSB" in refusal_of(saved(tmp_path, xlsb))
    assert "ZIP" in refusal_of(saved(tmp_path, archive(**{"readme.txt": "hello"})))


def test_a_file_that_is_not_there_and_a_folder_are_refused(tmp_path):
    assert "没有文件" in refusal_of(tmp_path / "a.csv")
    assert "文件夹" in refusal_of(tmp_path)


@pytest.mark.parametrize("kept", [0.3, 0.7, 0.95])
def test_a_workbook_that_was_not_copied_to_its_end_is_refused(tmp_path, kept):
    whole = write_xlsx(tmp_path / "a.xlsx", [["名称", "编号"], *[["行远", f"A{i}"] for i in range(500)]]).read_bytes()

    assert "工作簿已损坏" in refusal_of(saved(tmp_path, whole[: int(len(whole) * kept)]))


@pytest.mark.parametrize("part", ["[Content_Types].xml", "xl/workbook.xml", SHEET, STRINGS, "xl/styles.xml"])
@pytest.mark.parametrize("damage", [lambda xml: xml[: len(xml) // 2], lambda _xml: b"", lambda _xml: b"<a/>"])
def test_a_workbook_with_a_broken_part_is_refused_or_read_right(tmp_path, part, damage):
    path = share_texts(write_xlsx(tmp_path / "a.xlsx", [["名称", "编号"], ["行远", "A1"]]))
    rewrite(path, {part: damage})

    if part == "xl/styles.xml" and damage(b"") == b"<a/>":
        assert rows_of(path) == [{"name": "行远", "code": "A1"}]  # only decoration is lost
    else:
        sentence = refusal_of(path)
        assert "工作簿已损坏" in sentence or "没有找到表头" in sentence


def test_a_cell_of_four_megabytes_is_refused_with_its_row(tmp_path):
    huge = [["名称", "编号"], ["行远", "A1"], ["字" * 1_400_000, "A2"]]

    assert "第 3 行" in refusal_of(saved(tmp_path, csv_text(huge).encode(), "a.csv"))
    assert "第 3 行" in refusal_of(saved(tmp_path, csv_text([*huge[:2], ["字" * 9000, "A2"]]).encode(), "a.csv"))


def test_a_long_cell_of_a_workbook_is_refused_with_its_place(tmp_path):
    path = write_xlsx(tmp_path / "a.xlsx", [["名称", "编号"], ["行远", "A" * 4001]])

    assert "第 2 行 B 列" in refusal_of(path)


def test_a_million_columns_are_refused(tmp_path):
    assert "字符" in refusal_of(saved(tmp_path, HEADER + b"," * 4_000_000, "a.csv"))
    assert "200 列" in refusal_of(write_csv(tmp_path / "b.csv", [["名称", "编号", *["备注"] * 250]]))


def test_a_sheet_row_with_a_million_cells_is_refused_before_it_is_unpacked(tmp_path):
    path = write_xlsx(tmp_path / "a.xlsx", [["名称", "编号"], ["行远", "A1"]])
    rewrite(path, {SHEET: lambda xml: xml.replace(b"</row>", b"<c/>" * 1_000_000 + b"</row>", 1)})

    assert "远大于一张表格" in refusal_of(path)  # as elements it would take half a gigabyte


def test_a_zip_bomb_is_never_unpacked(tmp_path):
    path = write_xlsx(tmp_path / "a.xlsx", [["名称", "编号"], ["行远", "A1"]])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/bomb.xml", "w") as part:
        for _megabyte in range(20):
            part.write(b" " * limits.MEGABYTE)

    assert path.stat().st_size < limits.MEGABYTE
    assert "远大于一张表格" in refusal_of(path)


def test_too_many_shared_texts_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "STRING_COUNT", 1000)
    rows = [["名称", "编号"], *[[f"行远{i}", f"A{i}"] for i in range(600)]]
    path = share_texts(write_xlsx(tmp_path / "a.xlsx", rows))

    assert "远大于一张表格" in refusal_of(path)


def test_entities_that_multiply_are_refused(tmp_path):
    laughs = b"".join(b'<!ENTITY l%d "%s">' % (i, b"&l%d;" % (i - 1) * 10) for i in range(1, 10))
    bomb = b'<?xml version="1.0"?><!DOCTYPE sst [<!ENTITY l0 "lol">' + laughs + b"]><sst>&l9;</sst>"
    path = share_texts(write_xlsx(tmp_path / "a.xlsx", [["名称", "编号"], ["行远", "A1"]]))

    assert "工作簿已损坏" in refusal_of(rewrite(path, {STRINGS: lambda _xml: bomb}))


def test_more_rows_than_fit_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "ROWS", 10)
    rows = [["名称", "编号"], *[["行远", f"A{i}"] for i in range(11)]]

    assert "超过 10 行" in refusal_of(write_csv(tmp_path / "a.csv", rows))
    assert "超过 10 行" in refusal_of(write_xlsx(tmp_path / "a.xlsx", rows))


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "FILE", limits.MEGABYTE)

    assert "大于 1 MB" in refusal_of(saved(tmp_path, HEADER + b" " * limits.MEGABYTE))
