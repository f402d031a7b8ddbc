"""A complaint that goes another way: withdrawn, merged, before an authority, out of the house as a file."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sisheng.desk.complaints import gates
from sisheng.desk.complaints.forms.base import MOMENT, MallForm, rows
from sisheng.desk.complaints.models import Authority, Complaint, ExternalCase
from sisheng.ground.ui.formats import when


class Withdraw(MallForm):
    reason = forms.CharField(label=_("Why the customer withdraws it"), max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        until = when(gates.may_be_resumed_until(self.mall, self.at), self.at)
        self.fields["reason"].help_text = _(
            "If it was a mistake, a supervisor can take it back until %(until)s. What was taken down twice is merged "
            "instead."
        ) % {"until": until}


class Merge(MallForm):
    into = forms.CharField(label=_("Into complaint"), max_length=20)
    reason = forms.CharField(label=_("Why"), max_length=200)

    def clean_into(self) -> Complaint:
        """A whole number, or its end as it is spoken: the newest one that ends so."""
        told = unicodedata.normalize("NFKC", self.cleaned_data["into"]).strip().upper()
        here = Complaint.objects.counted().filter(mall=self.mall)
        by_end = here.filter(number__endswith=f"-{told:0>4}") if told.isdecimal() else here.none()
        found = here.filter(number=told).first() or by_end.order_by("-pk").first()
        if not isinstance(found, Complaint):
            raise forms.ValidationError(_("There is no complaint with this number here."))
        return found


class External(MallForm):
    authority = forms.ChoiceField(label=_("Authority"), choices=Authority.choices)
    reference = forms.CharField(label=_("Their number"), max_length=60, required=False)
    office = forms.CharField(label=_("Office"), max_length=80, required=False)
    received_on = forms.DateField(label=_("Received on"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    reply_due_at = forms.DateTimeField(label=_("Reply by (as their letter says)"), required=False, widget=MOMENT)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        told["reply_due_at"] = self.local("reply_due_at")
        return told


class TheirNews(MallForm):
    """What an authority has let us know: all that is known so far stands in it, and what has changed is news."""

    is_accepted_by_them = forms.ChoiceField(
        label=_("Have they accepted it"), required=False, widget=forms.RadioSelect,
        choices=[("", _("not known yet")), ("yes", pgettext_lazy("authority", "yes, accepted")),
                 ("no", pgettext_lazy("authority", "no, not accepted"))],
    )  # fmt: skip
    why_not_accepted = forms.CharField(label=pgettext_lazy("authority", "Why not"), max_length=120, required=False)
    office = forms.CharField(label=_("Office"), max_length=80, required=False)
    mediation_at = forms.DateTimeField(label=_("They mediate on"), required=False, widget=MOMENT)
    mediation_until = forms.DateField(
        label=_("Mediation ends by"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )  # fmt: skip
    result = forms.CharField(label=_("What came of it"), max_length=2000, required=False, widget=rows(3))

    SAID: ClassVar[dict[bool | None, str]] = {None: "", True: "yes", False: "no"}

    @classmethod
    def as_it_stands(cls, file: ExternalCase) -> dict[str, Any]:
        stands = {name: getattr(file, name) for name in cls.base_fields}
        return {**stands, "is_accepted_by_them": cls.SAID[file.is_accepted_by_them]}

    def clean_mediation_at(self) -> datetime | None:
        return self.local("mediation_at")

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("why_not_accepted") and told.get("is_accepted_by_them") != "no":
            self.add_error("why_not_accepted", _("A reason is given only where they have not accepted it."))
        return told

    def news(self, file: ExternalCase) -> dict[str, Any]:
        """What stands otherwise than so far."""
        accepted = next(key for key, said in self.SAID.items() if said == self.cleaned_data["is_accepted_by_them"])
        told = {**self.cleaned_data, "is_accepted_by_them": accepted}
        return {name: value for name, value in told.items() if getattr(file, name) != value}


class Reply(forms.Form):
    reply = forms.CharField(label=_("Our reply"), max_length=4000, widget=rows(4))


class Export(forms.Form):
    """For whom and what for a case file leaves the house."""

    purpose = forms.CharField(label=_("For whom, and what for"), max_length=200)
    language = forms.ChoiceField(label=_("Language"), choices=[("zh", "中文"), ("en", "English")])
