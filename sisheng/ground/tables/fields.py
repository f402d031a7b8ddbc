"""What is looked for in a table: the columns, by the many names under which they are known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sisheng.ground.tables import values


@dataclass(frozen=True)
class Field:
    """A column that we can use. `read` turns what is written in a cell into a value, None where it is blank, or
    raises Unusable; `show` turns a value into what a report may print (a masked phone, say)."""

    key: str
    label: Any  # for sentences, in the language of the reader
    spellings: tuple[str, ...]  # the best one first: it wins where two columns fit
    read: Callable[[str], Any] = values.text_of_any_kind
    is_required: bool = False  # the column must be there, and no row may leave it blank
    show: Callable[[Any], str] = values.shown
    is_personal: bool = False  # a report never prints what is written in the cell, only what `show` makes of it
