"""What is asked for at each step of an improvement."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sisheng.desk.improvements.models import Improvement
from sisheng.mall.directory.models import Mall, Shop

DAY = forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class MallForm(forms.Form):
    """A form that knows in which mall it is filled in. A day by which something is due is meant to its end."""

    def __init__(self, *args: Any, mall: Mall, **kwargs: Any) -> None:
        self.mall = mall
        super().__init__(*args, **kwargs)

    def told(self) -> dict[str, Any]:
        told = dict(self.cleaned_data)
        if "due_on" in told:
            told["due_at"] = datetime.combine(told.pop("due_on"), time(23, 59), tzinfo=self.mall.zone)
        return told


class Begin(MallForm):
    problem = forms.CharField(label=_("What goes wrong"), max_length=2000, widget=forms.Textarea({"rows": 2}))
    measure = forms.CharField(label=_("What is to change"), max_length=2000, widget=forms.Textarea({"rows": 2}))
    department = forms.CharField(label=_("Department"), max_length=60, required=False)
    unit = forms.CharField(label=_("Or shop"), max_length=60, required=False)
    due_on = forms.DateField(label=_("By when"), widget=DAY)
    need = forms.CharField(label=_("Which need it answers"), max_length=120, required=False)
    cause = forms.CharField(label=_("Root cause"), max_length=200, required=False)
    metric = forms.CharField(label=_("How one will see it"), max_length=120, required=False)
    effect_before = forms.CharField(label=_("How it is now"), max_length=60, required=False)
    source = forms.ChoiceField(label=_("Came from"), choices=Improvement.Source.choices, initial="complaint")

    def clean_unit(self) -> Shop | None:
        """A shop by its unit or its name; empty is allowed."""
        words = self.cleaned_data["unit"].strip()
        if not words:
            return None
        here = Shop.objects.here().filter(mall=self.mall)
        shop = here.filter(unit__iexact=words).first() or here.filter(name=words).first()
        if shop is None:
            raise forms.ValidationError(
                _("No shop “%(shop)s” here. Type its unit or its whole name."), params={"shop": words}
            )
        return shop

    def told(self) -> dict[str, Any]:
        told = super().told()
        told["shop"] = told.pop("unit")
        return told


class Nothing(MallForm):
    """A step that asks for nothing but the click."""


class Reason(MallForm):
    reason = forms.CharField(label=_("Why"), max_length=200)


class Words(MallForm):
    words = forms.CharField(label=_("What was done"), max_length=2000, widget=forms.Textarea({"rows": 2}))


class Judge(MallForm):
    words = forms.CharField(label=_("What one sees"), max_length=2000, widget=forms.Textarea({"rows": 2}))
    effect_after = forms.CharField(label=_("How it is now"), max_length=60, required=False)


class Reply(MallForm):
    reply = forms.CharField(label=_("What they answer"), max_length=2000, widget=forms.Textarea({"rows": 2}))


class TryAgain(MallForm):
    measure = forms.CharField(label=_("What is to change instead"), max_length=2000,
                              widget=forms.Textarea({"rows": 2}))  # fmt: skip
    due_on = forms.DateField(label=_("By when"), widget=DAY)
