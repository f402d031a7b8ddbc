"""Workbooks as property and member systems write them."""

from datetime import date, datetime
from xml.sax.saxutils import escape

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from sisheng.ground.tables import UnreadableFile, read_table
from sisheng.ground.tables.tests.files import FIELDS, rewrite, rows_of, share_texts, table_of, write_xlsx

HALF_PAST_NINE = datetime(2026, 11, 22, 9, 30)  # noqa: DTZ001 - workbooks know no zones
SHEET = "xl/worksheets/sheet1.xml"


def test_titles_blank_rows_and_blank_columns_around_the_table_do_not_matter(tmp_path):
    rows = [
        ["商户一览表"],
        ["打印日期", "2026-11-22"],
        [],
        [None, "名称", None, "编号"],
        [None, "行远", None, "A1"],
        [],
    ]
    path = write_xlsx(tmp_path / "a.xlsx", [*rows, [None, "拾光", None, "A2"]])

    with read_table(path, FIELDS) as table:
        found = [(row.number, row.cells) for row in table.rows()]

    assert found == [(5, {"name": "行远", "code": "A1"}), (7, {"name": "拾光", "code": "A2"})]
    assert table.address("code") == "D 列“编号”"


def test_merged_cells_say_the_same_in_every_row(tmp_path):
    rows = [
        ["名称", "编号", "手机号"],
        ["行远", "A1", 15400000001],
        [None, "A2", 15400000002],
        ["拾光", "A3", "同", None],
    ]

    def merge(sheet):
        sheet.insert_rows(1)
        sheet["A1"] = "名单"
        sheet.merge_cells("A1:C1")
        sheet.merge_cells("A3:A4")
        sheet.merge_cells("C3:C4")

    path = write_xlsx(tmp_path / "a.xlsx", rows, merge)

    assert rows_of(path) == [
        {"name": "行远", "code": "A1", "phone": "15400000001"},
        {"name": "行远", "code": "A2", "phone": "15400000001"},
        {"name": "拾光", "code": "A3", "phone": "同"},
    ]


def test_a_merged_range_that_reaches_into_empty_rows_makes_no_records(tmp_path):
    path = write_xlsx(tmp_path / "a.xlsx", [["名称", "编号"], ["行远", "A1"]], lambda sheet: sheet.merge_cells("A2:A9"))

    assert rows_of(path) == [{"name": "行远", "code": "A1"}]


def test_a_header_on_two_merged_rows_is_not_taken_for_a_record(tmp_path):
    rows = [["名称", "编号", "联系方式", None], [None, None, "手机号", "传真"], ["行远", "A1", "15400000001", ""]]

    def merge(sheet):
        for area in ("A1:A2", "B1:B2", "C1:D1"):
            sheet.merge_cells(area)

    path = write_xlsx(tmp_path / "a.xlsx", rows, merge)

    assert rows_of(path) == [{"name": "行远", "code": "A1", "phone": "15400000001"}]


def test_numbers_and_dates_are_written_out(tmp_path):
    rows = [["名称", "编号", "电话", "日期"], ["行远", 101, 15400000001.0, date(2026, 11, 22)]]
    rows += [["拾光", 102.0, 1.5400000002e10, HALF_PAST_NINE], ["折角", 3.5, "０２０", 46348]]
    path = write_xlsx(tmp_path / "a.xlsx", rows)

    assert [list(row.values()) for row in rows_of(path)] == [
        ["行远", "101", "15400000001", "2026-11-22"],
        ["拾光", "102", "15400000002", "2026-11-22 09:30:00"],
        ["折角", "3.5", "０２０", "46348"],
    ]


def test_totals_footers_and_repeated_headers_are_skipped_with_a_note(tmp_path):
    rows = [["序号", "名称", "编号"], [1, "行远", "A1"], ["小计", None, 1], ["序号", "名称", "编号"], [2, "拾光", "A2"]]
    path = write_xlsx(tmp_path / "a.xlsx", [*rows, ["合 计：", 2], ["制表人：某某", None, "审核"]])

    table, found = table_of(path)

    assert [row["code"] for row in found] == ["A1", "A2"]
    assert table.notes[-1] == "第 3、6、7 行是合计或表尾，已跳过。"


