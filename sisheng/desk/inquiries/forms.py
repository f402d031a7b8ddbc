"""What each transition of an inquiry asks for."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sisheng.cases.models.case import Channel
from sisheng.desk.inquiries.models import BrandTry
from sisheng.mall.directory.models import BrandContact, Mall, Shop

PROMISES = {
    "10m": pgettext_lazy("promise", "in 10 minutes"),
    "1h": pgettext_lazy("promise", "in 1 hour"),
    "18": pgettext_lazy("promise", "today 18:00"),
    "12": pgettext_lazy("promise", "tomorrow 12:00"),
    "at": pgettext_lazy("promise", "at a time"),
}


def promised_time(pick: str, given: datetime | None, mall: Mall, at: datetime) -> datetime | None:
    """The moment behind a quick pick, on the clock of the mall; None lets the policy decide."""
    today = at.astimezone(mall.zone)
    if pick == "10m":
        return at + timedelta(minutes=10)
    if pick == "1h":
        return at + timedelta(hours=1)
    if pick == "18":
        return datetime.combine(today, time(18), tzinfo=mall.zone)
    if pick == "12":
        return datetime.combine(today + timedelta(days=1), time(12), tzinfo=mall.zone)
    return given if pick == "at" else None


class PromiseForm(forms.Form):
    """By when the customer hears from us: one pick, or a time."""

    pick = forms.ChoiceField(label=_("Reply by"), choices=PROMISES.items(), required=False)
    promise_at = forms.DateTimeField(
        label=_("Or at"),
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(self, *args: Any, mall: Mall, at: datetime, must_promise: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mall, self.at, self.must_promise = mall, at, must_promise

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        pick, given = told.pop("pick", "") or "", told.get("promise_at")
        if given is not None:  # a time that somebody typed is what they said, on the clock of the mall
            pick, given = "at", given.replace(tzinfo=self.mall.zone)
        elif pick == "at" and "promise_at" not in self.errors:
            self.add_error("promise_at", _("Say at what time."))
        due = promised_time(pick, given, self.mall, self.at)
        if due is not None and due <= self.at:
            self.add_error("promise_at", _("The promised time has already passed. Choose a later one."))
        elif due is None and self.must_promise:
            self.add_error("pick", _("Tell the customer by when they will hear from us."))
        elif due is not None and due > self.at + timedelta(days=60):
            self.add_error("promise_at", _("That is more than 60 days away. Choose an earlier time."))
        told["promise_at"] = due
        return told


class Begin(PromiseForm):
    question = forms.CharField(label=_("Question"), max_length=1000, widget=forms.Textarea({"rows": 3}))
    understood_as = forms.CharField(label=_("Understood as"), max_length=200, required=False)
    unit = forms.CharField(label=_("Shop"), max_length=60, required=False)
    topic_name = forms.ChoiceField(label=_("About"), choices=BrandContact.Topic.choices, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=30, required=False)
    salutation = forms.CharField(label=_("Form of address"), max_length=30, required=False)
    anonymous_label = forms.CharField(label=_("Or how to recognise them"), max_length=40, required=False)
    channel = forms.ChoiceField(label=_("Channel"), choices=Channel.choices, required=False)
    contact = forms.RegexField(r"^JD-\d{6}-\d{4,6}$", max_length=20, required=False, widget=forms.HiddenInput)

    field_order = (
        "question", "understood_as", "unit", "topic_name", "phone", "salutation", "anonymous_label",
        "pick", "promise_at", "channel", "contact",
    )  # fmt: skip

    def clean_unit(self) -> Shop | None:
        """A shop by its unit or its name; empty is allowed."""
        told = self.cleaned_data["unit"].strip()
        if not told:
            return None
        here = Shop.objects.here().filter(mall=self.mall)
        shop = here.filter(unit__iexact=told).first() or here.filter(name=told).first()
        if shop is None:
            raise forms.ValidationError(
                _("No shop “%(shop)s” here. Type its unit or its whole name."), params={"shop": told}
            )
        return shop

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if not (told.get("phone") or told.get("anonymous_label")):
            self.add_error("phone", _("To call back we need a phone number, or how to recognise the person who waits."))
        return told


class TryBrand(forms.Form):
    contact = forms.ModelChoiceField(label=_("Whom"), queryset=BrandContact.objects.none(), required=False)
    who = forms.CharField(label=_("Or somebody else"), max_length=60, required=False)
    result = forms.ChoiceField(label=_("Result"), choices=BrandTry.Result.choices)

    def __init__(self, *args: Any, shop: Shop | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if shop is not None:
            whom = cast("forms.ModelChoiceField[BrandContact]", self.fields["contact"])
            whom.queryset = shop.contacts.order_by("topic", "position")


class Answer(forms.Form):
    answer = forms.CharField(label=_("Answer"), max_length=2000, widget=forms.Textarea({"rows": 3}))


class Renew(PromiseForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, must_promise=True, **kwargs)


class Close(forms.Form):
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=[("answered", _("answered")), ("partly", _("answered in part")), ("no_answer", _("no answer exists"))],
    )


class Reason(forms.Form):
    reason = forms.CharField(label=_("Why"), max_length=120)


class Nothing(forms.Form):
    """A transition that asks for nothing but the click."""
