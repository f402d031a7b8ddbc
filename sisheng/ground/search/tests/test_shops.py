"""The search lines of the shop list, asked of the database: the same wishes that the matching in memory meets."""

from __future__ import annotations

import json

import pytest

from sisheng.ground.search.actions import index_many
from sisheng.ground.search.documents import Document
from sisheng.ground.search.finding import find
from sisheng.ground.search.tests.vectors import HERE, names

pytestmark = pytest.mark.django_db

MALL = 3
# An unfinished mixture of characters and letters, or a forgotten letter, is known only to those who hold all entries.
ONLY_IN_MEMORY = {"行yuan", "xngyuan", "lbsw", "sh'ji"}
WISHES = [
    wish
    for wish in json.loads((HERE / "wishes.json").read_text(encoding="utf8"))
    if wish["asked"] not in ONLY_IN_MEMORY
]


@pytest.fixture
def shops():
    index_many(
        Document(
            MALL,
            "shop",
            entry.ref,
            entry.title,
            title_en=entry.title_en,
            names=[entry.title],
            aliases=[alias.text for alias in entry.aliases],
            codes=entry.codes,
        )
        for entry in reversed(names())  # so that the first is the newest
    )


@pytest.mark.parametrize("wish", WISHES, ids=lambda wish: wish["asked"] or "nothing")
def test_the_database_finds_the_shop_that_the_desk_means(shops, wish):
    found = [hit.title for hit in find(MALL, wish["asked"], limit=50)]

    if "only" in wish:
        assert sorted(found) == sorted(wish["only"])
    if "first" in wish:
        assert found[0] == wish["first"]
    assert set(wish.get("holds", ())) <= set(found)
    assert not set(wish.get("lacks", ())) & set(found)
