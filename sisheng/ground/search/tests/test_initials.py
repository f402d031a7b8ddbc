from __future__ import annotations

from dataclasses import replace

import pytest

from sisheng.ground.search.initials import DEPTH, asked_initials, kept_beginnings, kept_initials
from sisheng.ground.search.readings import NEARLY, readings, score
from sisheng.ground.search.tests.vectors import names, vectors


def test_a_name_is_kept_from_each_of_its_characters_on_with_every_reading():
    assert kept_initials(readings("豆子店")) == {"d", "dz", "dzd", "z", "zd"}
    assert {"xy", "hy", "xyxb", "hyxb", "yxb", "b"} <= kept_initials(readings("行远箱包"))
    assert max(map(len, kept_initials(readings("第七帧影城回声唱吧")))) == DEPTH


def test_how_a_name_begins_is_kept_as_said_and_as_written():
    assert kept_beginnings(readings("豆子店")) == {"d", "dz", "dzd", "豆", "豆子", "豆子店"}


def test_a_name_of_many_readings_stays_small():
    assert len(kept_initials(readings("行" * 60))) < 100


@pytest.mark.parametrize(
    ("asked", "meant"),
    [("xingy", "xy"), ("xyuan", "xy"), ("xyxb", "xyxb"), ("xi", "x"), ("xian", "xa"), ("xian", "x"), ("asui", "as"),
     ("zhaolu", "zl"), ("lv", "l"), ("xiong", "x"), ("xio", "x"), ("erji", "ej"), ("yyhmcp", "yyhm")],
)  # fmt: skip
def test_the_initials_that_were_meant_are_among_those_asked_for(asked, meant):
    assert meant in asked_initials(asked)


def test_every_name_that_matches_by_letters_in_memory_would_be_looked_at_in_the_index():
    letters = [asked.lower() for asked in vectors()["hits"] if asked.isascii() and asked.isalpha()]
    by_sound = [_chinese_only(entry) for entry in names()]
    matching = [(asked, entry) for asked in letters for entry in by_sound if (score(asked, entry) or 0) > NEARLY]

    assert len(matching) > 300
    for asked, entry in matching:
        kept = kept_initials(entry.readings).union(*(kept_initials(alias.readings) for alias in entry.aliases))
        assert kept & set(asked_initials(asked)), (asked, entry.title)


def _chinese_only(entry):
    """What is written in letters is found as a word, not by its initials."""
    chinese = tuple(alias for alias in entry.aliases if not alias.text.isascii())
    return replace(entry, english=(), codes=(), aliases=chinese)
