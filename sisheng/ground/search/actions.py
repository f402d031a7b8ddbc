"""Putting things into the index and taking them out, in the transaction in which they change: findable at once."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any

from django.db import transaction

from sisheng.ground.search.documents import Document
from sisheng.ground.search.engines import engine
from sisheng.ground.search.models import SearchDoc

BATCH = 1000
MANY = 10_000


def index(mall_id: int, kind: str, ref: str, *, title: str, **more: Any) -> None:
    """Make a thing findable, or findable anew; it counts as the newest. `more` are the further fields of a Document,
    which says what may be in them: nothing personal."""
    index_many([Document(mall_id, kind, str(ref), title, **more)])


def index_many(documents: Iterable[Document]) -> int:
    """The same for an import or for making the index again: the oldest first, since the last is the newest.

    Returns how many there are now. Of two documents with one key the later counts.
    """
    left = iter(documents)
    number = 0
    with transaction.atomic(savepoint=False):
        while batch := {document.key: document for document in islice(left, BATCH)}:
            engine().write(list(batch.values()))
            number += len(batch)
        if number >= MANY:
            engine().settle()
    return number


def drop(mall_id: int, kind: str, ref: str) -> None:
    """Make a thing no longer findable. Nothing happens if it was not."""
    SearchDoc.objects.filter(mall_id=mall_id, kind=kind, ref=str(ref)).delete()
