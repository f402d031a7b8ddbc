"""sisheng import, with three files as awkward as real ones; they are made here, none is kept."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from openpyxl import Workbook

from sisheng.ground.events.models import Event
from sisheng.mall.customers.models import Customer
from sisheng.mall.directory.models import Floor, Shop, Zone

MEMBERS = [
    ["泊云汇会员资料（内部）", "", "", "", ""],
    ["导出时间：2026-11-22 09:30", "", "", "", ""],
    [],
    ["会 员 姓 名", "手机号码", "会员等级", "有效期至", "入会日期"],
    ["喆女士", "１５４００００００１１", "金卡", "2027年12月31日", "2019/9/28"],
    ["王先生", "15400000012.0", "普卡", "", "20200105"],
    ["林　女士", "1.5400000013E+10", "银卡", "2027.6.30", "43836"],
    ["", "154-0000-0014", "", "", "2020-02-29"],
    ["合计", "4", "", "", ""],
]
COME_IN = [
    ("喆女士", "+8615400000011", "gold", "2027-12-31", "2019-09-28"),
    ("王先生", "+8615400000012", "ordinary", "", "2020-01-05"),
    ("林 女士", "+8615400000013", "silver", "2027-06-30", "2020-01-06"),
    ("", "+8615400000014", "", "", "2020-02-29"),
]


@pytest.fixture
def run():
    """Run the command; what it printed, and what it said on the side."""

    def do(*words, **more):
        out, side = io.StringIO(), io.StringIO()
        more.setdefault("mall", "riverside")
        call_command("import", *map(str, words), stdout=out, stderr=side, **more)
        return out.getvalue()

    return do


@pytest.fixture
def members(tmp_path):
    def write(rows=MEMBERS, encoding="gbk"):
        path = tmp_path / "members.csv"
        text = io.StringIO(newline="")
        csv.writer(text).writerows(rows)
        path.write_bytes(text.getvalue().encode(encoding))
        return path

    return write


@pytest.fixture
def shops(tmp_path, riverside, floor, wing):
    """A workbook with a title, a header on two rows, a merged floor, a sheet of remarks and a total."""
    Floor.objects.create(mall=riverside, code="L1", level=1, name="一层")
    Zone.objects.create(mall=riverside, code="A", name="东翼")
    book = Workbook()
    book.active.title = "填表说明"
    book.active.append(["请勿修改表头"])
    sheet = book.create_sheet("商户")
    rows = [
        ["临江汇商户一览表"],
        ["楼层", "铺位号", "店铺名称", "联系方式", None, "最后营业日"],
        [None, None, None, "分机", "联系电话", None],
        ["1F", "L1-A02", "星砂珠宝", 6016, 15400000021, None],
        [None, "L1-A03", "鹿角时计", 6017.0, 1.5400000022e10, None],
        ["二层", "Ｌ２－Ｃ０２", "行远箱包", "６０３８", None, 46387],
        [None, "L2-C05", "龘𠮷", None, None, None],
        ["小计", 4],
    ]
    for row in rows:
        sheet.append(row)
    for area in ("A1:F1", "A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:F3", "A4:A5", "A6:A7"):
        sheet.merge_cells(area)
    path = tmp_path / "shops.xlsx"
    book.save(path)
    return path


def everybody():
    return [
        (who.salutation, who.phone, who.tier, str(who.tier_until or ""), str(who.created_at.astimezone().date()))
        for who in Customer.objects.order_by("number")
    ]


def test_a_gbk_table_with_titles_wide_digits_and_broken_phones_comes_in_right(run, members, riverside):
    printed = run("customers", members())

    assert everybody() == COME_IN
    assert printed.splitlines() == [
        "按 GB18030 文字读取，单元格以逗号分隔。",
        "第 9 行是合计或表尾，已跳过。",
        "第 5 行 · 新增 · 喆女士 154****0011",
        "第 6 行 · 新增 · 王先生 154****0012",
        "第 7 行 · 新增 · 林女士 154****0013",
        "第 8 行 · 新增 · 154****0014",
        "新增 4 · 更改 0 · 不变 0 · 重复 0 · 有误 0",
        "已导入。",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_same_table_comes_in_from_every_encoding(run, members, riverside, encoding):
    run("customers", members([*MEMBERS[:-1], ["𠮷龘", "15400000015", "", "", "2020-02-29"]], encoding))

    assert everybody() == [*COME_IN, ("𠮷龘", "+8615400000015", "", "", "2020-02-29")]


def test_a_workbook_with_merged_cells_titles_and_a_total_comes_in_right(run, shops, riverside, luggage):
    printed = run("shops", shops, language="en")

    found = Shop.objects.filter(mall=riverside).order_by("unit")
    assert [(s.unit, s.name, s.floor.code, s.zone.code, s.extension) for s in found] == [
        ("L1-A02", "星砂珠宝", "L1", "A", "6016"),
        ("L1-A03", "鹿角时计", "L1", "A", "6017"),
        ("L2-C02", "行远箱包", "L2", "C", "6038"),
        ("L2-C05", "龘𠮷", "L2", "C", ""),
    ]
    assert [s.contacts.get().extension for s in found[:2]] == ["+8615400000021", "+8615400000022"]
    assert str(found[2].notice_until) == "2026-12-31"
    assert printed.splitlines() == [
        "Read the sheet “商户”.",
        "Without these columns, and not read: “填表说明”.",
        "Row 8 is a total or a footer and was skipped.",
        "Row 4 · new · 星砂珠宝 L1-A02",
        "Row 5 · new · 鹿角时计 L1-A03",
        "Row 6 · changed · 行远箱包 L2-C02: extension 6037 → 6038, last day here — → 2026-12-31",
        "Row 7 · new · 龘𠮷 L2-C05",
        "3 new · 1 changed · 0 as they were · 0 twice · 0 wrong",
        "Done.",
    ]


def test_a_dry_run_shows_the_same_and_writes_nothing(run, members, shops, riverside, luggage):
    printed = [run("customers", members(), dry_run=True), run("shops", shops, dry_run=True)]

    assert all(text.endswith("这是试运行，没有改动任何内容。\n") for text in printed)
    assert "第 6 行 · 更改 · 行远箱包 L2-C02：分机 6037 → 6038、最后一天 — → 2026-12-31" in printed[1]
    assert not Customer.objects.exists()
    assert list(Shop.objects.values_list("unit", "extension")) == [("L2-C02", "6037")]
    assert not Event.objects.exists()


def test_the_same_file_again_changes_nothing(run, members, shops, riverside):
    run("customers", members())
    run("shops", shops)
    before = (everybody(), list(Shop.objects.order_by("pk").values()), Event.objects.count())

    again = [run("customers", members()), run("shops", shops)]

    assert (everybody(), list(Shop.objects.order_by("pk").values()), Event.objects.count()) == before
    assert all(text.endswith("现有内容与文件一致，没有改动。\n") for text in again)


def test_one_broken_row_and_nothing_is_changed_at_all(run, members, riverside):
    rows = [*MEMBERS[:-1], ["坏", "154", "", "", ""]]

    with pytest.raises(CommandError, match="没有改动任何内容。请改正有误的行，或用 --skip-bad-rows 跳过它们。"):
        run("customers", members(rows))

    assert not Customer.objects.exists()
    assert not Event.objects.exists()

    run("customers", members(rows), skip_bad_rows=True)

    assert everybody() == COME_IN
    assert Event.objects.get(kind="import.done").details["problems"] == 1


def test_a_dry_run_of_a_broken_file_fails_too(run, members, riverside):
    with pytest.raises(CommandError):
        run("customers", members([*MEMBERS[:-1], ["坏", "154", "", "", ""]]), dry_run=True)


def test_a_file_that_is_cut_off_changes_nothing(run, members, riverside):
    path = members()
    path.write_bytes(path.read_bytes()[:-9] + "龘".encode("gbk")[:1])

    with pytest.raises(CommandError, match="不是 GB18030 文字"):
        run("customers", path)

    assert not Customer.objects.exists()


def test_formulas_stay_text_and_run_nowhere(run, tmp_path, riverside, floor, wing):
    path = tmp_path / "shops.csv"
    path.write_text("铺位号,店铺名称\nL2-C05,=cmd|'/C calc'!A0\n", encoding="utf-8")

    run("shops", path, report=tmp_path / "report.csv")

    assert Shop.objects.get().name == "=cmd|'/C calc'!A0"
    rows = list(csv.reader((tmp_path / "report.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert rows[1] == ["2", "新增", "'=cmd|'/C calc'!A0 L2-C05"]


def test_the_screen_shows_fifty_lines_and_the_report_all(run, members, riverside, tmp_path):
    rows = [["姓名", "手机号"], *[["客", f"154000000{i:02}"] for i in range(60)]]

    printed = run("customers", members(rows), report=tmp_path / "report.csv")

    assert "…还有 10 条，用 --report 文件.csv 查看全部。" in printed
    assert len((tmp_path / "report.csv").read_text(encoding="utf-8-sig").splitlines()) == 61


def test_whoever_imports_stands_behind_it(run, members, riverside, supervisor, mei):
    with pytest.raises(CommandError, match="没有这项权限"):
        run("customers", members(), by=mei.code)
    assert not Customer.objects.exists()

    run("customers", members(), by=supervisor.code)

    event = Event.objects.get(kind="import.done")
    assert (event.by, event.via) == (supervisor.actor_key, "import")
    assert event.said_at <= event.at


def test_what_is_said_was_true_when_the_file_was_written(run, members, riverside):
    path = members()
    os.utime(path, (1_750_000_000, 1_750_000_000))

    run("customers", path)

    assert Event.objects.get(kind="import.done").said_at.timestamp() == 1_750_000_000


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"mall": "nowhere"}, "没有商场“nowhere”。现有：riverside。"),
        ({"by": "4711"}, "没有工号 4711。"),
        ({"report": Path("/nowhere/at/all.csv"), "dry_run": True}, "报告写不进“/nowhere/at/all.csv”"),
    ],
)
def test_what_is_said_wrong_at_the_command_is_told(run, members, riverside, words, sentence):
    with pytest.raises(CommandError, match=sentence):
        run("customers", members(), **words)

    assert not Customer.objects.exists()


def test_the_command_is_there_in_both_languages(riverside):
    for language, sentence in (("zh-hans", "没有文件“a.csv”，请核对文件名。"), ("en", "There is no file “a.csv”.")):
        words = ["import", "shops", "a.csv", "--mall", "riverside", "--language", language]
        with pytest.raises(CommandError, match=sentence):
            call_command(*words)


def test_a_table_of_many_thousands_with_duplicates_comes_in_right(run, members, riverside):
    """A tenth of what `bin/deep` reads: enough for many pieces."""
    count = 10_000
    rows = [["会员导出"], ["姓名", "手机号", "会员等级", "有效期"]]
    rows += [[f"客{i}", f"154{i:08}", "金卡" if i % 9 == 0 else "普卡", "2027-12-31"] for i in range(count)]
    rows[5000:5000] = rows[2:102]  # a hundred of them once more

    printed = run("customers", members(rows), report=None)

    assert f"新增 {count} · 更改 0 · 不变 0 · 重复 100 · 有误 0" in printed
    assert Customer.objects.filter(mall=riverside).count() == count
    assert Customer.objects.with_phone(riverside, "15400009999").get().salutation == "客9999"
    assert Customer.objects.filter(tier="gold").count() == 1112
    assert f"不变 {count}" in run("customers", members(rows))
