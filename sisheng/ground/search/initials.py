"""Which initials somebody may have meant who typed pinyin: “xingy” is x|y, “xyuan” too, “xian” is x or x|an.

Used to ask the index, which knows names by their initials; readings.score then looks closely.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from sisheng.ground.search.readings import Units

DEPTH = 4  # initials kept for each beginning: more would not narrow it down
MOST_WAYS = 24  # of saying or meaning one thing

_FINALS = (
    "a", "ai", "an", "ang", "ao", "e", "ei", "en", "eng", "er", "i", "ia", "ian", "iang", "iao", "ie", "in", "ing",
    "iong", "iu", "o", "ong", "ou", "u", "ua", "uai", "uan", "uang", "ue", "ui", "un", "uo", "v", "ve",
)  # fmt: skip
_UNFINISHED = {final[:length] for final in _FINALS for length in range(1, len(final))}
_CONSONANT = re.compile("zh|ch|sh|[b-df-hj-np-tw-z]")


def kept_initials(units: Units) -> set[str]:
    """What a name is found by: from each of its characters on, up to four initials, with every reading."""
    return {initials for start in range(len(units)) for initials in _initials_from(units, start)}


def kept_beginnings(units: Units) -> set[str]:
    """What a name begins with, as it is said by initials and as it is written."""
    written = {"".join(unit[0] for unit in units[:length]) for length in range(1, min(DEPTH, len(units)) + 1)}
    return written | _initials_from(units, 0)


def asked_beginnings(asked: str) -> list[str]:
    return asked_initials(asked) if asked.isascii() and asked.isalpha() else [asked[:DEPTH]]


def asked_initials(asked: str) -> list[str]:
    """The initials that these letters may stand for, at most four of each."""
    found: dict[str, None] = {}
    for way in _ways(asked, DEPTH):
        found[way] = None
        if len(found) == MOST_WAYS:
            break
    return list(found)


def _initials_from(units: Units, start: int) -> set[str]:
    said = [sorted({way[0] for way in unit[1:]}) for unit in units[start : start + DEPTH]]
    kept: set[str] = set()
    for length in range(1, len(said) + 1):
        ways = product(*said[:length])
        kept.update("".join(way) for way, _number in zip(ways, range(MOST_WAYS), strict=False))
    return kept


def _ways(rest: str, depth: int) -> Iterator[str]:
    if not rest or not depth:
        yield ""
        return
    for length in _syllables(rest):
        for further in _ways(rest[length:], depth - 1):
            yield rest[0] + further


def _syllables(rest: str) -> list[int]:
    """How many letters the first character may take: a whole syllable, its initial alone, or an unfinished end."""
    consonant = _CONSONANT.match(rest)
    began = consonant.end() if consonant else 0
    lengths = [began + len(final) for final in _FINALS if rest.startswith(final, began)]
    if rest[began:] in _UNFINISHED:
        lengths.append(len(rest))
    if consonant:
        lengths += [1, began]
    elif rest[0] in "aeo":
        lengths.append(1)
    return sorted(set(lengths), reverse=True)
