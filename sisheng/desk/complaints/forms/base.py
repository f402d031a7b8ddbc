"""What all forms of a complaint have in common, and those that ask for little."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sisheng.mall.directory.models import Mall

MOMENT = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


def rows(number: int = 3) -> forms.Textarea:
    return forms.Textarea({"rows": number})


def grouped(table: dict[str, Any]) -> list[Any]:
    """A two-level table as a list with headings."""
    return [
        (name, [(f"{first}.{second}", part) for second, part in parts.items()])
        for first, (name, parts) in table.items()
    ]


class MallForm(forms.Form):
    """A form that knows in which mall and at what moment it is filled in."""

    def __init__(self, *args: Any, mall: Mall, at: datetime, **kwargs: Any) -> None:
        self.mall, self.at = mall, at
        super().__init__(*args, **kwargs)

    def local(self, name: str) -> datetime | None:
        """A time as somebody wrote it, on the clock of the mall."""
        told = self.cleaned_data.get(name)
        if told is not None and not 2000 <= told.year <= 2100:  # beyond it no calendar can reckon
            self.add_error(name, _("Choose a day between the years 2000 and 2100."))
            return None
        return told.replace(tzinfo=self.mall.zone) if told else None


class Nothing(forms.Form):
    """A step that asks for nothing but the click."""


class Reason(forms.Form):
    reason = forms.CharField(label=_("Why"), max_length=300)


class OptionalReason(forms.Form):
    reason = forms.CharField(label=_("Why"), max_length=1000, required=False, widget=rows(2))


class Words(forms.Form):
    words = forms.CharField(label=_("What was said"), max_length=1000, widget=rows(2))


class OptionalWords(forms.Form):
    words = forms.CharField(label=_("In the customer's words"), max_length=1000, required=False, widget=rows(2))


class Note(forms.Form):
    text = forms.CharField(label=_("Internal note"), max_length=2000, widget=rows(2))
