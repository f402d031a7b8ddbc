"""The sentence in which an event is told. The table itself is config/wording.py: it knows every kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

UNKNOWN = "—"


class _Words(dict[str, Any]):
    """Details for a template; what was erased, or never known, is a dash."""

    def __missing__(self, name: str) -> str:
        return UNKNOWN


def wording() -> Mapping[str, Any]:
    return import_string(settings.SISHENG_EVENT_WORDING)


def sentence_of(kind: str, details: Mapping[str, Any]) -> str:
    """The sentence of this kind with these details; the bare kind where nobody has worded it yet."""
    template = wording().get(kind)
    return kind if template is None else fill(template, details)


def fill(template: Any, details: Mapping[str, Any]) -> str:
    """The sentence with its details; a dash stands for what is not known."""
    return str(template) % _Words({name: _spoken(name, value) for name, value in details.items()})


def _spoken(name: str, value: Any) -> Any:
    """A detail as people say it: events keep keys, which never change, and sentences want words."""
    if value is None or value == "":
        return UNKNOWN
    say = import_string(settings.SISHENG_EVENT_VALUES).get(name)
    return say(value) if say else value
