"""Titles as people write them."""

import pytest

from sisheng.ground.tables import Field, UnreadableFile, read_table
from sisheng.ground.tables.tests.files import FIELDS, rows_of, table_of, write_csv


@pytest.mark.parametrize(
    "title",
    ["名称", " 名 称 ", "*名称", "名称：", "【名称】", "名称（必填）", "Name", "ＮＡＭＥ", "名\n称", "名称(全称)"],
)
def test_spaces_signs_width_case_and_remarks_in_brackets_do_not_matter(tmp_path, title):
    path = write_csv(tmp_path / "a.csv", [[title, "编号"], ["行远", "A1"]])

    assert rows_of(path) == [{"name": "行远", "code": "A1"}]


def test_an_exact_title_comes_before_one_with_a_remark(tmp_path):
    fields = (*FIELDS, Field("english", "English", ("名称英文",)))
    path = write_csv(
        tmp_path / "a.csv", [["名称(拼音)", "名称(英文)", "名称", "编号"], ["XY", "Xingyuan", "行远", "A1"]]
    )

    assert rows_of(path, fields) == [{"name": "行远", "english": "Xingyuan", "code": "A1"}]


def test_the_better_spelling_wins_and_the_other_column_is_told(tmp_path):
    path = write_csv(tmp_path / "a.csv", [["名称", "编号", "电话", "手机号", "面积"], ["行远", "A1", "1", "2", "80"]])

    table, found = table_of(path)

    assert found[0]["phone"] == "2"
    assert table.notes[-1] == "以下列不认识，未读取：C 列“电话”、E 列“面积”。"


def test_the_header_may_lie_in_the_fifteenth_row_but_not_below(tmp_path):
    table = [["名称", "编号"], ["行远", "A1"]]

    assert rows_of(write_csv(tmp_path / "a.csv", [["标题"]] * 14 + table))
    with pytest.raises(UnreadableFile, match="前 15 行里没有找到表头"):
        read_table(write_csv(tmp_path / "b.csv", [["标题"]] * 15 + table), FIELDS)


def test_a_missing_column_is_named_with_the_titles_that_are_understood(tmp_path):
    path = write_csv(tmp_path / "a.csv", [["名称", "电话"], ["行远", "1"]])

    with pytest.raises(UnreadableFile) as refused:
        read_table(path, FIELDS)

    assert str(refused.value) == "第 1 行是表头，但缺少这些列：code（可写作“编号”或“铺号”或“code”）。"
