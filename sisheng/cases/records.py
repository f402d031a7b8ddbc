"""What somebody who checks the work of the desk needs of a record, a case or a contact alike.

Slices do not know one another: each says of its own records what is here, and config/quality.py brings them together.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Done:
    """One thing that was done on a day, as it goes into the lot: whose work it is, and whether an answer was given."""

    number: str
    agent: int | None  # a key of Staff; nobody where the customer did it alone
    has_answer: bool = False


@dataclass(frozen=True)
class Glance:
    """What of it is shown to whoever checks it: the matter, never who the customer is."""

    number: str
    at: datetime
    matter: Any
    lines: tuple[tuple[Any, Any], ...]  # label and words
    hands: frozenset[int | None]  # everybody who worked on it: none of them checks it (QAS-03)
    url: str = ""  # of the record itself, for those who may open it
