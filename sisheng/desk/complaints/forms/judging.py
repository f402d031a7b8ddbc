"""What was found, how it is judged, and why it happened (CMP-08, CMP-18, CMP-20)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sisheng.desk.complaints import taxonomy
from sisheng.desk.complaints.forms.base import grouped, rows
from sisheng.desk.complaints.gates import WHYS
from sisheng.desk.complaints.models import Complaint


class Judge(forms.Form):
    responsibility = forms.ChoiceField(label=_("Whose responsibility"), choices=taxonomy.RESPONSIBILITIES.items())


class Find(forms.Form):
    finding = forms.CharField(label=_("What we found"), max_length=4000, widget=rows(4))
    substantiated = forms.ChoiceField(label=_("Substantiated"), choices=taxonomy.SUBSTANTIATED.items(),
                                      widget=forms.RadioSelect)  # fmt: skip
    responsibility = forms.ChoiceField(label=_("Whose responsibility"), choices=taxonomy.RESPONSIBILITIES.items())
    basis = forms.CharField(label=_("On what it rests"), max_length=200, required=False)


class Regrade(forms.Form):
    severity = forms.ChoiceField(label=_("Severity"), choices=Complaint.Severity.choices, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Why"), max_length=120)


class Trace(forms.Form):
    cause = forms.ChoiceField(label=_("Root cause"))

    def __init__(self, *args: Any, needed: int = WHYS, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cause"].choices = grouped(taxonomy.CAUSES)  # type: ignore[attr-defined]
        for n in range(1, WHYS + 1):
            self.fields[f"why{n}"] = forms.CharField(label=_("Why? (%(n)s)") % {"n": n}, max_length=200, required=False)
        all_of_them = _("All five are needed before it can be archived; they may be filled in one after the other.")
        self.fields["why1"].help_text = all_of_them if needed == WHYS else _("One is enough to archive this one.")

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        told["whys"] = [told.pop(f"why{n}", "") for n in range(1, WHYS + 1)]
        return told


class Improvement(forms.Form):
    because = forms.CharField(label=_("None, because"), max_length=300)
