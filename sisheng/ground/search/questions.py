"""What somebody typed into the search box: which documents may answer it, and how well each does."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sisheng.ground.search.asking import Every, Some, Wanted, Word
from sisheng.ground.search.codes import SHORTEST_BEGINNING, asked_keys, score_of_codes
from sisheng.ground.search.initials import asked_beginnings, asked_initials
from sisheng.ground.search.readings import Asked, Entry
from sisheng.ground.search.tokens import LONGEST_WORD, MOST_ASKED, chunks, fold, pairs, runs

IN_TITLE = 45.0  # beside the scores of readings.py: below a name or an alias, above the inside of a name
IN_BODY = 20.0

_LETTERS = re.compile("[a-z]+")
_WORD_SIGN = re.compile(r"[^\W_]")


@dataclass(frozen=True, eq=False)
class Found:
    """A SearchDoc that has the words, before the closer look."""

    id: int
    kind: str
    ref: str
    title: str
    text: str
    codes: str  # JSON, like the next two
    entry: str | None
    told: str

    @property
    def extra(self) -> dict[str, Any]:
        return json.loads(self.told)


@dataclass(frozen=True)
class Question:
    """`chunks` are the parts between blanks and signs: each of them must be found, in whatever way."""

    text: str
    mall_id: int
    _known: dict[tuple[str, str | None], float | None] = field(default_factory=dict)

    @cached_property
    def chunks(self) -> list[str]:
        return chunks(fold(self.text, MOST_ASKED))

    @cached_property
    def _whole(self) -> Asked:
        return Asked.of(self.text)

    @cached_property
    def _parts(self) -> list[tuple[str, Asked]]:
        return [(chunk, Asked.of(chunk)) for chunk in self.chunks]

    @property
    def is_empty(self) -> bool:
        return not self.chunks

    def anywhere(self) -> Wanted:
        """Every document that may answer, and a few that on a closer look (score) do not."""
        return self._in("w")

    def strongest(self) -> list[Wanted]:
        """Those that would rank first. For a question with so many answers that not all of them are looked at."""
        together = self._whole.joined
        beginnings = Some(tuple(self._word("n", beginning) for beginning in asked_beginnings(together)))
        return [Some(self._keys(together)), *([beginnings] if beginnings.of else []), self._in("t")]

    def score(self, found: Found) -> float | None:
        """How well the document answers, or None if it does not. Each chunk may be found in its own way: “yhhf 0007”
        is a shop's initials and the end of a number."""
        whole = self._of_names(self._whole, found)
        parts = [_best(_score_of_text(chunk, found), self._of_names(asked, found)) for chunk, asked in self._parts]
        return _best(whole, None if None in parts else min(part for part in parts if part is not None))

    def _of_names(self, asked: Asked, found: Found) -> float | None:
        """By its codes and names. Hundreds of cases name the same shop, which is looked at once."""
        known = (asked.joined, found.entry)
        if known not in self._known:
            self._known[known] = asked.score(Entry.from_json(json.loads(found.entry))) if found.entry else None
        return _best(score_of_codes(asked.joined, json.loads(found.codes)), self._known[known])

    def _in(self, letter: str) -> Wanted:
        each = Every(tuple(self._chunk(chunk, letter) for chunk in self.chunks))
        together = self._whole.joined
        if [together] == self.chunks:
            return each
        return Some((each, self._by_code(together), *self._by_initials(together)))

    def _chunk(self, chunk: str, letter: str) -> Wanted:
        return Some((self._by_text(chunk, letter), self._by_code(chunk), *self._by_initials(chunk)))

    def _by_text(self, chunk: str, letter: str) -> Wanted:
        return Every(tuple(word for run, is_dense in runs(chunk) for word in self._by_run(run, is_dense, letter)))

    def _by_run(self, run: str, is_dense: bool, letter: str) -> list[Wanted]:
        if is_dense and len(run) > 1:
            return [self._word(letter, pair) for pair in pairs(run)]
        return [self._word(letter, run[:LONGEST_WORD], begins=True)]

    def _by_code(self, asked: str) -> Wanted:
        unfinished = (self._word("e", asked),) if len(asked) >= SHORTEST_BEGINNING else ()
        return Some((*self._keys(asked), *unfinished))

    def _keys(self, asked: str) -> tuple[Word, ...]:
        return tuple(self._word("c", key) for key in sorted(asked_keys(asked)))

    def _by_initials(self, asked: str) -> list[Wanted]:
        if not _LETTERS.fullmatch(asked):
            return []
        ways = tuple(self._word("p", initials) for initials in asked_initials(asked))
        return [Some(ways)] if ways else []

    def _word(self, letter: str, token: str, *, begins: bool = False) -> Word:
        return Word(f"{self.mall_id}{letter}{token}", begins)


def _score_of_text(chunk: str, found: Found) -> float | None:
    if not _stands_in(chunk, found.text):
        return None
    return IN_TITLE if _stands_in(chunk, found.text.partition("\n")[0]) else IN_BODY


def _stands_in(chunk: str, text: str) -> bool:
    """Chinese anywhere, other words from their beginning: “art” is not in “cart”. Pairs alone would also find
    行远 and 远箱 in different places."""
    at = text.find(chunk)
    while at >= 0:
        if at == 0 or _is_dense(chunk[0]) or _is_dense(text[at - 1]) or not _WORD_SIGN.match(text[at - 1]):
            return True
        at = text.find(chunk, at + 1)
    return False


def _is_dense(character: str) -> bool:
    return any(is_dense for _run, is_dense in runs(character))


def _best(*ways: float | None) -> float | None:
    return max((way for way in ways if way is not None), default=None)
