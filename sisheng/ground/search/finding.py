"""find(mall_id, "行远 退款") — everything of one mall that answers, best first, newest first among equals."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sisheng.ground.search.engines import engine
from sisheng.ground.search.models import SearchDoc
from sisheng.ground.search.questions import Question

MOST_HITS = 50
SPARE = 10  # looked at beyond the limit, since a closer look throws some out
MOST_LOOKED_AT = 2000


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
    best = sorted(_answers(question, kinds, limit).items(), key=lambda pair: (-pair[1], -pair[0].pk))
    return [Hit(doc.kind, doc.ref, doc.title, doc.extra, score) for doc, score in best[:limit]]


def _answers(question: Question, kinds: Collection[str] | None, limit: int) -> dict[SearchDoc, float]:
    """The newest that answer; and where there are more of them than one looks at, also the strongest."""
    look, first = engine(), limit + SPARE
    answers: dict[SearchDoc, float] = {}
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
    return answers | _scored(question, strongest - {doc.pk for doc in answers}, kinds)


def _scored(question: Question, ids: Collection[int], kinds: Collection[str] | None) -> dict[SearchDoc, float]:
    docs = SearchDoc.objects.filter(mall_id=question.mall_id, pk__in=ids)
    if kinds is not None:
        docs = docs.filter(kind__in=kinds)
    scored = {doc: question.score(doc) for doc in docs}
    return {doc: score for doc, score in scored.items() if score is not None}
