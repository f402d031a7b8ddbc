"""How far a typed line of letters and characters reaches along the characters of a name.

Each character may be given as itself, by a full reading, or by an initial (zh, ch, sh count as one); the last one
may be unfinished: 行yuan, xyuan, xingyu. `asked` has only letters and digits, lower case (tokens.compact).
"""

from __future__ import annotations

from collections.abc import Sequence

Units = Sequence[Sequence[str]]
Reach = tuple[float, float]

NEVER = float("-inf")
UNFINISHED = 0.5  # of a character
_DOUBLE_INITIALS = ("zh", "ch", "sh")


def reaches(asked: str, units: Units) -> list[Reach]:
    """For each character that the typing may start at: how many characters it reaches by initials alone, and how
    many when at least one is spelled out; NEVER where it does not fit."""
    known: dict[tuple[int, int], Reach] = {}

    def onward(at: int, unit: int) -> Reach:
        if at == len(asked):
            return 0, NEVER
        if unit == len(units):
            return NEVER, NEVER
        if (at, unit) not in known:
            known[at, unit] = step(at, unit)
        return known[at, unit]

    def step(at: int, unit: int) -> Reach:
        by_initials = by_spelling = NEVER
        initials = _initials(units[unit])
        for initial in initials:
            if asked.startswith(initial, at):
                rest_initials, rest_spelling = onward(at + len(initial), unit + 1)
                by_initials = max(by_initials, 1 + rest_initials)
                by_spelling = max(by_spelling, 1 + rest_spelling)
        for way in units[unit]:
            if way in initials:
                continue
            if asked.startswith(way, at):
                by_spelling = max(by_spelling, 1 + max(onward(at + len(way), unit + 1)))
            elif way.startswith(asked[at:]) and asked[at:] not in initials:
                by_spelling = max(by_spelling, UNFINISHED)
        return by_initials, by_spelling

    return [onward(0, start) for start in range(len(units))]


def nearly(asked: str, units: Units) -> bool:
    """Does it fit from the beginning if one letter, but not the first, had been forgotten?"""

    def onward(at: int, unit: int, is_spare: bool) -> bool:
        if at == len(asked):
            return True
        if unit == len(units):
            return False
        if is_spare and onward(at, unit + 1, False):
            return True  # an initial is missing
        return any(fits(way, at, unit, is_spare) for way in (*_initials(units[unit]), *units[unit][1:])) or (
            is_spare and any(fits(short, at, unit, False) for way in units[unit][1:] for short in _shortened(way))
        )

    def fits(way: str, at: int, unit: int, is_spare: bool) -> bool:
        return way.startswith(asked[at:]) or (asked.startswith(way, at) and onward(at + len(way), unit + 1, is_spare))

    return onward(0, 0, True)


def _initials(unit: Sequence[str]) -> list[str]:
    """The ways to give this character by its beginning. The first of a unit is how it is written, not said."""
    return [way[:1] for way in unit[1:]] + [way[:2] for way in unit[1:] if way[:2] in _DOUBLE_INITIALS]


def _shortened(way: str) -> list[str]:
    return [way[:at] + way[at + 1 :] for at in range(1, len(way))]
