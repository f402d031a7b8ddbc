"""Entries are small on the way to the browser, and the same when they arrive."""

from __future__ import annotations

import json
from pathlib import Path

from sisheng.ground.search.packed import pack, unpack
from sisheng.ground.search.readings import Entry, rank

HERE = Path(__file__).parent
ENTRIES = [Entry.from_json(told) for told in json.loads((HERE / "vectors.json").read_text("utf-8"))["entries"]]


def test_what_arrives_answers_to_the_same_words():
    said, small = pack(ENTRIES)
    arrived = [unpack(said, told) for told in small]

    for sent, got in zip(ENTRIES, arrived, strict=True):
        assert (got.ref, got.title, got.title_en, got.codes) == (sent.ref, sent.title, sent.title_en, sent.codes)
        assert (got.readings, got.english) == (sent.readings, sent.english)
        assert [alias.readings for alias in got.aliases] == [alias.readings for alias in sent.aliases]


def test_a_sign_that_cannot_be_said_and_a_foreign_word_arrive_too():
    odd = [Entry.of("x", "々龘KTV 2号店", aliases=["", "T恤"])]
    said, [small] = pack(odd)

    assert unpack(said, small).readings == odd[0].readings
    assert [score for score, _entry in rank("ktv", [unpack(said, small)])] == [
        score for score, _entry in rank("ktv", odd)
    ]


def test_the_file_that_the_browser_is_held_to_is_current():
    said, small = pack(ENTRIES)

    assert json.loads((HERE / "packed.json").read_text("utf-8")) == {"said": said, "entries": small}
