"""Numbers and unit codes, and the short ways in which people say them.

TS-261122-0007 is found by 7, 0007, TS7, ts 0007, 2611220007 and the whole number with or without dashes (domain 3.2).
"""

from __future__ import annotations

import re

from sisheng.ground.search.readings import CODE, CODE_BEGINS
from sisheng.ground.search.tokens import chunks, compact, fold

SPOKEN = 97.0  # a number given by its end: below the whole number, above every name
SHORTEST_BEGINNING = 2
SPOKEN_DIGITS = 4  # “尾号 0007”

_PREFIX = re.compile("[a-z]{2}")
_WHOLE = re.compile("([a-z]{2})([0-9]{6})([0-9]{4,6})")
_ENDING = re.compile("([a-z]*?)0*([0-9]+)")


def number_keys(number: str) -> set[str]:
    """Everything that means this number: itself, without its letters, its end, its letters and its end.

    The end of GK-0018731 is 18731, and also 8731, because four digits are what is read from a slip.
    Another code (a unit, an extension) has only itself.
    """
    whole = compact(number)
    parts = chunks(fold(number))
    if len(parts) < 2 or not _PREFIX.fullmatch(parts[0]):
        return {whole} - {""}
    ends = {_without_zeros(parts[-1]), _without_zeros(parts[-1][-SPOKEN_DIGITS:])}
    return {whole, whole[len(parts[0]) :], *ends, *(parts[0] + end for end in ends)}


def whole_number(typed: str) -> str:
    """TS-261122-0007, however it was typed: ts2611220007, ＴＳ 261122 0007; empty where it is no whole number."""
    found = _WHOLE.fullmatch(compact(typed))
    return "-".join(found.groups()).upper() if found else ""


def beginnings(number: str) -> set[str]:
    """What somebody has typed who is on the way to this number."""
    whole = compact(number)
    return {whole[:length] for length in range(SHORTEST_BEGINNING, len(whole) + 1)}


def asked_keys(asked: str) -> set[str]:
    """The keys that a typed word (tokens.compact) may be: “ts0007” is ts0007 or ts7."""
    return {asked, _without_zeros(asked)}


def told(number: str) -> list[str]:
    """The number as a document keeps it: the whole of it, then its other keys."""
    whole = compact(number)
    return [whole, *sorted(number_keys(number) - {whole})]


def score_of_codes(asked: str, codes: list[list[str]]) -> float | None:
    """How well a typed word answers to codes as they are kept (told)."""
    if not codes:
        return None
    keys = asked_keys(asked)
    scores = [
        CODE if asked == whole else SPOKEN if not keys.isdisjoint(others) else CODE_BEGINS
        for whole, *others in codes
        if not keys.isdisjoint((whole, *others)) or (whole.startswith(asked) and len(asked) >= SHORTEST_BEGINNING)
    ]
    return max(scores, default=None)


def _without_zeros(part: str) -> str:
    ending = _ENDING.fullmatch(part)
    return ending[1] + ending[2] if ending else part
