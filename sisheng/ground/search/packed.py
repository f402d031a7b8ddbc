"""Entries made small for the way to the browser: how a character can be said travels once for all of them.

The twin is ui/frontend/src/packed.js; search/tests/packed.json holds both to the same entries.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sisheng.ground.search.readings import Alias, Entry, Units

BETWEEN = "|"  # no unit contains one: only letters and digits are left in it
Said = dict[str, str]  # 行: "xing hang heng"; a word that is said as it is written is not in it


def pack(entries: Iterable[Entry]) -> tuple[Said, list[dict[str, Any]]]:
    """What is said how, and the entries without it. What is empty or can be told from the title is left out."""
    said: Said = {}
    return said, [_small(entry, said) for entry in entries]


def unpack(said: Said, small: dict[str, Any]) -> Entry:
    """The entry as it was."""
    return Entry(
        ref=small["ref"],
        title=small["title"],
        title_en=small.get("title_en", ""),
        readings=_units(small.get("units", BETWEEN.join(small["title"])), said),
        english=tuple(small.get("english", small.get("title_en", "").lower()).split()),
        aliases=tuple(_alias(units, said) for units in small.get("aliases", ())),
        codes=tuple(small.get("codes", "").split()),
    )


def _small(entry: Entry, said: Said) -> dict[str, Any]:
    units, english = _joined(entry.readings, said), " ".join(entry.english)
    parts = {
        "ref": entry.ref,
        "title": entry.title,
        "title_en": entry.title_en or None,
        "units": None if units == BETWEEN.join(entry.title) else units,
        "english": None if english == entry.title_en.lower() else english,
        "aliases": [_joined(alias.readings, said) for alias in entry.aliases] or None,
        "codes": " ".join(entry.codes) or None,
    }
    return {name: part for name, part in parts.items() if part is not None}


def _joined(units: Units, said: Said) -> str:
    for written, *readings in units:
        if readings != [written]:
            said[written] = " ".join(readings)
    return BETWEEN.join(unit[0] for unit in units)


def _units(joined: str, said: Said) -> Units:
    return tuple((written, *said.get(written, written).split()) for written in joined.split(BETWEEN) if written)


def _alias(joined: str, said: Said) -> Alias:
    units = _units(joined, said)
    return Alias("".join(unit[0] for unit in units), units)
