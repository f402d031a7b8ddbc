from __future__ import annotations

import random
import re

import pytest
from django.db import connection, transaction

from sisheng.ground.search.actions import drop, index, index_many
from sisheng.ground.search.documents import Document
from sisheng.ground.search.finding import MOST_HITS, find
from sisheng.ground.search.models import SearchDoc
from sisheng.ground.search.tests.vectors import HERE
from sisheng.ground.search.tokens import fold

pytestmark = pytest.mark.django_db

BOYUN, OTHER = 1, 17  # the number of one mall begins that of the other
SIGNS = ["，", "。", " ", "", "", "；\n", "（", "）"]
WORDS = (HERE / "words.txt").read_text(encoding="utf8").split()
DENSE = "㐀-鿿〇ァ-ヺ\U00020000-\U000323af"


def refs(text, mall=BOYUN, **more):
    return [hit.ref for hit in find(mall, text, **more)]


@pytest.fixture
def texts():
    """Two hundred home-made texts, some of their words run together; fifty of each kind, so that all can be shown."""
    chance = random.Random(20261122)
    texts = {f"case{number % 4}:{number}": (chance.choice(WORDS), "".join(_spoken(chance))) for number in range(200)}
    index_many(Document(BOYUN, ref.split(":")[0], ref, title, body=body) for ref, (title, body) in texts.items())
    return {ref: fold(f"{title} {body}") for ref, (title, body) in texts.items()}


def _spoken(chance):
    return (chance.choice(WORDS) + chance.choice(SIGNS) for _word in range(chance.randint(1, 14)))


def _stands_in(word, text):
    """The plain truth: Chinese anywhere, another word from its beginning."""
    return re.search(("" if re.match(f"[{DENSE}]", word) else "(?<![a-z0-9])") + re.escape(word), text) is not None


@pytest.mark.rule("REC-08")
def test_every_text_with_the_words_is_found_and_no_other(texts):
    parts = {text[at : at + size] for text in texts.values() for size in (1, 2, 3, 4) for at in range(len(text))}
    chinese = sorted(part for part in parts if re.fullmatch(f"[{DENSE}]+", part))
    asked = [
        *random.Random(1).sample(chinese, 120),
        *WORDS,
        "refund 退款",
        "停车，电梯",
        "没有",
        "ART",
        "ｗｉｆｉ",
        "umb",
    ]

    for words in asked:
        chunks = re.split("[ ,]", fold(words))
        expected = {ref for ref, text in texts.items() if all(_stands_in(chunk, text) for chunk in chunks)}

        found = {ref for kind in range(4) for ref in refs(words, kinds=[f"case{kind}"], limit=50)}

        assert found == expected, words


def test_pairs_that_stand_apart_are_not_the_word():
    index(BOYUN, "case", "apart", title="行远 箱包", body="远箱运输")
    index(BOYUN, "case", "whole", title="退货", body="在行远箱包买的")

    assert refs("行远箱包") == ["whole"]
    assert refs("行远 箱包") == ["apart", "whole"]


def test_the_end_of_a_word_is_not_the_word():
    index(BOYUN, "shop", "1", title="maxian 行远", names=["行远"])  # its initials may stand for “xian”

    assert refs("xian") == []
    assert refs("maxian") == ["1"]


def test_the_title_comes_before_the_body_and_then_the_newest():
    index(BOYUN, "case", "title, old", title="停车收费")
    index(BOYUN, "case", "body, old", title="投诉", body="停车太贵")
    index(BOYUN, "case", "title, new", title="关于停车")
    index(BOYUN, "case", "body, new", title="表扬", body="停车方便")

    assert refs("停车") == ["title, new", "title, old", "body, new", "body, old"]


def test_a_title_among_thousands_of_bodies_still_comes_first():
    index(BOYUN, "case", "the one", title="停车收费")
    index_many(Document(BOYUN, "case", str(number), "接待", body="问停车") for number in range(300))

    assert refs("停车", limit=2) == ["the one", "299"]


@pytest.mark.parametrize("asked", ["xy", "x", "xingy", "行", "行远", "TS7"])
def test_what_begins_so_comes_before_hundreds_that_have_it_within(asked):
    index(BOYUN, "shop", "the one", title="行远箱包", names=["行远箱包"], codes=["TS-261122-0007"])
    index_many(
        Document(BOYUN, "shop", str(n), f"北行远{n}", names=[f"北行远{n}"], codes=[f"TS-7{n}"]) for n in range(300)
    )

    assert refs(asked)[0] == "the one"


