"""One document as it is given to the index, and the words it is found by."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from sisheng.ground.search.codes import beginnings, number_keys, told
from sisheng.ground.search.initials import kept_beginnings, kept_initials
from sisheng.ground.search.masking import mask_mobiles
from sisheng.ground.search.readings import Entry, readings
from sisheng.ground.search.tokens import compact, fold, storable, tokens

LONGEST_NAME = 64  # characters whose readings are kept
_KIND = re.compile("[a-z][a-z0-9_]*")


@dataclass(frozen=True)
class Document:
    """Something that can be found. `kind` is one word of [a-z0-9_], `ref` the caller's own key within the kind.

    `names` are also found by their readings (a shop's name, also within the title of a case), `codes` by the short
    ways of saying a number. **Nothing about a person may be in any of it**; a mobile number is masked, since people
    write them into free text, but a name or an address cannot be told from other words. `extra` comes back with the
    hit as it was given and is not searched.
    """

    mall_id: int
    kind: str
    ref: str
    title: str
    title_en: str = ""
    names: Sequence[str] = ()
    aliases: Sequence[str] = ()
    codes: Sequence[str] = ()
    body: str = ""
    extra: dict[str, Any] | None = None

    def __post_init__(self) -> None:
        if not _KIND.fullmatch(self.kind):
            raise ValueError(f"“{self.kind}” is no kind: one word of small letters, digits and _.")

    @property
    def key(self) -> tuple[int, str, str]:
        return self.mall_id, self.kind, self.ref

    def row(self) -> dict[str, Any]:
        """The columns of its SearchDoc."""
        return {
            "mall_id": self.mall_id,
            "kind": self.kind,
            "ref": self.ref,
            "title": _clean(self.title),
            "text": self._text,
            "codes": json.dumps([told(code) for code in self._codes]),
            "entry": json.dumps(entry.as_json(), ensure_ascii=False) if (entry := self._entry()) else None,
            "extra": json.dumps(_storable(self.extra or {}), cls=DjangoJSONEncoder, ensure_ascii=False),
        }

    def words(self) -> list[str]:
        """Its tokens, each after its mall and a letter that says where it stands:
        w anywhere, t in the title, c a code, e the beginning of one, p initials of a name, n how a name begins,
        k the kind."""
        names = [readings(name) for name in self._names]
        aliases = [readings(alias) for alias in self._aliases]
        standing = {
            "w": tokens(self._text),
            "t": tokens(self._headline),
            "c": {key for code in self._codes for key in number_keys(code)},
            "e": {key for code in self._codes for key in beginnings(code)},
            "p": {initials for name in (*names, *aliases) for initials in kept_initials(name)},
            "n": {beginning for name in names for beginning in kept_beginnings(name)},
            "k": {self.kind},
        }
        return [f"{self.mall_id}{letter}{token}" for letter, found in standing.items() for token in sorted(found)]

    @cached_property
    def _text(self) -> str:
        """All that is searched, the headline in a line of its own."""
        return f"{self._headline}\n{_folded(self.body)}"

    @cached_property
    def _headline(self) -> str:
        return _folded(self.title, self.title_en, *self.names, *self.aliases)

    @cached_property
    def _names(self) -> list[str]:
        return [_clean(name)[:LONGEST_NAME] for name in self.names]

    @cached_property
    def _aliases(self) -> list[str]:
        return [_clean(alias)[:LONGEST_NAME] for alias in self.aliases]

    @cached_property
    def _codes(self) -> list[str]:
        return [code for code in self.codes if compact(code) and mask_mobiles(code) == code]

    def _entry(self) -> Entry | None:
        if not (self.names or self.aliases or self.title_en):
            return None
        name, *others = self._names or [""]
        return Entry.of(self.ref, name, title_en=_clean(self.title_en), aliases=(*others, *self._aliases))


def _folded(*texts: str) -> str:
    """Joined by a blank, over which no question reaches; masked after folding, which brings digits together."""
    return mask_mobiles(fold(" ".join(texts)))


def _clean(text: str) -> str:
    return mask_mobiles(storable(text))


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {key: _storable(part) for key, part in value.items()}
    return [_storable(part) for part in value] if isinstance(value, list | tuple) else value
