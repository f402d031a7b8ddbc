"""泊云汇 is whole, and what its desk says is true and can be said in one breath."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

import sisheng.ground.search.tests
from sisheng.config.demo.tests.conftest import SUNDAY_AFTERNOON
from sisheng.ground.search.finding import find
from sisheng.ground.search.packed import unpack
from sisheng.ground.search.readings import Entry, rank
from sisheng.mall.customers.models import Consent, Customer
from sisheng.mall.directory.cards import BLANK, LIVE_WORDS
from sisheng.mall.directory.entries import answer_sheet
from sisheng.mall.directory.models import Fact, Mall, Shop
from sisheng.mall.staff.models import DutyDay, Staff, duty_manager

TODAY = date(2026, 11, 22)

pytestmark = pytest.mark.django_db  # without it no test database would be made for this file


@pytest.fixture(scope="module")
def answers(boyun) -> list[Entry]:
    sheet = answer_sheet(boyun, SUNDAY_AFTERNOON, boyun.desks.get(code="main"))
    return [unpack(sheet.said, entry) for entry in sheet.entries]


def _found(asked: str, answers: list[Entry], kind: str = "") -> list[str]:
    return [entry.title for _score, entry in rank(asked, answers) if entry.ref.startswith(kind)]


# The house


@pytest.mark.parametrize("slug", ["boyun", "boyun-practice"])
def test_the_mall_and_its_practice_mall_are_whole(demo, slug):
    mall = Mall.objects.get(slug=slug)
    counts = {
        name: getattr(mall, name).count()
        for name in ("floors", "zones", "shops", "facilities", "facts", "desks", "opening_hours", "routes")
    }

    assert counts == {
        "floors": 8, "zones": 3, "desks": 4, "opening_hours": 12,
        "shops": 73, "facilities": 71, "facts": 46, "routes": 144,
    }  # fmt: skip
    assert mall.is_practice is (slug != "boyun")


def test_the_shops_are_those_of_the_data_sheet(boyun):
    """The names with which the search is tested were copied from the data sheet by other hands."""
    lines = (Path(sisheng.ground.search.tests.__file__).parent / "names.tsv").read_text("utf-8").splitlines()[1:]
    sheet = {tuple(line.split("\t")[:4]) for line in lines}

    assert set(boyun.shops.values_list("unit", "name", "name_en", "extension")) == sheet


def test_on_fridays_the_mall_closes_late_and_the_cinema_later(boyun):
    friday = SUNDAY_AFTERNOON + timedelta(days=5)
    cinema = boyun.shops.get(unit="L6-A01")

    assert boyun.calendar("O").closing(friday).strftime("%d %H:%M") == "27 22:30"
    assert cinema.closes_at(friday).strftime("%d %H:%M") == "28 02:00"


@pytest.mark.rule("DSK-04")
def test_the_desks_share_the_work_as_the_house_wants_it(boyun):
    can = {desk.code: set(desk.capabilities) for desk in boyun.desks.all()}

    assert can["guide"] == {"contacts"}
    assert "complaints" not in can["members"]
    assert can["main"] >= {"complaints", "returns", "lost_found", "lending", "bags"}


@pytest.mark.rule("DSK-01")
def test_each_desk_has_its_place_and_its_hours(boyun):
    noon_to_nine = {desk.code: (desk.floor.code, desk.zone.code) for desk in boyun.desks.all()}
    at_half_past_nine = SUNDAY_AFTERNOON.replace(hour=21, minute=30)

    assert noon_to_nine == {
        "main": ("L1", "B"), "members": ("L3", "A"), "guide": ("L5", "B"), "parking": ("B1", "C"),
    }  # fmt: skip
    open_late = {desk.code for desk in boyun.desks.all() if boyun.calendar("O", desk).is_open(at_half_past_nine)}
    assert open_late == {"main", "parking"}


# The ways


def test_every_shop_and_every_facility_can_be_reached_from_the_main_desk_in_both_languages(boyun):
    for route in boyun.routes.all():
        assert all((route.say, route.say_en, route.step_free, route.step_free_en)), route


def test_no_way_has_more_than_three_clauses(boyun):
    for route in boyun.routes.all():
        for said in (route.say, route.step_free):
            assert len(re.split("[，；]", said)) <= 3, said


@pytest.mark.rule("REC-05")
def test_a_way_names_the_floor_the_turn_the_count_and_the_side(boyun):
    for route in boyun.routes.filter(shop__isnull=False).select_related("shop__floor", "shop__zone"):
        shop = route.shop
        floor = "这一层" if shop.floor.code == "L1" else shop.floor.name
        assert floor in route.say, route.say
        assert re.search(r"第 [1-8] 家，[左右]手边", route.say), route.say
        if shop.zone.code != "B":
            assert re.search("[左右]转", route.say), route.say


@pytest.mark.rule("REC-05")
def test_a_step_free_way_never_leads_over_an_escalator(boyun):
    for route in boyun.routes.select_related("facility"):
        assert "扶梯" not in route.step_free, route.step_free
        assert "escalator" not in route.step_free_en, route.step_free_en
        if "扶梯" in route.say and route.shop_id:
            assert "电梯" in route.step_free, route.step_free


# The answers


def test_the_commonest_question_is_answered_with_four_keys(answers):
    assert _found("xy", answers)[0] == "行远箱包"


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ("zj", {"针脚铺改衣", "折角手袋", "指间小筑美甲", "竹节烤物", "曾经唱片"}),
        ("dig", {"微光数码"}),
        ("手机", {"壳与屏快修", "微光数码"}),
        ("卖箱子的", {"行远箱包"}),
        ("l2-c02", {"行远箱包"}),
    ],
)
def test_what_people_type_finds_just_these_shops(answers, asked, titles):
    best = {entry.title for score, entry in rank(asked, answers) if entry.ref.startswith("shop:") and score >= 50}

    assert best == titles


@pytest.mark.parametrize(
    ("either", "other", "title"),
    [
        ("cl", "zl", "重楼茶室"),
        ("cg", "zg", "长庚眼镜"),
        ("zl", "cl", "朝露花房"),
        ("xy", "hy", "行远箱包"),
        ("lz", "yz", "乐知书局"),
        ("cj", "zj", "曾经唱片"),
    ],
)
def test_names_answer_to_both_readings(answers, either, other, title):
    assert title in _found(either, answers, "shop:")
    assert title in _found(other, answers, "shop:")


def test_the_palette_finds_places_in_this_mall_and_not_in_the_practice_mall(demo):
    [shop] = [hit for hit in find(demo.mall.pk, "xyxb") if hit.kind == "shop"]

    assert (shop.ref, shop.title, shop.extra) == ("L2-C02", "行远箱包", {"code": "L2-C02 6037"})
    assert find(demo.mall.pk, "停车费")[0].ref == "parking-fee"
    assert find(demo.mall.pk, "监控室") == [], "what is for staff only is not offered"


def test_the_nearest_toilet_comes_first(answers):
    assert next(entry.ref for _score, entry in rank("xsj", answers)) == "facility:toilet-L1-A"


def test_the_whole_sheet_is_small_enough_to_travel(boyun):
    sheet = answer_sheet(boyun, SUNDAY_AFTERNOON, boyun.desks.get(code="main")).as_json().encode()

    assert len(sheet) < 130_000
    assert len(gzip.compress(sheet, 6)) < 30_000


def test_a_fact_is_two_sentences_in_each_language_and_its_blanks_can_be_filled(boyun):
    for fact in boyun.facts.all():
        assert fact.answer.count("。") <= 2, fact.key
        assert len(re.findall(r"[.?!](?= |$)", fact.answer_en)) <= 2, fact.key
        assert set(BLANK.findall(fact.answer + fact.answer_en + fact.detail + fact.detail_en)) <= LIVE_WORDS, fact.key
        assert fact.owner, fact.key
        assert fact.published_in, fact.key


@pytest.mark.parametrize(
    ("minutes", "zh"),
    [
        (55, "55 分钟 0 元"),
        (61, "61 分钟 3 元"),
        (180, "3 小时 12 元"),
        (660, "11 小时 40 元"),
        (1560, "26 小时 52 元"),
    ],
)
def test_the_examples_of_the_parking_fee_add_up(boyun, minutes, zh):
    fee = _parking_fee(minutes)

    assert zh in boyun.facts.get(key="parking-fee").detail
    assert zh.endswith(f"{fee} 元")


def _parking_fee(minutes: int) -> int:
    """The first hour is free, then 3 yuan for each half hour begun, at most 40 in 24 hours."""
    days, rest = divmod(minutes, 24 * 60)
    if days == 0:
        return min(40, 3 * -(-max(0, rest - 60) // 30))
    return 40 * days + min(40, 3 * -(-rest // 30))


def test_two_facts_wait_to_be_compared_with_the_signs(boyun):
    late = Fact.objects.unchecked(TODAY).filter(mall=boyun).values_list("key", flat=True)

    assert set(late) == {"gift-cards", "luggage-and-flight"}


# What is going on


def test_a_shop_that_leaves_one_that_moved_and_a_licence_that_runs_out(boyun):
    nails, mexican = boyun.shops.get(unit="L2-B03"), boyun.shops.get(unit="L5-B02")

    assert nails.notice_until == TODAY + timedelta(days=30)
    assert (mexican.moved_from, mexican.moved_on) == ("L5-C03", date(2026, 10, 18))
    soon = Shop.objects.filter(mall=boyun, licence_until__lt=TODAY + timedelta(days=60))
    assert [(shop.unit, (shop.licence_until - TODAY).days) for shop in soon] == [("L4-A06", 20)]


def test_today_the_luggage_shop_takes_old_cases_and_the_escalator_is_being_repaired(boyun):
    luggage = boyun.shops.get(unit="L2-C02").answer_card(SUNDAY_AFTERNOON, boyun.desks.get(code="main"), "zh")
    escalator = boyun.facilities.get(code="escalator-B2")
    running = boyun.announcements.running(SUNDAY_AFTERNOON)

    assert luggage.promotion == "旧箱换新"
    assert escalator.answer_card(SUNDAY_AFTERNOON, None, "zh").notice == "18:00 前停用（检修）"
    assert [(told.text, bool(told.instead)) for told in running] == [("扶梯 B2 检修至 18:00", True)]


@pytest.mark.rule("TEN-01")
def test_every_shop_has_somebody_for_each_matter_and_a_deputy(boyun):
    for shop in boyun.shops.prefetch_related("contacts"):
        for topic in ("goods", "returns", "complaints"):
            first, deputy = (contact.name for contact in shop.contacts.all() if contact.topic == topic)
            assert first != deputy, shop


# The people


def test_the_people_of_the_desk_hold_their_posts_in_both_malls(demo):
    boss, mei = Staff.objects.get(name="林知夏"), Staff.objects.get(name="苏禾")

    assert Staff.objects.count() == len(demo.new_codes) == 17
    assert mei.check_password("correct horse")
    for mall in (demo.mall, demo.practice):
        assert mei.can("contacts.log", mall)
        assert not mei.can("policies.set", mall)
        assert boss.can("policies.set", mall)


def test_each_day_has_a_duty_manager(boyun):
    names = {duty_manager(boyun, TODAY + timedelta(days=ahead)).name for ahead in range(-60, 31)}

    assert names == {"宋怀瑾", "贺临"}
    assert DutyDay.objects.filter(mall=boyun).count() == 91


def test_the_customers_are_those_of_the_data_sheet(boyun):
    people = Customer.objects.filter(mall=boyun)

    assert Counter(people.values_list("tier", flat=True)) == {"ordinary": 150, "silver": 38, "gold": 12}
    assert people.filter(consents=None).count() == 15
    assert people.filter(account_class="tenant").count() == 6
    assert people.filter(is_large_print=True).count() == 4
    assert people.exclude(language="zh").count() == 3
    assert all(person.phone.startswith("+861540000") for person in people)
    assert not people.filter(mall=boyun).exclude(mall__slug="boyun").exists()


def test_a_customer_is_found_by_the_end_of_the_number(boyun):
    [person] = Customer.objects.asked_for(boyun, "0007")

    assert person.number == "GK-0008537"
    assert Consent.objects.filter(customer__mall=boyun, purpose="marketing", withdrawn_at__isnull=False).exists()
