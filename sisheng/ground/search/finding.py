"""find(mall_id, "行远 退款") — everything of one mall that answers, best first, newest first among equals."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import connection

from sisheng.ground.search.engines import engine
from sisheng.ground.search.questions import Found, Question

MOST_HITS = 50
SPARE = 10  # looked at beyond the limit, since a closer look throws some out
MOST_LOOKED_AT = 2000


# The + 0 keep SQLite from reading all of the mall by its other index.
_READ = """
SELECT id, kind, ref, title, text, codes, entry, extra FROM search_searchdoc
WHERE id IN (%(ids)s) AND mall_id + 0 = %%s %(kinds)s
"""


@dataclass(frozen=True)
class Hit:
    kind: str
    ref: str
    title: str
    extra: dict[str, Any]
    score: float  # 100 a whole code … 20 somewhere in the text


def find(mall_id: int, text: str, *, kinds: Collection[str] | None = None, limit: int = 20) -> list[Hit]:
    """What answers to the text: words of its title or body, its number however it is said, its names by their readings.

    `kinds` are those that the person asking may see (None: all); the database looks at no others, and never into
    another mall. At most 50 hits, and there is no total: nobody reads further than that.
    """
    question = Question(text, mall_id)
    limit = max(0, min(limit, MOST_HITS))
    if question.is_empty or not limit or (kinds is not None and not kinds):
        return []
    best = sorted(_answers(question, kinds, limit).items(), key=lambda pair: (-pair[1], -pair[0].id))
    return [Hit(found.kind, found.ref, found.title, found.extra, score) for found, score in best[:limit]]


def _answers(question: Question, kinds: Collection[str] | None, limit: int) -> dict[Found, float]:
    """The newest that answer; and where there are more of them than one looks at, also the strongest."""
    look, first = engine(), limit + SPARE
    answers: dict[Found, float] = {}
    most, before = first, None
    while most < MOST_LOOKED_AT:
        ids = look.newest(question.mall_id, question.anywhere(), kinds, most, before)
        answers |= _scored(question, ids, kinds)
        if len(ids) < most:
            return answers
        if len(answers) >= limit:
            break
        most, before = 2 * most, ids[-1]
    strongest = {
        found for wanted in question.strongest() for found in look.newest(question.mall_id, wanted, kinds, first, None)
    }
    return answers | _scored(question, strongest - {found.id for found in answers}, kinds)


def _scored(question: Question, ids: Collection[int], kinds: Collection[str] | None) -> dict[Found, float]:
    scored = {found: question.score(found) for found in _read(question.mall_id, ids, kinds)}
    return {found: score for found, score in scored.items() if score is not None}


def _read(mall_id: int, ids: Collection[int], kinds: Collection[str] | None) -> list[Found]:
    """Once more with the mall and the kinds: an index that has gone wrong shows nothing to the wrong people."""
    if not ids:
        return []
    statement = _READ % {"ids": _places(ids), "kinds": f"AND kind IN ({_places(kinds)})" if kinds else ""}
    with connection.cursor() as cursor:
        cursor.execute(statement, [*ids, mall_id, *(kinds or ())])
        return [Found(*row) for row in cursor.fetchall()]


def _places(values: Collection[object]) -> str:
    return ", ".join(["%s"] * len(values))
