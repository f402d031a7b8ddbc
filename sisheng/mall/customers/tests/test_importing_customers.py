"""The table of a member system becomes customers of a mall."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from sisheng.ground.events.models import Event
from sisheng.ground.privacy.sealed import Sealed
from sisheng.ground.refusals import NotAllowed, Overtaken
from sisheng.ground.tables import read_table, report
from sisheng.ground.tables.plan import plan
from sisheng.ground.tables.source import Source
from sisheng.mall.customers.actions import remember
from sisheng.mall.customers.imports import customer_spec, import_customers
from sisheng.mall.customers.models import Consent, Customer
from sisheng.mall.staff.models import Post

HEADER = ["姓名", "手机号", "会员等级", "有效期"]


@pytest.fixture
def source():
    return Source("members.csv", "cd" * 32, datetime(2026, 11, 20, tzinfo=UTC))


@pytest.fixture
def chief(mall, mei):
    Post.objects.create(mall=mall, staff=mei, role="supervisor")
    return mei


@pytest.fixture
def planned(mall, tmp_path):
    def make(*rows, header=HEADER):
        path = tmp_path / "members.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header, *rows])
        spec = customer_spec(mall)
        with read_table(path, spec.fields) as table:
            return plan(table, spec)

    return make


@pytest.fixture
def take_over(planned, source, act, chief, mall):
    def do(*rows, header=HEADER):
        made = planned(*rows, header=header)
        import_customers(act(chief, via="import", said_at=source.written_at), mall, made, source)
        return made

    return do


def told(made):
    return [str(line) for line in report.lines(made)]


def test_new_customers_come_in_numbered_encrypted_and_findable(take_over, mall, source):
    take_over(["林女士", "15400000001", "金卡", "2027-12-31"], ["王先生", "1.5400000002E+10", "普卡", ""])

    lin, wang = Customer.objects.order_by("number")
    assert (lin.number, wang.number) == ("GK-0000001", "GK-0000002")
    assert (lin.salutation, lin.tier, lin.tier_until) == ("林女士", "gold", date(2027, 12, 31))
    assert (wang.tier, wang.tier_until, wang.language, wang.account_class) == ("ordinary", None, "zh", "person")
    assert isinstance(lin.__dict__["phone"], Sealed)
    assert (lin.phone, wang.phone) == ("+8615400000001", "+8615400000002")
    assert Customer.objects.with_phone(mall, "154 0000 0002").get() == wang
    assert Customer.objects.with_tail(mall, "0001").get() == lin
    assert lin.created_at == source.written_at


def test_the_next_customer_at_the_desk_gets_the_next_number(take_over, act, chief, mall):
    take_over(*[["", f"1540000000{i}", "", ""] for i in range(5)])

    assert remember(act(chief), mall, phone="15400000009").number == "GK-0000006"


def test_members_are_known_since_the_day_the_table_gives(take_over, mall):
    take_over(["林女士", "15400000001", "2019/9/28"], header=["姓名", "手机号", "注册日期"])

    assert Customer.objects.get().created_at == datetime(2019, 9, 28, tzinfo=mall.zone)


def test_whoever_is_known_is_found_by_phone_and_brought_up_to_date(take_over, act, chief, mall, source):
    known = remember(act(chief), mall, phone="15400000001", salutation="林女士")

    made = take_over(["林知夏", "+86 154-0000-0001", "银卡", "2027-06-30"])

    known.refresh_from_db()
    assert (known.salutation, known.tier, known.tier_until) == ("林知夏", "silver", date(2027, 6, 30))
    assert Customer.objects.count() == 1
    assert told(made) == [
        "Row 2 · changed · 林女士 154****0001: form of address 林女士 → 林*, tier not a member → silver member, tier "
        "valid until — → 2027-06-30"
    ]
    event = Event.objects.get(kind="customer.changed")
    assert event.topic == "customer:GK-0000001"
    assert event.details["changes"] == {"tier": ["", "silver"], "tier_until": [None, "2027-06-30"]}
    assert event.personal == {"salutation": ["林女士", "林知夏"]}
    assert event.said_at == source.written_at


def test_a_report_shows_nobody_whole(planned, act, chief, mall):
    remember(act(chief), mall, phone="15400000001", salutation="林女士")

    made = planned(["林知夏", "15400000001", "", ""], ["周砚", "15400000002", "", ""], ["贺临", "154000003", "", ""])

    printed = "\n".join(told(made))
    assert printed.splitlines()[:2] == [
        "Row 2 · changed · 林女士 154****0001: form of address 林女士 → 林*",
        "Row 3 · new · 周* 154****0002",
    ]
    for secret in ("林知夏", "周砚", "贺临", "15400000001", "15400000002", "154000003"):
        assert secret not in printed


def test_the_same_table_again_changes_nothing(take_over):
    rows = [["林女士", "15400000001", "金卡", "2027-12-31"], ["王先生", "15400000002", "", ""]]
    take_over(*rows)
    events = Event.objects.count()

    made = take_over(*rows)

    assert made.counts == {"new": 0, "changed": 0, "same": 2, "twins": 0, "problems": 0}
    assert Event.objects.count() == events


def test_a_number_that_two_rows_share_is_one_customer_and_the_first_counts(take_over):
    made = take_over(["林女士", "15400000001", "金卡", "2027-12-31"], ["王先生", "154 0000 0001", "普卡", ""])

    assert Customer.objects.get().salutation == "林女士"
    assert told(made)[1] == (
        "Row 3 · twice · 王先生 154****0001 is in row 2 with another “form of address”, “tier”, “tier valid until”; "
        "that row counts"
    )


def test_one_event_gives_the_numbers_from_first_to_last(take_over):
    take_over(*[["", f"1540000000{i}", "", ""] for i in range(5)])

    details = Event.objects.get(kind="import.done").details
    assert (details["first"], details["last"], details["new"]) == ("GK-0000001", "GK-0000005", 5)
    assert (details["what"], details["sha256"]) == ("customers", "cd" * 32)


def test_papers_gender_and_birthday_are_not_read(take_over, tmp_path, mall):
    path = tmp_path / "members.csv"
    path.write_text(
        "姓名,手机号,性别,身份证号,生日,职业\n林女士,15400000001,女,110101,1990-01-01,教师\n", encoding="utf-8"
    )
    spec = customer_spec(mall)

    with read_table(path, spec.fields) as table:
        made = plan(table, spec)

    assert set(made.new[0].values) == {"salutation", "phone"}
    assert "性别" in table.notes[-1]
    assert "身份证号" in table.notes[-1]


def test_no_consent_is_made_up(take_over):
    take_over(["林女士", "15400000001", "", ""])

    assert not Consent.objects.exists()


@pytest.mark.parametrize(
    ("row", "told_of_it"),
    [
        (["林", "", "", ""], "B 列“手机号”：不能为空。请填写，或删去这一行。"),
        (
            ["林", "1.54E+10", "", ""],
            "B 列“手机号”：这个号码被 Excel 缩写，末几位已经丢失。请把这一列设为文本格式，重新导出。",
        ),
        (["林", "154000", "", ""], "B 列“手机号”：这不是电话号码。手机写 11 位，座机带区号。"),
        (
            ["林", "15400000001", "钻石", ""],
            "C 列“会员等级”：“钻石” 不认识这个写法，只能是：普卡、银卡、金卡、非会员。",
        ),
        (["林", "15400000001", "金卡", ""], "C 列“会员等级”：银卡、金卡要有到期日（列“等级有效期”）。"),
        (
            ["林", "15400000001", "金卡", "1/2/2027"],
            "D 列“有效期”：“1/2/2027” 年、月、日的顺序不清楚。请把年写在前面：2026-11-22。",
        ),
        (["林" * 31, "15400000001", "", ""], "A 列“姓名”：太长：31 个字，最多 30 个字。"),
    ],
)
def test_what_cannot_be_used_is_told_in_chinese_with_its_cell_and_the_remedy(planned, row, told_of_it):
    with override("zh-hans"):
        assert told(planned(row)) == [f"第 2 行 · 有误 · {told_of_it}"]


def test_finding_people_decrypts_nobody_and_asks_once_for_many(take_over, planned, mall, monkeypatch):
    rows = [["", f"154000000{i:02}", "", ""] for i in range(40)]
    take_over(*rows)
    monkeypatch.setattr("sisheng.ground.privacy.fields.unseal", lambda *_any: pytest.fail("somebody was decrypted"))

    with CaptureQueriesContext(connection) as asked:
        made = planned(*rows)

    assert made.same == 40
    assert len(asked) == 1


def test_a_customer_who_changed_meanwhile_undoes_the_whole_import(planned, source, act, chief, mall):
    remember(act(chief), mall, phone="15400000001", salutation="林女士")
    made = planned(["林知夏", "15400000001", "", ""], ["王先生", "15400000002", "", ""])
    Customer.objects.update(tier="ordinary")

    with pytest.raises(Overtaken, match="A customer was changed while the file was read"):
        import_customers(act(chief), mall, made, source)

    assert list(Customer.objects.values_list("salutation", "tier")) == [("林女士", "ordinary")]


def test_somebody_written_down_meanwhile_undoes_the_whole_import(planned, source, act, chief, mall):
    made = planned(["林女士", "15400000001", "", ""], ["王先生", "15400000002", "", ""])
    remember(act(chief), mall, phone="15400000002")

    with pytest.raises(Overtaken):
        import_customers(act(chief), mall, made, source)

    assert Customer.objects.count() == 1
    assert not Event.objects.filter(kind="import.done").exists()


def test_who_may_not_import_is_refused(planned, source, act, mei, mall):
    with pytest.raises(NotAllowed):
        import_customers(act(mei), mall, planned(["林女士", "15400000001", "", ""]), source)

    assert not Customer.objects.exists()


def test_the_other_mall_knows_nobody_of_this_table(take_over, planned, act, lin, other_mall, mall):
    stranger = remember(act(lin), other_mall, phone="15400000001", salutation="别人")

    take_over(["林女士", "15400000001", "", ""])

    stranger.refresh_from_db()
    assert stranger.salutation == "别人"
    assert Customer.objects.filter(mall=mall).count() == 1


def test_a_thousand_rows_and_more_are_written_in_several_pieces(take_over, mall):
    made = take_over(*[[f"客{i}", f"154000{i:05}", "", ""] for i in range(1203)])
    changed = take_over(*[[f"宾{i}", f"154000{i:05}", "", ""] for i in range(1203)])

    assert (len(made.new), len(changed.changed)) == (1203, 1203)
    assert Customer.objects.filter(salutation__startswith="宾").count() == 1203
    assert Customer.objects.with_phone(mall, "15400001202").get().salutation == "宾1202"
    assert Event.objects.filter(kind="customer.changed").count() == 1203