def test_words_that_stand_apart_in_hundreds_do_not_hide_the_one_text_in_which_they_are_one():
    index(BOYUN, "case", "the one", title="洗手间漏水")
    index_many(Document(BOYUN, "case", str(number), "洗手 手间") for number in range(300))

    assert refs("洗手间") == ["the one"]


def test_two_malls_never_mix():
    for mall in (BOYUN, OTHER, 117, 7):
        index(mall, "shop", "same", title=f"行远箱包 {mall}", names=["行远箱包"], codes=["TS-261122-0007", "L2-C02"])

    for asked in ("行远", "行", "xyxb", "x", "7", "ts7", "l2c02", "l2", "1"):
        for mall in (BOYUN, OTHER, 117, 7):
            assert all(hit.title == f"行远箱包 {mall}" for hit in find(mall, asked)), (mall, asked)
        assert refs(asked, mall=2) == []
    assert len(find(OTHER, "行远")) == 1


def test_only_the_kinds_that_one_may_see_are_found():
    index(BOYUN, "shop", "s", title="行远箱包")
    index(BOYUN, "case", "c", title="行远箱包 退货")
    index(BOYUN, "shop_note", "n", title="行远箱包")

    assert refs("行远", kinds=["shop"]) == ["s"]
    assert refs("行远", kinds={"shop", "case"}) == ["c", "s"]
    assert refs("行远", kinds=["knowledge"]) == []
    assert refs("行远", kinds=[]) == []
    assert len(refs("行远")) == 3


def test_a_kind_that_is_rare_is_found_among_many_others():
    index(BOYUN, "shop", "the one", title="行远箱包")
    index_many(Document(BOYUN, "case", str(number), "行远箱包") for number in range(300))

    assert refs("行远", kinds=["shop"]) == ["the one"]


@pytest.mark.parametrize("asked", ["0007", "7", "TS7", "ts 0007", "ＴＳ－２６１１２２－０００７", "TS2611220007"])
def test_a_number_is_found_however_it_is_said(asked):
    index(BOYUN, "case", "seven", title="皮肤过敏", codes=["TS-261122-0007"])
    index_many(Document(BOYUN, "case", f"{n}", "其他", codes=[f"TS-261122-{n:04}"]) for n in range(8, 80))

    assert refs(asked) == ["seven"]


def test_who_is_typing_a_number_sees_where_it_leads():
    index_many(Document(BOYUN, "case", f"{n}", "其他", codes=[f"TS-261122-{n:04}"]) for n in (7, 8, 17))

    assert set(refs("TS-2611")) == {"7", "8", "17"}
    assert set(refs("ts-261122-000")) == {"7", "8"}
    assert refs("zs") == []


def test_the_end_of_a_number_goes_before_the_same_figure_in_a_text():
    index(BOYUN, "case", "seventh", title="投诉", codes=["TS-261122-0007"])
    index(BOYUN, "case", "seven floors", title="7 楼漏水")

    assert refs("7") == ["seventh", "seven floors"]


def test_a_name_and_a_number_together_narrow_it_down():
    for number in (7, 8):
        index(BOYUN, "case", f"a{number}", title="盐花护肤 过敏", names=["盐花护肤"], codes=[f"TS-261122-000{number}"])
        index(BOYUN, "case", f"b{number}", title="极昼电器 退换", names=["极昼电器"], codes=[f"TH-261122-000{number}"])

    assert refs("yhhf 0007") == ["a7"]
    assert refs("极昼 8") == ["b8"]
    assert refs("盐花 th") == []


def test_indexing_again_replaces_and_dropping_takes_away():
    index(BOYUN, "article", "1", title="雨伞", body="免费借用", codes=["ZS-00142"])
    index(BOYUN, "article", "2", title="雨伞套")

    index(BOYUN, "article", "1", title="轮椅", extra={"state": "new"})

    assert refs("雨伞") == ["2"]
    assert refs("借用") == refs("142") == []
    assert [hit.extra for hit in find(BOYUN, "轮椅")] == [{"state": "new"}]

    drop(BOYUN, "article", "1")
    drop(BOYUN, "article", "never there")

    assert refs("轮椅") == []
    assert SearchDoc.objects.count() == 1


def test_what_has_changed_is_the_newest_again():
    for ref in ("1", "2", "3", "1"):
        index(BOYUN, "case", ref, title="雨伞")

    assert refs("雨伞") == ["1", "3", "2"]


def test_nothing_of_a_dropped_text_stays_in_the_database():
    index(BOYUN, "case", "1", title="退款", body="龘靐齉")
    drop(BOYUN, "case", "1")

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM search_tokens")
            assert cursor.fetchone() == (0,)
    assert not SearchDoc.objects.exists()


