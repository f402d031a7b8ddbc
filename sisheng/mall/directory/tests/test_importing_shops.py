"""The table of a property system becomes the directory of a mall."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override

from sisheng.ground.events.models import Event
from sisheng.ground.refusals import NotAllowed, Overtaken
from sisheng.ground.search.finding import find
from sisheng.ground.tables import read_table, report
from sisheng.ground.tables.plan import plan
from sisheng.ground.tables.source import Source
from sisheng.mall.directory.findable import make_mall_findable
from sisheng.mall.directory.imports import import_shops, shop_spec
from sisheng.mall.directory.models import Floor, Shop, Zone

NO_PHONE = "This is no phone number. Write 11 digits for a mobile, the area code for a landline."
NO_HOURS = "No such opening hours are set up. Set them up first, or leave the cell blank."
HEADER = ["铺位号", "店铺名称"]


@pytest.fixture
def source():
    return Source("shops.csv", "ab" * 32, datetime(2026, 11, 20, tzinfo=UTC))


@pytest.fixture
def planned(riverside, tmp_path):
    def make(*rows, header=HEADER):
        path = tmp_path / "shops.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header, *rows])
        spec = shop_spec(riverside)
        with read_table(path, spec.fields) as table:
            return plan(table, spec)

    return make


@pytest.fixture
def take_over(planned, source, act, supervisor, riverside):
    def do(*rows, header=HEADER):
        made = planned(*rows, header=header)
        assert not made.problems, [str(line) for line in report.lines(made)]
        import_shops(act(supervisor, via="import", said_at=source.written_at), riverside, made, source)
        return made

    return do


def problems(made):
    return [str(line) for line in report.lines(made) if line.outcome in ("wrong", "有误")]


def test_a_new_shop_comes_in_with_all_that_the_table_says(take_over, riverside, floor, wing):
    header = [
        *HEADER,
        "英文名称",
        "别名",
        "业态",
        "楼层",
        "区域",
        "营业时间",
        "退换类别",
        "分机",
        "营业状态",
        "执照有效期",
    ]
    row = [
        "l2－c05",
        "拾光皮具",
        "Shiguang",
        "皮具、皮包",
        "皮具",
        "二楼",
        "西翼",
        "10:00-22:00",
        "R-GENERAL",
        "6023.0",
    ]

    take_over([*row, "营业中", "2027年1月31日"], header=header)

    shop = Shop.objects.get(mall=riverside, unit="L2-C05")
    assert (shop.name, shop.name_en, shop.aliases, shop.category) == ("拾光皮具", "Shiguang", "皮具 皮包", "皮具")
    assert (shop.floor, shop.zone, shop.hours) == (floor, wing, riverside.hours)
    assert (shop.returns_class, shop.extension, shop.status) == ("R-GENERAL", "6023", "open")
    assert shop.licence_until == date(2027, 1, 31)


def test_floor_and_zone_follow_from_the_unit(take_over, riverside, floor, wing):
    take_over(["L2-C05", "拾光皮具"])

    shop = Shop.objects.get(mall=riverside, unit="L2-C05")
    assert (shop.floor, shop.zone) == (floor, wing)


def test_a_unit_that_tells_no_floor_is_refused(planned, floor, wing):
    with override("zh-hans"):
        assert problems(planned(["X-9", "拾光皮具"])) == [
            "第 2 行 · 有误 · A 列“铺位号”：从铺位号看不出楼层和区域。请加上“楼层”和“区域”两列。"
        ]


def test_the_same_table_again_changes_nothing_and_tells_nothing(take_over, planned, luggage):
    rows = [["L2-C02", "行远箱包"], ["L2-C05", "拾光皮具"]]
    take_over(*rows)
    events = Event.objects.count()

    made = take_over(*rows)

    assert made.counts == {"new": 0, "changed": 0, "same": 2, "twins": 0, "problems": 0}
    assert Event.objects.count() == events


def test_only_what_differs_is_changed_and_each_shop_tells_it(take_over, riverside, luggage, supervisor, source):
    edition = riverside.edition
    take_over(["L2-C02", "行远箱包（旗舰店）", "6038"], header=[*HEADER, "分机"])

    luggage.refresh_from_db()
    riverside.refresh_from_db()
    assert (luggage.name, luggage.extension, luggage.name_en) == ("行远箱包（旗舰店）", "6038", "Xingyuan Luggage")
    assert riverside.edition > edition  # the browsers of the desks notice
    told = Event.objects.get(kind="directory.changed")
    assert told.topic == f"shop:{luggage.pk}"
    assert told.details["changes"] == {"name": ["行远箱包", "行远箱包（旗舰店）"], "extension": ["6037", "6038"]}
    assert (told.by, told.via, told.said_at) == (supervisor.actor_key, "import", source.written_at)


def test_one_event_tells_which_file_it_was(take_over, riverside, luggage, source):
    take_over(["L2-C02", "行远箱包"], ["L2-C05", "拾光皮具"])

    told = Event.objects.get(kind="import.done")
    assert told.topic == "import:abababababab"
    assert told.details == {
        **{"what": "shops", "file": "shops.csv", "sha256": "ab" * 32},
        **{"new": 1, "changed": 0, "same": 1, "twins": 0, "problems": 0},
    }
    assert told.sentence() == "shops.csv was imported: 1 new, 0 changed, 0 rows left out."
    assert Event.objects.get(kind="directory.added").sentence() == "拾光皮具 L2-C05 was put into the directory."


def test_a_shop_that_has_moved_is_known_by_its_name(take_over, riverside, luggage):
    Floor.objects.create(mall=riverside, code="L3", level=3, name="三层")
    Zone.objects.create(mall=riverside, code="A", name="东翼")

    take_over(["L3-A01", "行远箱包"])

    luggage.refresh_from_db()
    assert (luggage.unit, luggage.floor.code, luggage.zone.code) == ("L3-A01", "L3", "A")
    assert Shop.objects.filter(mall=riverside).count() == 1


def test_two_shops_change_places(take_over, riverside, luggage, floor, wing):
    leather = Shop.objects.create(mall=riverside, unit="L2-C05", floor=floor, zone=wing, name="拾光皮具")

    take_over(["L2-C02", "拾光皮具"], ["L2-C05", "行远箱包"])

    luggage.refresh_from_db()
    leather.refresh_from_db()
    assert (luggage.unit, leather.unit) == ("L2-C05", "L2-C02")


def test_a_second_branch_is_a_shop_of_its_own(take_over, riverside, luggage):
    take_over(["L2-C02", "行远箱包"], ["L2-C05", "行远箱包"])

    assert sorted(riverside.shops.values_list("unit", flat=True)) == ["L2-C02", "L2-C05"]


def test_a_new_tenant_does_not_inherit_the_record_of_the_old_one(planned, luggage):
    made = planned(["L2-C02", "拾光皮具"])

    assert problems(made) == [
        "Row 2 · wrong · column A “铺位号”: “行远箱包” is in this unit. If it has gone, close it first (status "
        "“closed”); if it was renamed, rename it in the directory."
    ]


def test_one_table_may_close_a_shop_and_let_its_unit_to_another(take_over, riverside, luggage):
    take_over(["L2-C02", "拾光皮具", "营业"], ["L2-C02", "行远箱包", "撤场"], header=[*HEADER, "状态"])

    assert sorted(riverside.shops.values_list("name", "status")) == [("拾光皮具", "open"), ("行远箱包", "closed")]


def test_the_search_finds_what_came_and_nothing_that_left(take_over, riverside, luggage, floor, wing):
    make_mall_findable(riverside)

    take_over(
        ["L2-C05", "行远箱包", "营业"],
        ["L2-C02", "拾光皮具", "营业"],
        ["L2-C08", "折角手袋", "营业"],
        header=[*HEADER, "状态"],
    )
    take_over(["L2-C02", "拾光皮具", "撤场"], ["L2-C02", "星砂珠宝", "营业"], header=[*HEADER, "状态"])

    def found(text):
        return [hit.ref for hit in find(riverside.pk, text, kinds={"shop"})]

    assert [found(name) for name in ("行远", "星砂", "折角", "拾光")] == [["L2-C05"], ["L2-C02"], ["L2-C08"], []]


def test_a_closed_shop_in_the_table_stays_closed_and_is_not_added_again(take_over, riverside, luggage):
    rows = [["L2-C02", "行远箱包", "撤场"]]
    take_over(*rows, header=[*HEADER, "状态"])

    made = take_over(*rows, header=[*HEADER, "状态"])

    assert made.same == 1
    assert riverside.shops.count() == 1


def test_one_unit_twice_is_refused(planned, floor, wing):
    made = planned(["L2-C05", "拾光皮具"], ["Ｌ２-Ｃ０５", "折角手袋"])

    assert problems(made) == [
        "Row 3 · wrong · This is in row 2 already, with another “name”. Delete the wrong one of the two."
    ]


def test_the_contact_of_a_shop_is_whom_the_desk_rings_first(take_over, planned, luggage):
    header = [*HEADER, "联系人", "联系电话"]
    take_over(["L2-C02", "行远箱包", "林知夏", "15400000001.0"], header=header)

    contact = luggage.contacts.get()
    assert (contact.name, contact.extension, contact.topic) == ("林知夏", "+8615400000001", "any")
    assert take_over(["L2-C02", "行远箱包", "林知夏", "154 0000 0001"], header=header).same == 1
    made = planned(["L2-C02", "行远箱包", "周砚", "15400000002"], header=header)
    assert [str(line) for line in report.lines(made)] == [
        "Row 2 · changed · 行远箱包 L2-C02: contact person 林* → 周*, phone of the contact 154****0001 → 154****0002"
    ]
    told = Event.objects.get(kind="directory.changed")
    assert "林知夏" not in str(told.details)  # it lies beside the event, where it can be erased
    assert told.personal["name"] == ["行远箱包", "林知夏"]


@pytest.mark.parametrize(
    ("column", "written", "sentence"),
    [
        ("联系电话", "12345", None),
        ("联系电话", "1540000000", NO_PHONE),
        ("楼层", "九楼", "“九楼” Not a known value. Known are: L2."),
        ("营业时间", "9:00-18:00", f"“9:00-18:00” {NO_HOURS}"),
        ("状态", "搬迁", "A shop that moves needs its last day here (column “last day”)."),
        ("联系人", "林知夏", "A contact person needs a phone number (column “phone”)."),
        ("预付卡", "也许", "“也许” Not a known value. Known are: 是, 否, yes, no."),
        ("备注", "字" * 121, "“" + "字" * 39 + "…” Too long: 121 characters, at most 120 fit."),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_told_with_its_cell(planned, luggage, column, written, sentence):
    made = planned(["L2-C02", "行远箱包", written], header=[*HEADER, column])

    assert problems(made) == ([f"Row 2 · wrong · column C “{column}”: {sentence}"] if sentence else [])


def test_who_may_not_import_is_refused(planned, source, act, mei, riverside, floor, wing):
    with pytest.raises(NotAllowed):
        import_shops(act(mei), riverside, planned(["L2-C05", "拾光皮具"]), source)

    assert not Shop.objects.exists()


def test_a_directory_that_changed_meanwhile_is_not_overwritten(planned, source, act, supervisor, riverside, luggage):
    made = planned(["L2-C02", "行远箱包", "6038"], ["L2-C05", "拾光皮具", ""], header=[*HEADER, "分机"])
    Shop.objects.update(extension="6100")

    with pytest.raises(Overtaken):
        import_shops(act(supervisor), riverside, made, source)

    assert list(riverside.shops.values_list("unit", "extension")) == [("L2-C02", "6100")]
    assert not Event.objects.filter(kind__in=["import.done", "directory.added"]).exists()


def test_a_unit_let_meanwhile_undoes_the_whole_import(planned, source, act, supervisor, riverside, floor, wing):
    made = planned(["L2-C04", "折角手袋"], ["L2-C05", "拾光皮具"])
    Shop.objects.create(mall=riverside, unit="L2-C05", floor=floor, zone=wing, name="别人")

    with pytest.raises(Overtaken):
        import_shops(act(supervisor), riverside, made, source)

    assert list(riverside.shops.values_list("name", flat=True)) == ["别人"]


def test_another_mall_is_never_touched(take_over, northgate, riverside, floor, wing):
    there = Floor.objects.create(mall=northgate, code="L2", level=2, name="二层")
    zone = Zone.objects.create(mall=northgate, code="C", name="西")
    other = Shop.objects.create(mall=northgate, unit="L2-C05", floor=there, zone=zone, name="拾光皮具", extension="1")

    take_over(["L2-C05", "拾光皮具", "6023"], header=[*HEADER, "分机"])

    other.refresh_from_db()
    assert other.extension == "1"
    assert Shop.objects.get(mall=riverside, unit="L2-C05").extension == "6023"
