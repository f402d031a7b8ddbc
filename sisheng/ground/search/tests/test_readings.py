from __future__ import annotations

import json

import pytest

from sisheng.ground.search.readings import INITIALS, NEARLY, Entry, rank, readings, score
from sisheng.ground.search.tests.vectors import HERE, names, vectors

NAMES = names()
WISHES = json.loads((HERE / "wishes.json").read_text(encoding="utf8"))


@pytest.mark.parametrize("wish", WISHES, ids=lambda wish: wish["asked"] or "nothing")
def test_what_the_desk_types_finds_the_shop_it_means(wish):
    found = [entry.title for _score, entry in rank(wish["asked"], NAMES)]

    if "only" in wish:
        assert sorted(found) == sorted(wish["only"])
    if "first" in wish:
        assert found[0] == wish["first"]
    assert set(wish.get("holds", ())) <= set(found)
    assert not set(wish.get("lacks", ())) & set(found)


def test_the_browser_is_held_to_the_scores_of_today():
    kept = json.loads((HERE / "vectors.json").read_text(encoding="utf8"))

    assert len(kept["entries"]) == 73
    assert len(kept["hits"]) > 100
    assert json.loads(json.dumps(vectors())) == kept, "run python -m sisheng.ground.search.tests.vectors"


def test_an_entry_travels_as_json_and_comes_back_the_same():
    for entry in NAMES:
        assert Entry.from_json(json.loads(json.dumps(entry.as_json()))) == entry


def test_every_printed_abbreviation_finds_its_own_shop_first():
    for entry in NAMES:
        initials = "".join(unit[1][0] for unit in entry.readings)

        assert rank(initials, NAMES)[0][1] == entry
        assert score(initials, entry) == INITIALS + 4


def test_each_character_answers_to_every_reading_it_has():
    assert readings("行远") == (("行", "xing", "hang", "heng"), ("远", "yuan"))
    assert readings("绿Wi-Fi 12号")[1:] == (("wi", "wi"), ("fi", "fi"), ("12", "12"), ("号", *readings("号")[0][1:]))
    assert readings("绿")[0][1:] == ("lv", "lu")
    assert readings("🌂 —") == ()


def test_better_reasons_rank_higher():
    shop = Entry.of("s", "微光数码", title_en="Glimmer Digital", aliases=["手机", "相机维修"], codes=["L4-C06", "6059"])
    better_first = ["L4C06", "微光数码", "wgsm", "微光", "wei", "wgs", "digi", "605", "手机", "数码", "维修", "weguang"]

    scores = [score(asked, shop) for asked in better_first]

    assert None not in scores
    assert scores == sorted(scores, reverse=True)
    assert len({int(one) // 10 for one in scores}) >= 8


def test_a_forgotten_letter_is_only_a_last_resort():
    xingyuan, xinyue = Entry.of("a", "行远箱包"), Entry.of("b", "新越文具")

    assert score("xinyuan", xingyuan) == NEARLY
    assert [entry.ref for _score, entry in rank("xinyue", [xingyuan, xinyue])] == ["b"]
    assert score("ingyuan", xingyuan) is None  # not the first letter
    assert score("xyb", xingyuan) is None  # three letters are too few to guess


def test_equal_scores_keep_the_order_of_the_caller():
    twins = [Entry.of("popular", "竹节烤物"), Entry.of("other", "竹节烤物")]

    assert [entry.ref for _score, entry in rank("zj", twins)] == ["popular", "other"]
    assert [entry.ref for _score, entry in rank("zj", twins[::-1])] == ["other", "popular"]


@pytest.mark.parametrize("asked", ["\x00", "\ud800", "x" * 4_000_000, "行" * 100_000, "﷽" * 1000, "((((", "%", "\\"])
def test_nothing_that_can_be_typed_breaks_the_matching(asked):
    for entry in NAMES:
        assert score(asked, entry) is None


def test_a_name_of_many_readings_is_matched_in_a_moment():
    entry = Entry.of("hard", "行行行行行行行行行行行行行行行行行行行行")

    assert score("h" * 20, entry) is not None
    assert score("xinghanghengx" * 4, entry) is not None
    assert score("hanghanghanghanghanghanghanghanq", entry) is None
