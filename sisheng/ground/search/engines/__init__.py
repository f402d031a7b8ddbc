"""The one place with two implementations: who holds the tokens and finds them again."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from django.db import connection

from sisheng.ground.search.asking import Wanted
from sisheng.ground.search.documents import Document


class Engine(Protocol):
    def write(self, documents: list[Document]) -> None:
        """Keep these documents with their words, each in place of an earlier one of the same key."""

    def settle(self) -> None:
        """After a great many: let the database look at what it has now."""

    def newest(
        self, mall_id: int, wanted: Wanted, kinds: Collection[str] | None, most: int, before: int | None
    ) -> list[int]:
        """The ids of the documents that have the wanted words, from the newest, older than the id `before`."""


def engine() -> Engine:
    if connection.vendor == "postgresql":
        from sisheng.ground.search.engines.on_postgresql import OnPostgreSQL

        return OnPostgreSQL()
    from sisheng.ground.search.engines.on_sqlite import OnSQLite

    return OnSQLite()
