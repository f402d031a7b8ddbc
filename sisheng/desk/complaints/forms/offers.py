"""What is offered to the customer, told to them and heard from them (CMP-11 to CMP-14)."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sisheng.desk.complaints import taxonomy
from sisheng.desk.complaints.forms.base import MOMENT, MallForm, grouped, rows
from sisheng.desk.complaints.models import Apology

if TYPE_CHECKING:
    from sisheng.desk.complaints.actions.writing import RemedyLine

LINES = 3  # of remedies in one offer


class RemedyForm(MallForm):
    kind = forms.ChoiceField(label=_("Remedy"), choices=[("", "—"), *taxonomy.REMEDIES.items()], required=False)
    value = forms.DecimalField(label=_("Value"), max_digits=10, decimal_places=2, min_value=Decimal(0), required=False)
    payer = forms.ChoiceField(label=_("Borne by"), choices=taxonomy.PAYERS.items(), required=False)
    due_at = forms.DateTimeField(label=_("By when"), required=False, widget=MOMENT)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("value") and not told.get("kind"):
            self.add_error("kind", _("Choose what the customer is given."))
        told["due_at"] = self.local("due_at")
        if told["due_at"] and told["due_at"] > self.at + timedelta(days=180):
            self.add_error("due_at", _("That is more than half a year away."))
        return told


class WithRemedies(MallForm):
    """A form with lines of remedies below it."""

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        self.lines_were = kwargs.pop("lines", [])
        super().__init__(data, **kwargs)
        told = [*self.lines_were, *[{}] * LINES][:LINES]
        self.lines = [
            RemedyForm(data, prefix=f"r{n}", initial=line, mall=self.mall, at=self.at) for n, line in enumerate(told)
        ]

    def is_valid(self) -> bool:
        return bool(super().is_valid()) and all(line.is_valid() for line in self.lines)

    @property
    def has_more_lines(self) -> bool:
        """Is there more than one thing to give, already?"""
        return len(self.lines_were) > 1 or any(line.is_bound and line.has_changed() for line in self.lines[1:])

    def remedies(self) -> list[RemedyLine]:
        from sisheng.desk.complaints.actions.writing import remedy_lines

        return remedy_lines([line.cleaned_data for line in self.lines])


class Write(WithRemedies):
    words = forms.CharField(label=_("What we offer"), max_length=1600, widget=rows(3))
    is_final = forms.BooleanField(label=_("This is our final answer"), required=False)


class Settle(WithRemedies):
    words = forms.CharField(label=_("What was agreed"), max_length=1000, widget=rows(2))
    cause = forms.ChoiceField(label=_("Why it happened"))
    responsibility = forms.ChoiceField(label=_("Whose responsibility"), choices=taxonomy.RESPONSIBILITIES.items())
    is_done = forms.BooleanField(label=_("Handed over already"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cause"].choices = grouped(taxonomy.CAUSES)  # type: ignore[attr-defined]


class ReEvaluate(forms.Form):
    words = forms.CharField(label=_("What the re-evaluation came to"), max_length=2000, widget=rows(3))


class News(forms.Form):
    news = forms.CharField(label=_("What the customer is to hear"), max_length=500, widget=rows(2))


class Apologise(forms.Form):
    way = forms.ChoiceField(label=_("How it was said"), choices=Apology.Way.choices, widget=forms.RadioSelect)
    words = forms.CharField(label=_("For what"), max_length=300, required=False)


class Extend(MallForm):
    until = forms.DateTimeField(label=_("Final answer by"), widget=MOMENT)
    reason = forms.CharField(label=_("Why (the customer hears it)"), max_length=200)

    def clean_until(self) -> datetime | None:
        return self.local("until")


class HearCustomer(forms.Form):
    words = forms.CharField(label=_("What the customer says of it"), max_length=1000, widget=rows(2))
