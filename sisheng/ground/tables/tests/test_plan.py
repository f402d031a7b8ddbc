"""What a table would change, and how it is told."""

from __future__ import annotations

import csv
import io

import pytest
from django.utils.translation import override

from sisheng.ground.refusals import Unusable
from sisheng.ground.tables import read_table, report
from sisheng.ground.tables.plan import Known, Spec, plan
from sisheng.ground.tables.progress import Progress
from sisheng.ground.tables.tests.files import FIELDS, write_csv


def refuse_snakes(values, _known):
    if values["name"] == "蛇":
        raise Unusable("没有蛇", field="name")


def planned(tmp_path, rows, known=None, **more):
    """The plan for these rows; `known` is what is there already, by code."""
    there = {code: Known(code, values) for code, values in (known or {}).items()}
    spec = Spec(
        fields=FIELDS,
        key=lambda row: row["code"],
        find=lambda rows: [there.get(row["code"]) for row in rows],
        called=lambda row: row["name"],
        check=refuse_snakes,
        **more,
    )
    with read_table(write_csv(tmp_path / "a.csv", [["名称", "编号", "手机号", "日期"], *rows]), FIELDS) as table:
        return plan(table, spec)


def told(made):
    return [str(line) for line in report.lines(made)]


def test_rows_are_new_changed_or_the_same(tmp_path):
    known = {"A1": {"name": "行远", "phone": "1"}, "A2": {"name": "拾光", "phone": "2"}}

    made = planned(tmp_path, [["行远", "A1", "1", ""], ["拾光", "A2", "3", ""], ["折角", "A3", "4", ""]], known)

    assert made.counts == {"new": 1, "changed": 1, "same": 1, "twins": 0, "problems": 0}
    assert made.changed[0].changes == {"phone": ("2", "3")}
    assert told(made) == ["第 3 行 · 更改 · 拾光：phone 2 → 3", "第 4 行 · 新增 · 折角"]
    with override("en"):
        assert told(made) == ["Row 3 · changed · 拾光: phone 2 → 3", "Row 4 · new · 折角"]


def test_a_blank_cell_erases_nothing(tmp_path):
    made = planned(tmp_path, [["行远", "A1", "", "—"]], {"A1": {"name": "行远", "phone": "1", "since": None}})

    assert made.changes_nothing
    assert made.same == 1


def test_what_the_record_does_not_tell_is_not_compared(tmp_path):
    made = planned(tmp_path, [["行远", "A1", "1", "2026-11-22"]], {"A1": {"name": "行远"}})

    assert made.changes_nothing


def test_every_wrong_cell_of_a_row_is_named_with_its_remedy(tmp_path):
    made = planned(tmp_path, [["", "A1", "", "11/22/2026"], ["蛇", "A2", "", ""]])

    assert told(made) == [
        "第 2 行 · 有误 · A 列“名称”：不能为空。请填写，或删去这一行。",
        "第 2 行 · 有误 · D 列“日期”：“11/22/2026” 年、月、日的顺序不清楚。请把年写在前面：2026-11-22。",
        "第 3 行 · 有误 · A 列“名称”：没有蛇",
    ]
    with override("en"):
        made = planned(tmp_path, [["", "A1", "", ""]])
        assert told(made) == ["Row 2 · wrong · column A “名称”: Must not be blank. Fill it in, or delete the row."]


def test_a_row_with_too_many_cells_is_wrong_and_not_read_askew(tmp_path):
    made = planned(tmp_path, [["行", "远", "A1", "1", "2"]])

    assert told(made) == ["第 2 行 · 有误 · 单元格比表头多。单元格里有分隔符时，请给它加上引号。"]
    assert made.new == []


def test_of_two_rows_about_one_thing_the_first_counts(tmp_path):
    made = planned(tmp_path, [["行远", "A1", "1", ""], ["行远", "A1", "1", ""], ["行近", "A1", "2", ""]])

    assert [row.values["phone"] for row in made.new] == ["1"]
    assert told(made)[1:] == [
        "第 3 行 · 重复 · 与第 2 行相同",
        "第 4 行 · 重复 · 行近 已在第 2 行，“name”、“phone”不同；以第 2 行为准",
    ]


def test_twins_that_differ_may_be_refused(tmp_path):
    rows = [["行远", "A1", "1", ""], ["行远", "A1", "1", ""], ["行远", "A1", "2", ""]]

    made = planned(tmp_path, rows, are_twins_refused=True)

    assert [twin.number for twin in made.twins] == [3]
    assert told(made)[-1] == "第 4 行 · 有误 · 与第 2 行重复，但“phone”不同。请删去其中错的一行。"


def test_twins_are_noticed_however_far_apart(tmp_path):
    rows = [[f"店{i}", f"A{i}", "", ""] for i in range(1200)]

    made = planned(tmp_path, [*rows, ["店3", "A3", "", ""]], at_once=500)

    assert made.counts == {"new": 1200, "changed": 0, "same": 0, "twins": 1, "problems": 0}


def test_what_nobody_can_tell_is_a_problem_of_its_row(tmp_path):
    spec = Spec(FIELDS, lambda row: row["code"], lambda rows: [Unusable("谁知道", field="code")] * len(rows), str)
    path = write_csv(tmp_path / "a.csv", [["名称", "编号"], ["行远", "A1"]])

    with read_table(path, FIELDS) as table:
        made = plan(table, spec)

    assert told(made) == ["第 2 行 · 有误 · B 列“编号”：谁知道"]


@pytest.mark.parametrize("name", ["=cmd|'/C calc'!A0", "@SUM(A1)", "+1", "-1"])
def test_a_report_runs_nothing_in_excel(tmp_path, name):
    made = planned(tmp_path, [[name, "A1", "", ""]])
    report.save(made, tmp_path / "report.csv")

    content = (tmp_path / "report.csv").read_bytes()
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert content.startswith(b"\xef\xbb\xbf")  # so that Excel reads the Chinese
    assert rows == [["行", "结果", "内容"], ["2", "新增", f"'{name}"]]


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_progress_is_a_bar_for_people_and_lines_for_a_log():
    for stream in (io.StringIO(), Terminal()):
        with Progress(stream, "读取", 1000) as progress:
            for done in range(1, 1500):
                progress.reach(done)
        if stream.isatty():
            assert stream.getvalue().startswith("\r读取 ░")
            assert stream.getvalue().endswith("\r读取 " + "█" * 30 + " 100% 1,499\n")
        else:
            assert stream.getvalue() == "".join(f"读取 {tenth}0%\n" for tenth in range(1, 11))
