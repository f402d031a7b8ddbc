"""What is written in a cell, and what it means."""

from datetime import date

import pytest
from django.utils.translation import override

from sisheng.ground.refusals import Unusable
from sisheng.ground.tables import values


@pytest.mark.parametrize(
    "written",
    [
        *("2026-11-22", "2026/11/22", "2026.11.22", "2026年11月22日", "20261122", "46348", "46348.0", "46348.75"),
        *("２０２６－１１－２２", "2026年11月22", "2026 / 11 / 22", " 2026-11-22 ", "2026-11-22 00:00:00"),
        *("2026-11-22T09:30", "2026/11/22 9:30", "2026—11—22"),
    ],
)
def test_a_date_with_the_year_first_is_understood(written):
    assert values.day(written) == date(2026, 11, 22)


def test_single_digits_are_fine_in_a_date():
    assert values.day("2026-1-2") == values.day("2026年1月2日") == date(2026, 1, 2)


@pytest.mark.parametrize("written", ["11/22/2026", "22.11.2026", "3/4/2026", "3-4-26", "26-03-04", "26/3/4"])
def test_a_date_that_could_be_confused_is_refused_with_the_remedy(written):
    with pytest.raises(Unusable, match="年、月、日的顺序不清楚。请把年写在前面：2026-11-22。"):
        values.day(written)
    with override("en"), pytest.raises(Unusable, match="Write the year first: 2026-11-22"):
        values.day(written)


@pytest.mark.parametrize("written", ["2026-02-30", "20261301", "2026-11-31"])
def test_a_day_that_does_not_exist_is_refused(written):
    with pytest.raises(Unusable, match="日历上没有这一天"):
        values.day(written)


@pytest.mark.parametrize("written", ["长期", "2026年11月", "2026-11/22", "12345678901", "明天", "1", "2026"])
def test_what_is_no_date_is_refused(written):
    with pytest.raises(Unusable):
        values.day(written)


@pytest.mark.parametrize("written", ["0001-01-01", "3026-11-22", "99999", "9999-12-31"])
def test_a_year_that_cannot_be_right_is_refused(written):
    with pytest.raises(Unusable, match="年份不对"):
        values.day(written)


@pytest.mark.parametrize("written", ["", "  ", "\u3000", "-", "--", "——", "/", "无", "暂无", "N/A", "NULL", "\ufeff"])
def test_signs_for_nothing_mean_nothing(written):
    assert values.text()(written) is None
    assert values.day(written) is None
    assert values.code()(written) is None


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("ＺＡＲＡ　１号店", "ZARA 1号店"),
        ("  行远\n箱包 ", "行远 箱包"),
        ("行远（旗舰店）", "行远（旗舰店）"),
        ("喆𠮷龘\ufa0e", "喆𠮷龘\ufa0e"),
        ("行\u200b远\x07", "行远"),
        ("=cmd|'/C calc'!A0", "=cmd|'/C calc'!A0"),
        ("+15400000001", "+15400000001"),
    ],
)
def test_text_is_tidied_and_otherwise_left_alone(written, meant):
    assert values.text()(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Ｌ２－ｃ０２", "L2-C02"),
        (" l2 – c02 ", "L2-C02"),
        ("101.0", "101"),
        ("15400000001.0", "15400000001"),
        ("1.5400000001E+10", "15400000001"),
        ('="007"', "007"),
        ("'007", "007"),
        ("007", "007"),
        ("3.5", "3.5"),
    ],
)
def test_a_code_is_the_same_however_it_is_written(written, meant):
    assert values.code()(written) == meant


def test_a_number_whose_digits_are_lost_is_refused():
    for written in ("1.54E+10", "1.54e3"):
        with pytest.raises(Unusable, match="末几位已经丢失"):
            values.code()(written)


def test_what_is_too_long_is_refused_and_not_cut():
    with pytest.raises(Unusable, match="太长：61 个字，最多 60 个字"):
        values.text(60)("字" * 61)
    assert values.text(60)("字" * 60) == "字" * 60


@pytest.mark.parametrize("written", ["#N/A", "#REF!", "#value!", "######"])
def test_an_error_of_excel_is_no_value(written):
    with pytest.raises(Unusable, match="Excel"):
        values.text()(written)


@pytest.mark.parametrize("written", ["行\ufffd", "锟斤拷箱包"])
def test_a_character_that_is_already_lost_is_refused(written):
    with pytest.raises(Unusable, match="已有文字丢失"):
        values.text()(written)


def test_a_choice_is_known_by_several_words():
    tier = values.choice({"金卡": "gold", "Gold": "gold", "普卡": "ordinary"})

    assert [tier(word) for word in ("金卡", " 金 卡", "ＧＯＬＤ")] == ["gold"] * 3
    assert (tier("普卡"), tier("")) == ("ordinary", None)
    with pytest.raises(Unusable, match="只能是：金卡、Gold、普卡"):
        tier("钻石卡")


def test_yes_and_no_are_known_by_several_words():
    assert [values.yes_no(word) for word in ("是", "Y", "√", "TRUE", "1")] == [True] * 5
    assert [values.yes_no(word) for word in ("否", "n", "×", "FALSE", "0")] == [False] * 5
    assert values.yes_no("") is None
