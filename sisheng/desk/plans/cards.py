"""The plan cards (EMG-01): what to do when something happens, step by step, in both languages. One file each."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "cards"


@dataclass(frozen=True)
class Step:
    """One thing to do, and who does it."""

    text: str
    text_en: str
    who: str
    who_en: str


@dataclass(frozen=True)
class PlanCard:
    """One emergency on one sheet: when the card holds, at most ten steps, and what never to do."""

    key: str
    order: int
    title: str
    title_en: str
    when: str
    when_en: str
    steps: tuple[Step, ...]
    never: str
    never_en: str
    law: str = ""
    law_en: str = ""


@cache
def plan_cards() -> dict[str, PlanCard]:
    """All cards by their key, in the order of the binder."""
    read = [_read(path) for path in FOLDER.glob("*.toml")]
    return {card.key: card for card in sorted(read, key=lambda card: card.order)}


def _read(path: Path) -> PlanCard:
    said: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf8"))
    steps = tuple(Step(**step) for step in said.pop("steps"))
    return PlanCard(key=path.stem, steps=steps, **said)
