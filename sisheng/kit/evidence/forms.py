"""What each step with evidence asks for."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sisheng.ground.files.kinds import ACCEPT
from sisheng.kit.evidence.models.cctv import Relation
from sisheng.kit.evidence.models.evidence import Kind, Source
from sisheng.mall.directory.models import Mall, Shop

NOT_NOW = _("Only if that was not just now.")
FIRST_YEAR, LAST_YEAR = 1990, 2100


class MomentField(forms.DateTimeField):
    """A date and a time on the clock of the mall."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, **options)


class MallForm(forms.Form):
    """A form that knows on whose clock its times are said."""

    def __init__(self, *args: Any, mall: Mall, **options: Any) -> None:
        super().__init__(*args, **options)
        self.mall = mall

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        moments = {name: value for name, value in told.items() if isinstance(value, datetime)}
        for name, value in moments.items():
            if (
                not FIRST_YEAR <= value.year <= LAST_YEAR
            ):  # at the ends of time there is no other time zone to reckon in
                self.add_error(name, _("There is something wrong with the year."))
            else:
                told[name] = value.replace(tzinfo=self.mall.zone)
        return told


class Add(MallForm):
    kind = forms.ChoiceField(
        label=_("Kind"), choices=Kind.choices,
        help_text=_("A receipt is one proof of several: a payment record, a member order, a bank record, an invoice or "
                    "what the shop confirms will do as well."),
    )  # fmt: skip
    source = forms.ChoiceField(label=_("Given by"), choices=Source.choices)
    upload = forms.FileField(
        label=_("Photo, PDF, sound or video"), required=False, widget=forms.FileInput({"accept": ACCEPT})
    )
    text = forms.CharField(
        label=_("Or in their words"), required=False, max_length=4000, widget=forms.Textarea({"rows": 4})
    )
    title = forms.CharField(label=_("What it shows"), required=False, max_length=120)
    note = forms.CharField(label=_("Note"), required=False, max_length=200)
    said_at = MomentField(label=_("Given at"), required=False, help_text=NOT_NOW)


class Why(MallForm):
    why = forms.CharField(label=_("Why"), max_length=200)


class Original(MallForm):
    reason = forms.CharField(label=_("What for"), max_length=200)


class HandOver(MallForm):
    to = forms.CharField(label=_("To whom"), max_length=120)
    reference = forms.CharField(label=_("Their reference"), required=False, max_length=60)


class AskStatement(MallForm):
    shop = forms.ModelChoiceField(label=_("Shop"), queryset=Shop.objects.none(), empty_label="")
    question = forms.CharField(
        label=_("What the shop is to answer"),
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("The shop reads this as it stands: without the customer's name or number."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["shop"]
        field.queryset = Shop.objects.filter(mall=self.mall).order_by("unit")
        field.label_from_instance = lambda shop: f"{shop.unit} {shop.name}"


class Receive(MallForm):
    text = forms.CharField(
        label=_("What the shop says"), required=False, max_length=4000, widget=forms.Textarea({"rows": 5})
    )
    upload = forms.FileField(
        label=_("Its letter, as photo or PDF"), required=False, widget=forms.FileInput({"accept": ACCEPT})
    )
    said_at = MomentField(label=_("Received at"), required=False, help_text=NOT_NOW)


class AskCctv(MallForm):
    place = forms.CharField(label=_("Place"), max_length=60)
    camera = forms.CharField(label=_("Camera"), required=False, max_length=60)
    filmed_from = MomentField(label=_("From"))
    filmed_until = MomentField(label=_("Until"))
    reason = forms.CharField(label=_("Reason"), max_length=200)
    requester = forms.CharField(label=_("Who asks"), max_length=60)
    relation = forms.ChoiceField(label=_("As"), choices=Relation.choices, initial=Relation.STAFF)


class Preserved(MallForm):
    until = forms.DateField(label=_("Kept until"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    reference = forms.CharField(label=_("Where it is kept"), required=False, max_length=60)


class Viewed(MallForm):
    who = forms.CharField(label=_("Who looked"), max_length=60)
    why = forms.CharField(label=_("Why"), max_length=200)
    seen = forms.CharField(
        label=_("What is to be seen"), required=False, max_length=400, widget=forms.Textarea({"rows": 3})
    )


class PoliceNumber(MallForm):
    number = forms.CharField(label=_("Police reference"), max_length=40)


class Nothing(MallForm):
    """A step that asks for nothing more."""
