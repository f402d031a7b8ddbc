"""Finding a name the way it is said: 行远箱包 answers to 行远, xyxb, hyxb, xingyuan, xyuan and “lugg”.

An Entry is data that can go to the browser, which filters a mall's few hundred names without asking the server.
Its twin there is ui/frontend/src/readings.js; search/tests/vectors.json holds both to the same scores.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any

from sisheng.ground.search import spelling
from sisheng.ground.search.tokens import chunks, compact, fold, runs

Units = tuple[tuple[str, ...], ...]

# How good a match is. A share of up to 4 comes on top: how much of the name was asked for.
CODE = 100.0
NAME = 95.0
INITIALS = 90.0
NAME_BEGINS = 80.0
INITIALS_BEGIN = 70.0
ENGLISH = 60.0
CODE_BEGINS = 55.0
ALIAS = 50.0
INSIDE = 40.0
INSIDE_OTHERS = 30.0  # within an alias or a code
NEARLY = 10.0  # a letter is missing: only shown when nothing else matches
SHARE = 4.0
LEAST_FOR_NEARLY = 4  # letters


@dataclass(frozen=True)
class Alias:
    text: str
    readings: Units


@dataclass(frozen=True)
class Entry:
    """Something with a name, and everything it answers to. `ref` is the caller's own word for it: "shop:12"."""

    ref: str
    title: str
    title_en: str = ""
    readings: Units = ()
    english: tuple[str, ...] = ()
    aliases: tuple[Alias, ...] = ()
    codes: tuple[str, ...] = ()

    @classmethod
    def of(
        cls, ref: str, title: str, *, title_en: str = "", aliases: Iterable[str] = (), codes: Iterable[str] = ()
    ) -> Entry:
        return cls(
            ref=ref,
            title=title,
            title_en=title_en,
            readings=readings(title),
            english=tuple(chunks(fold(title_en))),
            aliases=tuple(Alias(alias, readings(alias)) for alias in aliases),
            codes=tuple(code for code in map(compact, codes) if code),
        )

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> Entry:
        return cls(
            ref=told["ref"],
            title=told["title"],
            title_en=told["title_en"],
            readings=_units(told["readings"]),
            english=tuple(told["english"]),
            aliases=tuple(Alias(alias["text"], _units(alias["readings"])) for alias in told["aliases"]),
            codes=tuple(told["codes"]),
        )


def readings(name: str) -> Units:
    """Each character of the name (or word of another script) as it is written, then every way it can be said.

    Taken character by character: looking up whole words would miss 重楼, 长庚 and 曾经.
    """
    units: list[tuple[str, ...]] = []
    for run, is_dense in runs(fold(name)):
        if is_dense:
            units.extend((character, *_said(character)) for character in run)
        else:
            word = compact(run)
            units.append((word, word))
    return tuple(units)


@dataclass(frozen=True)
class Asked:
    """What was typed: as one word, whatever the blanks and signs in it, and as the words it has."""

    joined: str
    words: tuple[str, ...]

    @classmethod
    def of(cls, typed: str) -> Asked:
        return cls(compact(typed), tuple(word for word in map(compact, fold(typed).split()) if word))

    def score(self, entry: Entry) -> float | None:
        """How well the entry answers to exactly this, or None. Higher is better."""
        if not self.joined:
            return None
        found = _score(self.joined, entry)
        if found is None and len(self.words) > 1:
            parts = [_score(word, entry) for word in self.words]
            found = None if None in parts else min(part for part in parts if part is not None)
        return found

    def guess(self, entry: Entry) -> float | None:
        """Whether the entry would answer if a letter had been forgotten."""
        is_long_enough = len(self.joined) >= LEAST_FOR_NEARLY and self.joined.isascii() and self.joined.isalpha()
        return NEARLY if is_long_enough and spelling.nearly(self.joined, entry.readings) else None


def score(query: str, entry: Entry) -> float | None:
    """How well the entry answers to what was typed, or None. Equal scores keep the caller's order."""
    asked = Asked.of(query)
    found = asked.score(entry)
    return asked.guess(entry) if found is None else found


def rank(query: str, entries: Iterable[Entry]) -> list[tuple[float, Entry]]:
    """Those that answer, best first. A missing letter is only guessed at when nothing really matches."""
    asked, entries = Asked.of(query), list(entries)
    found = [(how_good, entry) for entry in entries if (how_good := asked.score(entry)) is not None]
    if not found:
        found = [(how_good, entry) for entry in entries if (how_good := asked.guess(entry)) is not None]
    return sorted(found, key=lambda pair: -pair[0])


def _score(asked: str, entry: Entry) -> float | None:
    ways = (
        _by_code(asked, entry.codes),
        _by_name(asked, entry.readings),
        _by_english(asked, entry.english),
        *(_by_alias(asked, alias.readings) for alias in entry.aliases),
    )
    return max((way for way in ways if way is not None), default=None)


def _by_code(asked: str, codes: Sequence[str]) -> float | None:
    if asked in codes:
        return CODE
    if not any(sign.isdecimal() for sign in asked):
        return None  # every unit on the first floor begins with L, but nobody means that by “l”
    if any(code.startswith(asked) for code in codes):
        return CODE_BEGINS
    return INSIDE_OTHERS if any(asked in code for code in codes) else None


def _by_name(asked: str, units: Units) -> float | None:
    best = None
    for start, (by_initials, by_spelling) in enumerate(spelling.reaches(asked, units)):
        length = len(units) - start
        for reach, whole, begins in ((by_initials, INITIALS, INITIALS_BEGIN), (by_spelling, NAME, NAME_BEGINS)):
            if reach > 0:
                rank = INSIDE if start else whole if reach == length else begins
                best = max(best or 0, rank + SHARE * reach / len(units))
    return best


def _by_english(asked: str, words: Sequence[str]) -> float | None:
    joined = "".join(words)
    for start in range(len(words)):
        if "".join(words[start:]).startswith(asked):
            return ENGLISH + SHARE * len(asked) / len(joined)
    return None


def _by_alias(asked: str, units: Units) -> float | None:
    best = None
    for start, reaches in enumerate(spelling.reaches(asked, units)):
        reach = max(reaches)
        if reach > 0:
            best = max(best or 0, (INSIDE_OTHERS if start else ALIAS) + SHARE * reach / len(units))
    return best


def _units(told: Sequence[Sequence[str]]) -> Units:
    return tuple(tuple(unit) for unit in told)


@lru_cache(maxsize=8192)
def _said(character: str) -> tuple[str, ...]:
    """Every reading of one character, without tones, ü as v; none for a character that has no Mandarin reading."""
    # The dictionary of phrases would take 45 MB in each process, and single characters do not need it.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
    from pypinyin import Style, pinyin

    said = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    return tuple(reading for reading in (said[0] if said else ()) if reading.isascii())
