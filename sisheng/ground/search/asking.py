"""A question as words to look for, without a word of any database's own query language."""

from __future__ import annotations

from dataclasses import dataclass

_SPECIAL = set(" \"'\\\x00")


@dataclass(frozen=True)
class Word:
    """A token; `begins` also takes every longer one."""

    token: str
    begins: bool = False

    def __post_init__(self) -> None:
        if not self.token or not _SPECIAL.isdisjoint(self.token):
            raise ValueError(f"“{self.token}” is no token.")


@dataclass(frozen=True)
class Every:
    of: tuple[Wanted, ...]


@dataclass(frozen=True)
class Some:
    of: tuple[Wanted, ...]


Wanted = Word | Every | Some


def written(wanted: Wanted, word: str, begins: str, every: str, some: str) -> str:
    """In the query language of a database. No token can end its quotes."""
    if isinstance(wanted, Word):
        return (begins if wanted.begins else word) % wanted.token
    joint = every if isinstance(wanted, Every) else some
    return "(" + joint.join(written(part, word, begins, every, some) for part in wanted.of) + ")"
