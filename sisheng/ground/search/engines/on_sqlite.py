"""On SQLite: an FTS5 table, keyed by the id of the SearchDoc. It walks its lists from the highest id by itself."""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection

from sisheng.ground.search.asking import Every, Some, Wanted, Word, written
from sisheng.ground.search.documents import Document

_FORGET = "DELETE FROM search_searchdoc WHERE mall_id = %s AND kind = %s AND ref = %s"
_KEEP = """
INSERT INTO search_searchdoc (mall_id, kind, ref, title, text, codes, entry, extra)
VALUES (%(mall_id)s, %(kind)s, %(ref)s, %(title)s, %(text)s, %(codes)s, %(entry)s, %(extra)s)
"""
_KEEP_TOKENS = """
INSERT INTO search_tokens (rowid, tokens)
SELECT id, %s FROM search_searchdoc WHERE mall_id = %s AND kind = %s AND ref = %s
"""
_NEWEST = """
SELECT rowid FROM search_tokens WHERE search_tokens MATCH %s AND rowid < %s ORDER BY rowid DESC LIMIT %s
"""
_NO_BOUND = 2**63 - 1


class OnSQLite:
    def write(self, documents: list[Document]) -> None:
        with connection.cursor() as cursor:
            # the trigger of migration 0002 takes the tokens away with the document
            cursor.executemany(_FORGET, [document.key for document in documents])
            cursor.executemany(_KEEP, [document.row() for document in documents])
            cursor.executemany(_KEEP_TOKENS, [(" ".join(document.words()), *document.key) for document in documents])

    def settle(self) -> None:
        """FTS5 keeps no statistics that could be out of date."""

    def newest(
        self, mall_id: int, wanted: Wanted, kinds: Collection[str] | None, most: int, before: int | None
    ) -> list[int]:
        if kinds is not None:
            wanted = Every((wanted, Some(tuple(Word(f"{mall_id}k{kind}") for kind in kinds))))
        match = written(wanted, '"%s"', '"%s"*', " AND ", " OR ")
        with connection.cursor() as cursor:
            cursor.execute(_NEWEST, [match, _NO_BOUND if before is None else before, most])
            return [key for (key,) in cursor.fetchall()]
