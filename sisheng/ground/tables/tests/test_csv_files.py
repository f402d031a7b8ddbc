"""Text files as people export them."""

import codecs

import pytest

from sisheng.ground.tables import UnreadableFile, read_table
from sisheng.ground.tables.tests.files import FIELDS, csv_text, rows_of, table_of, write_csv

RARE = [["名称", "编号"], ["喆记", "A1"], ["𠮷野", "A2"], ["龘龘", "A3"], ["䶮", "A4"]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_rare_characters_come_through_every_encoding(tmp_path, encoding, delimiter):
    path = write_csv(tmp_path / "a.csv", RARE, encoding, delimiter)

    assert [row["name"] for row in rows_of(path)] == ["喆记", "𠮷野", "龘龘", "䶮"]


def test_utf16_is_read_in_both_byte_orders(tmp_path):
    for mark, codec in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        path = tmp_path / f"{codec}.csv"
        path.write_bytes(mark + csv_text(RARE, "\t").encode(codec))

        assert [row["code"] for row in rows_of(path)] == ["A1", "A2", "A3", "A4"]


def test_gbk_is_recognised_without_being_told(tmp_path):
    path = write_csv(tmp_path / "a.csv", [["店名", "铺号"], ["行远箱包", "L2-C02"]], "gbk")

    table, rows = table_of(path)

    assert rows == [{"name": "行远箱包", "code": "L2-C02"}]
    assert "GB18030" in table.notes[0]


def test_quoted_cells_keep_delimiters_quotation_marks_and_line_ends(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes('名称,编号\r\n"甲,乙""丙""\n丁",A1\r\n戊,A2\r\n'.encode())

    with read_table(path, FIELDS) as table:
        first, second = table.rows()

    assert first.cells == {"name": '甲,乙"丙"\n丁', "code": "A1"}
    assert (first.number, second.number) == (2, 3)  # as Excel counts them, not as lines


def test_a_file_cut_off_within_a_character_is_refused_with_the_byte(tmp_path):
    whole = csv_text([["name", "code"], *[["行远箱包", f"A{i}"] for i in range(9)], ["末", "龘"]]).encode()
    path = tmp_path / "a.csv"
    path.write_bytes(whole[:-4])  # line end, and the last byte of 龘 but one

    with pytest.raises(UnreadableFile) as refused:
        read_table(path, FIELDS)

    assert f"第 {len(whole) - 4} 个字节（第 11 行）不是 UTF-8 文字" in str(refused.value)


def test_a_gbk_file_cut_off_within_a_character_is_refused_with_the_byte(tmp_path):
    whole = csv_text([["店名", "铺号"], ["行远箱包", "L2-C02"], ["末", "龘"]]).encode("gbk")
    path = tmp_path / "a.csv"
    path.write_bytes(whole[:-3])

    with pytest.raises(UnreadableFile) as refused:
        read_table(path, FIELDS)

    assert f"第 {len(whole) - 3} 个字节（第 3 行）不是 GB18030 文字" in str(refused.value)


def test_bytes_of_another_encoding_in_the_middle_are_named_and_not_replaced(tmp_path):
    begin = csv_text([["名称", "编号"], ["行远箱包", "A1"]]).encode()
    path = tmp_path / "a.csv"
    path.write_bytes(begin + "喆记,A2\r\n".encode("gbk") + csv_text([["拾光皮具", "A3"]]).encode())

    with pytest.raises(UnreadableFile, match=f"第 {len(begin) + 1} 个字节（第 3 行）不是 UTF-8"):
        read_table(path, FIELDS)


def test_the_flaw_is_found_beyond_the_first_megabyte(tmp_path):
    begin = csv_text([["名称", "编号"], *[["行远箱包" * 20, f"A{i}"] for i in range(9000)]]).encode()
    assert len(begin) > 2 * 1024 * 1024
    path = tmp_path / "a.csv"
    path.write_bytes(begin + b"\xff,B1\r\n")

    with pytest.raises(UnreadableFile, match=f"第 {len(begin) + 1} 个字节（第 9002 行）"):
        read_table(path, FIELDS)


def test_a_nul_byte_is_named(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("名称,编号\r\n行\0远,A1\r\n".encode())

    with pytest.raises(UnreadableFile, match="第 19 个字节（第 2 行）是 NUL"):
        read_table(path, FIELDS)


def test_an_open_quotation_mark_is_refused(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes('名称,编号\r\n行远,A1\r\n"拾光,A2\r\n'.encode())

    with pytest.raises(UnreadableFile, match="第 3 行：引号"), read_table(path, FIELDS) as table:
        list(table.rows())


def test_a_row_with_more_cells_than_the_header_is_marked(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("名称,编号\r\n行远,箱包,A1\r\n拾光,A2,\r\n".encode())

    with read_table(path, FIELDS) as table:
        assert [row.is_overlong for row in table.rows()] == [True, False]


def test_a_line_for_excel_before_the_header_does_not_matter(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("sep=;\r\n名称;编号\r\n行远;A1\r\n".encode("utf-8-sig"))

    assert rows_of(path) == [{"name": "行远", "code": "A1"}]


def test_the_line_ends_of_old_macs_and_of_unix_are_read(tmp_path):
    for line_end in ("\r", "\n"):
        path = tmp_path / "a.csv"
        path.write_text(csv_text([["名称", "编号"], ["行远", "A1"], ["拾光", "A2"]], line_end=line_end), newline="")

        assert [row["code"] for row in rows_of(path)] == ["A1", "A2"]
