"""What is read out at the desk, in Chinese and in English."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from sisheng.mall.directory.models import Fact
from sisheng.mall.directory.tests.conftest import at


@pytest.mark.rule("REC-05")
def test_the_way_is_a_sentence_with_floor_turn_count_and_side(luggage_shop, desk, route):
    card = luggage_shop.answer_card(at(22, 14), desk, "zh")

    assert card.title == "行远箱包"
    assert card.where == "L2-C02 · 二楼西翼"
    assert card.say == "从这里上 B 中庭扶梯到二楼，左转第 2 家，右手边红色门头。"
    assert card.opening == "营业到 22:00"
    assert card.phone == "6037"


@pytest.mark.rule("REC-05")
def test_the_way_without_steps_is_there_beside_it(luggage_shop, desk, route):
    assert luggage_shop.answer_card(at(22, 14), desk, "zh").step_free.startswith("左转到西翼坐 C1 无障碍电梯")
    assert luggage_shop.answer_card(at(22, 14), desk, "en").step_free.startswith("Turn left to the west wing")


def test_a_guest_from_abroad_is_answered_in_english(luggage_shop, desk, route):
    card = luggage_shop.answer_card(at(22, 14), desk, "en")

    assert card.title == "Xingyuan Luggage"
    assert card.where == "L2-C02 · Level 2, West wing"
    assert card.say.startswith("Take the atrium escalator")
    assert card.opening == "Open until 22:00"


def test_what_has_no_english_text_is_said_in_chinese(luggage_shop, desk, route):
    luggage_shop.name_en = ""

    assert luggage_shop.answer_card(at(22, 14), desk, "en").title == "行远箱包"


def test_from_a_desk_without_a_route_at_least_the_place_is_named(luggage_shop, desk):
    assert luggage_shop.answer_card(at(22, 14), desk, "zh").say == "在这里：L2-C02 · 二楼西翼"


@pytest.mark.parametrize(
    ("moment", "zh", "en"),
    [
        (at(22, 9), "还没开门，10:00 开门", "Not open yet, opens at 10:00"),
        (at(22, 22, 30), "已打烊，明天 10:00 开门", "Closed now, opens tomorrow at 10:00"),
        (at(22, 23, 59), "已打烊，明天 10:00 开门", "Closed now, opens tomorrow at 10:00"),
        (at(23, 0, 0), "还没开门，10:00 开门", "Not open yet, opens at 10:00"),
        (at(28, 12), "营业到 22:30", "Open until 22:30"),
    ],
)
def test_the_card_says_whether_it_is_open_now(luggage_shop, desk, moment, zh, en):
    assert luggage_shop.answer_card(moment, desk, "zh").opening == zh
    assert luggage_shop.answer_card(moment, desk, "en").opening == en


def test_the_cinema_closes_at_two_in_the_night(cinema, desk):
    assert cinema.answer_card(at(22, 21), desk, "zh").opening == "营业到次日 02:00"
    assert cinema.answer_card(at(22, 21), desk, "en").opening == "Open until 02:00 at night"
    assert cinema.answer_card(at(23, 1), desk, "zh").opening == "营业到 02:00"


def test_a_day_closed_for_a_typhoon_is_explained(mall, luggage_shop, desk):
    mall.day_exceptions.create(on=date(2026, 11, 22), kind="closed", reason="台风", reason_en="typhoon")

    assert luggage_shop.answer_card(at(22, 12), desk, "zh").opening == "今天不营业（台风），明天 10:00 开门"
    assert luggage_shop.answer_card(at(22, 12), desk, "en").opening == "Closed today (typhoon), opens tomorrow at 10:00"


@pytest.mark.rule("KNW-06")
def test_a_promotion_ends_by_itself(mall, luggage_shop, desk):
    mall.promotions.create(
        shop=luggage_shop, title="旧箱换新", title_en="Old case for new", from_at=at(20, 0), until_at=at(23, 0)
    )

    assert luggage_shop.answer_card(at(22, 23, 59), desk, "zh").promotion == "旧箱换新"
    assert luggage_shop.answer_card(at(22, 12), desk, "en").promotion == "Old case for new"
    assert luggage_shop.answer_card(at(23, 0), desk, "zh").promotion == ""
    assert luggage_shop.answer_card(at(19, 12), desk, "zh").promotion == ""


def test_a_shop_that_will_close_says_so_and_one_that_has_left_too(luggage_shop, desk):
    luggage_shop.notice_until = date(2026, 12, 22)

    assert luggage_shop.answer_card(at(22, 12), desk, "zh").notice == "营业到 12-22，之后撤店"
    assert luggage_shop.answer_card(at(22, 12), desk, "en").notice == "Here until 22 Dec, then it closes for good"
    assert luggage_shop.answer_card(at(23, 12, month=12), desk, "zh").notice == "已撤店"
    assert not luggage_shop.is_open(at(23, 12, month=12))


def test_a_shop_that_moved_is_still_explained_for_a_while(luggage_shop, desk):
    luggage_shop.moved_from, luggage_shop.moved_on = "L5-C03", date(2026, 10, 20)

    assert luggage_shop.answer_card(at(22, 12), desk, "zh").notice == "10-20 从 L5-C03 搬来"
    assert luggage_shop.answer_card(at(22, 12, month=1) + timedelta(days=366), desk, "zh").notice == ""


def test_a_lift_out_of_service_says_until_when(lift, desk):
    lift.closed_until, lift.closed_because, lift.closed_because_en = at(22, 18), "检修", "under repair"

    assert lift.answer_card(at(22, 12), desk, "zh").notice == "18:00 前停用（检修）"
    assert lift.answer_card(at(22, 12), desk, "en").notice == "Out of service until 18:00 (under repair)"
    assert lift.answer_card(at(21, 12), desk, "zh").notice == "11-22 18:00 前停用（检修）"
    assert lift.answer_card(at(22, 18), desk, "zh").notice == ""


def test_a_fact_is_filled_with_what_is_true_today(mall):
    fact = Fact(
        mall=mall, key="hours", question="几点关门", question_en="Closing time",
        answer="今天 {closing_today} 关门，热线 {hot_line}。", answer_en="We close at {closing_today} today.",
    )  # fmt: skip

    assert fact.answer_card(at(22, 12), None, "zh").say == "今天 22:00 关门，热线 0000-8866-1188。"
    assert fact.answer_card(at(27, 12), None, "en").say == "We close at 22:30 today."


def test_braces_that_mean_nothing_stay_as_they_are(mall):
    fact = Fact(mall=mall, key="x", question="?", answer="{nonsense} 100% {")

    assert fact.answer_card(at(22, 12), None, "zh").say == "{nonsense} 100% {"