def test_what_is_deleted_by_any_other_door_is_not_found_either():
    index_many(Document(BOYUN, "case", str(number), "退款") for number in range(5))

    SearchDoc.objects.filter(ref__in=["1", "2"]).delete()

    assert refs("退款") == ["4", "3", "0"]


def test_of_two_with_one_key_in_one_import_the_later_counts():
    number = index_many([Document(BOYUN, "shop", "1", "旧名"), Document(BOYUN, "shop", "1", "新名")])

    assert number == 1
    assert (refs("旧名"), refs("新名")) == ([], ["1"])


@pytest.mark.django_db(transaction=True)
def test_a_thing_is_findable_at_once_and_what_was_undone_was_never_there():
    index(BOYUN, "case", "kept", title="雨伞")
    with transaction.atomic():
        index(BOYUN, "case", "undone", title="雨伞")
        index(BOYUN, "case", "kept", title="轮椅")
        assert refs("雨伞") == ["undone"]  # at once, within its own transaction
        assert refs("轮椅") == ["kept"]
        drop(BOYUN, "case", "kept")
        transaction.set_rollback(True)

    assert refs("雨伞") == ["kept"]
    assert refs("轮椅") == []


def test_no_more_than_fifty_are_shown():
    index_many(Document(BOYUN, "case", str(number), "退款") for number in range(60))

    assert len(refs("退款", limit=10_000)) == MOST_HITS
    assert len(refs("退款")) == 20
    assert refs("退款", limit=3) == ["59", "58", "57"]
    assert refs("退款", limit=0) == refs("退款", limit=-1) == []


@pytest.mark.parametrize(
    "asked",
    [
        *(
            '"',
            "'",
            '"""',
            "*",
            "行*",
            'a" OR "b',
            "OR",
            "AND NOT",
            "NEAR(a b)",
            "w : 行",
            "^行",
            "-行",
            "(",
            "))",
            "{t}",
        ),
        *("'; DROP TABLE search_searchdoc; --", "a':*", "a & !b", "<->", "\\", "%", "%s", "%(mall_id)s", "_", "$1"),
        *("\x00", "行\x00远", "\ud800", "\u200b", "🌂", "NULL", "1k shop", "1wzz", "٣", "²", "İ", "ß", "￾"),
        *("x" * 4_000_000, "行" * 4_000_000, "行 " * 100_000, '" ' * 100_000, "﷽" * 10_000, "a1" * 500),
    ],
    ids=lambda asked: ascii(asked[:20]),
)
def test_no_word_of_a_query_language_gets_through(asked):
    index(BOYUN, "case", "1", title="雨伞", codes=["TS-261122-0007"])

    assert refs(asked) == []
    assert refs("雨伞") == ["1"]


@pytest.mark.parametrize(
    "text", ["\x00行远\x00", "\ud800行远", "行远 " * 1000 + "x" * 4_000_000, "行远'\"\\:*&|!<->%s"]
)
def test_any_text_can_be_indexed(text):
    index(BOYUN, "case", "1", title=text, names=[text], aliases=[text], codes=[text], body=text, extra={"a": [text, 1]})

    assert refs("行远") == ["1"]


def test_a_kind_is_one_word():
    with pytest.raises(ValueError, match="no token"):
        find(BOYUN, "雨伞", kinds=["shop' OR"])
    with pytest.raises(ValueError, match="no kind"):
        index(BOYUN, "Case", "1", title="雨伞")


@pytest.mark.rule("PRV-01")
@pytest.mark.parametrize(
    "written",
    ["15400000001", "154 0000 0001", "154-0000-0001", "+86 15400000001", "１５４００００　０００１"],
)
def test_a_mobile_number_in_a_text_is_neither_indexed_nor_shown(written):
    more = {"title_en": f"call {written}", "names": [f"王{written}"], "aliases": [written], "codes": [written]}

    index(BOYUN, "case", "1", title=f"回电{written}吧", body=f"手机{written}，机主{written}。", **more)

    row = SearchDoc.objects.values("title", "text", "codes", "entry").get()
    digits = re.sub(r"\D", "", fold(str(row)))
    assert not re.search("154|0001", digits)
    assert refs("15400000001") == refs("0001") == refs("1540") == refs(written) == []
    assert refs("回电") == ["1"]
    assert find(BOYUN, "回电")[0].title == "回电1**********吧"


def test_hot_lines_bar_codes_and_long_numbers_are_not_taken_for_mobiles():
    index(BOYUN, "fact", "1", title="热线 0000-8866-1188", body="条码 6915400000001，订单 154000000012")

    assert refs("0000-8866-1188") == refs("6915400000001") == refs("154000000012") == ["1"]
