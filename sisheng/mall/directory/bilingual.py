"""Records that say everything twice."""

from __future__ import annotations

from typing import Any


def in_language(thing: Any, field: str, lang: str) -> str:
    """The English text if English is asked for and written, else the Chinese one: a card is never empty."""
    return (lang.startswith("en") and getattr(thing, f"{field}_en")) or getattr(thing, field)
