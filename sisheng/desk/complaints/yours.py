"""Somebody else was faster. What a person had written meanwhile is shown beside how it stands now."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms


def typed_in(form: forms.Form) -> list[dict[str, Any]]:
    """The words of a form that can be sent no more: what was chosen in it is chosen again in a moment."""
    return [{"label": bound.label, "words": words} for bound, words in _texts(form) if words]


def _texts(form: forms.Form) -> Iterator[tuple[Any, str]]:
    for bound in form:
        if not bound.is_hidden and isinstance(bound.field.widget, forms.Textarea | forms.TextInput):
            yield bound, str(bound.value() or "").strip()