def test_the_sheet_that_has_the_header_is_read_and_the_others_are_named(tmp_path):
    book = Workbook()
    book.active.title = "说明"
    book.active.append(["填写说明", "请勿修改"])
    sheet = book.create_sheet("商户")
    for row in (["名称", "编号"], ["行远", "A1"]):
        sheet.append(row)
    book.save(tmp_path / "a.xlsx")

    table, found = table_of(tmp_path / "a.xlsx")

    assert found == [{"name": "行远", "code": "A1"}]
    assert table.notes == ["读取工作表“商户”。", "没有这些列，未读取：“说明”。"]


def test_two_sheets_with_the_header_are_not_chosen_between(tmp_path):
    book = Workbook()
    for title in ("L1", "L2"):
        sheet = book.create_sheet(title)
        for row in (["名称", "编号"], [f"{title} 店", "A1"]):
            sheet.append(row)
    book.save(tmp_path / "a.xlsx")

    with pytest.raises(UnreadableFile, match="有几张工作表都有这些列：“L1”、“L2”。请用 --sheet 名称 逐张导入。"):
        read_table(tmp_path / "a.xlsx", FIELDS)

    assert table_of(tmp_path / "a.xlsx", sheet="L2")[1] == [{"name": "L2 店", "code": "A1"}]
    with pytest.raises(UnreadableFile, match="没有名为“L3”的工作表"):
        read_table(tmp_path / "a.xlsx", FIELDS, sheet="L3")


def test_a_hidden_sheet_is_not_read_by_itself(tmp_path):
    book = Workbook()
    book.active.append(["空"])
    sheet = book.create_sheet("旧数据")
    sheet.sheet_state = "hidden"
    for row in (["名称", "编号"], ["行远", "A1"]):
        sheet.append(row)
    book.save(tmp_path / "a.xlsx")

    with pytest.raises(UnreadableFile, match="隐藏的工作表“旧数据”"):
        read_table(tmp_path / "a.xlsx", FIELDS)


def test_a_formula_gives_the_result_that_was_saved_with_it(tmp_path):
    path = write_xlsx(tmp_path / "a.xlsx", [["名称", "编号"], ["行远", "=1+1"]])
    rewrite(path, {SHEET: lambda xml: xml.replace(b"<v />", b"<v>2</v>").replace(b"<v/>", b"<v>2</v>")})

    assert rows_of(path) == [{"name": "行远", "code": "2"}]


def test_a_formula_that_was_never_calculated_is_refused_and_not_read_as_blank(tmp_path):
    path = write_xlsx(tmp_path / "a.xlsx", [["名称", "编号"], ["行远", "A1"], ["拾光", '="A"&2']])

    with pytest.raises(UnreadableFile, match="B3 里的公式还没有算出结果"):
        read_table(path, FIELDS)


def test_a_formula_beside_the_table_does_no_harm(tmp_path):
    path = write_xlsx(tmp_path / "a.xlsx", [["名称", "编号", "备注"], ["行远", "A1", "=1+1"]])

    assert rows_of(path) == [{"name": "行远", "code": "A1"}]


def test_a_wrong_size_written_by_another_program_hides_no_rows(tmp_path):
    path = write_xlsx(tmp_path / "a.xlsx", [["名称", "编号"], ["行远", "A1"], ["拾光", "A2"]])
    rewrite(path, {SHEET: lambda xml: xml.replace(b'ref="A1:B3"', b'ref="A1"')})

    assert len(rows_of(path)) == 2


def test_dates_counted_from_1904_are_refused(tmp_path):
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.append(["名称", "编号"])
    book.save(tmp_path / "a.xlsx")

    with pytest.raises(UnreadableFile, match="1904"):
        read_table(tmp_path / "a.xlsx", FIELDS)


def test_the_name_of_the_file_does_not_matter(tmp_path):
    path = write_xlsx(tmp_path / "a.xlsx", [["名称", "编号"], ["行远", "A1"]])

    assert rows_of(path.rename(tmp_path / "a.csv")) == [{"name": "行远", "code": "A1"}]


@pytest.mark.parametrize("text", ["行远箱包", "𠮷野家", "甲\n乙", "  两头有空格  ", "a<b>&c", "=cmd|'/C calc'!A0"])
def test_texts_are_read_the_same_wherever_the_workbook_keeps_them(tmp_path, text):
    path = write_xlsx(tmp_path / "a.xlsx", [["名称", "编号"], ["前", "A0"]])
    rewrite(path, {SHEET: lambda xml: xml.replace("前".encode(), escape(text).encode())})

    assert rows_of(path)[0]["name"] == text
    assert rows_of(share_texts(path))[0]["name"] == text
