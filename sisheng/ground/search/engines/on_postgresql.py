"""On PostgreSQL: a tsvector column with a GIN index, filled with our own tokens, so that no parser has a say."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import connection

from sisheng.ground.search.asking import Every, Some, Wanted, Word, written
from sisheng.ground.search.documents import Document

_KEEP = """
INSERT INTO search_searchdoc (mall_id, kind, ref, title, text, codes, entry, extra, tokens)
VALUES (%(mall_id)s, %(kind)s, %(ref)s, %(title)s, %(text)s, %(codes)s::jsonb, %(entry)s::jsonb, %(extra)s::jsonb,
        array_to_tsvector(%(tokens)s::text[]))
ON CONFLICT (mall_id, kind, ref) DO UPDATE SET
    id = EXCLUDED.id, title = EXCLUDED.title, text = EXCLUDED.text, codes = EXCLUDED.codes, entry = EXCLUDED.entry,
    extra = EXCLUDED.extra, tokens = EXCLUDED.tokens, updated_at = EXCLUDED.updated_at
"""

# A GIN index gives everything that fits, in no order. What is common is found among the newest documents without it;
# what is rare is quickly sorted; and what was common once, but not lately, is looked for further back first.
_RECENT = """
SELECT id FROM (
    SELECT id, tokens FROM search_searchdoc
    WHERE mall_id = %(mall_id)s AND id < %(before)s ORDER BY id DESC LIMIT %(depth)s
) AS recent WHERE tokens @@ %(wanted)s::tsquery ORDER BY id DESC LIMIT %(most)s
"""
# The + 0 keep the planner from walking the ids, which would read the whole mall for a word that is not there.
_PROBE = """
SELECT id FROM search_searchdoc
WHERE tokens @@ %(wanted)s::tsquery AND mall_id + 0 = %(mall_id)s AND id + 0 < %(before)s LIMIT %(sortable)s
"""
_ALL = """
SELECT id FROM search_searchdoc
WHERE tokens @@ %(wanted)s::tsquery AND mall_id + 0 = %(mall_id)s AND id + 0 < %(before)s
ORDER BY id + 0 DESC LIMIT %(most)s
"""
_NO_BOUND = 2**63 - 1
DEPTHS = (1_000, 32_000)  # documents read without the index, at first and at most
COMMON = 10  # so many times the first depth should be enough
SORTABLE = 2_000


class OnPostgreSQL:
    def write(self, documents: list[Document]) -> None:
        rows = [{**document.row(), "tokens": document.words()} for document in documents]
        with connection.cursor() as cursor:
            cursor.executemany(_KEEP, rows)

    def settle(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE search_searchdoc")

    def newest(
        self, mall_id: int, wanted: Wanted, kinds: Collection[str] | None, most: int, before: int | None
    ) -> list[int]:
        if kinds is not None:
            wanted = Every((wanted, Some(tuple(Word(f"{mall_id}k{kind}") for kind in kinds))))
        asked: dict[str, Any] = {
            "mall_id": mall_id,
            "wanted": written(wanted, "'%s'", "'%s':*", " & ", " | "),
            "before": _NO_BOUND if before is None else before,
            "most": most,
        }
        found = _ids(_RECENT, **asked, depth=DEPTHS[0])
        is_common = len(found) * COMMON >= most
        if is_common and len(found) < most:
            found = _ids(_RECENT, **asked, depth=DEPTHS[1])
        if len(found) == most:
            return found
        found = _ids(_PROBE, **asked, sortable=SORTABLE)
        if len(found) < SORTABLE:
            return sorted(found, reverse=True)[:most]
        found = [] if is_common else _ids(_RECENT, **asked, depth=DEPTHS[1])
        return found if len(found) == most else _ids(_ALL, **asked)


def _ids(statement: str, **asked: Any) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return [key for (key,) in cursor.fetchall()]
