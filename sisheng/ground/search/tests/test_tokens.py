from __future__ import annotations

import pytest

from sisheng.ground.search.tokens import MOST_TEXT, chunks, compact, fold, tokens


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("ＴＳ　０００７", "ts 0007"),
        ("  Wi-Fi\t密码\n", "wi-fi 密码"),
        ("a\x00b\x1fc", "a b c"),
        ("x\u200by\ufeffz\u00ad", "xyz"),
        ("\ud800行\udfff", "行"),
        ("⾏远", "行远"),  # a radical that looks like the character
        ("葛\U000e0100飾", "葛飾"),
        ("ﷺ", "صلى الله عليه وسلم"),
        ("", ""),
    ],
)
def test_text_is_compared_in_one_form(typed, folded):
    assert fold(typed) == folded
    assert fold(fold(typed)) == folded


def test_four_megabytes_are_cut_and_not_refused():
    assert len(fold("﷽" * 1_000_000)) == MOST_TEXT
    assert len(tokens(fold("行远" * 1_000_000))) == 3


def test_codes_and_pinyin_lose_their_signs():
    assert compact("Ｌ２－Ｃ０２") == compact("l2 c02") == "l2c02"
    assert compact("xing'yuan") == "xingyuan"
    assert compact("lü") == "lv"
    assert compact("?!—。") == ""


def test_chinese_becomes_overlapping_pairs_and_its_last_character():
    assert tokens("行远箱包") == {"行远", "远箱", "箱包", "包"}
    assert tokens("包") == {"包"}


def test_words_beside_chinese_stay_whole():
    assert tokens("退refund款 l2-c02") == {"退", "款", "refund", "l2", "c02"}
    assert chunks("退refund款, l2-c02") == ["退refund款", "l2", "c02"]


def test_rare_characters_kana_and_hangul_are_paired_too():
    assert tokens("𠮷野家") == {"𠮷野", "野家", "家"}
    assert tokens("カフェ・옷가게") == {"カフ", "フェ", "ェ", "옷가", "가게", "게"}
    assert tokens("二〇二六") == {"二〇", "〇二", "二六", "六"}


def test_signs_alone_are_no_words():
    assert tokens("🌂 !? ——「」") == set()
