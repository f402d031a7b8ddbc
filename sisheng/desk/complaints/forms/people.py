"""Whom it concerns and who handles it (CMP-25, CMP-26, CMP-30)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sisheng.desk.complaints.forms.base import MallForm, rows
from sisheng.mall.directory.models import Mall
from sisheng.mall.staff.models import CheckIn, Staff


class NameStaff(MallForm):
    who = forms.CharField(
        label=_("About which of us"), max_length=20, widget=forms.Select,
        help_text=_("They no longer see this complaint, and a supervisor takes it over."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Staff.objects.working_in(self.mall)
        named = [(person.code, f"{person.code} {person.spoken_name}") for person in people]
        self.fields["who"].widget.choices = [("", "—"), *named]  # type: ignore[attr-defined]

    def clean_who(self) -> Staff:
        person = Staff.objects.filter(code=self.cleaned_data["who"].strip(), posts__mall=self.mall).first()
        if person is None:
            raise forms.ValidationError(_("Nobody here has this staff code."))
        return person


class HandOn(MallForm):
    to = forms.CharField(label=_("To"), max_length=20, widget=forms.Select)
    room = forms.CharField(label=_("Room"), max_length=40, required=False)
    reason = forms.CharField(label=_("Why"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].widget.choices = [("", "—"), *_who_can_take_it(self.mall)]  # type: ignore[attr-defined]

    def clean_to(self) -> Staff:
        person = Staff.objects.filter(code=self.cleaned_data["to"].strip(), posts__mall=self.mall).first()
        if person is None:
            raise forms.ValidationError(_("Nobody here has this staff code."))
        return person


def _who_can_take_it(mall: Mall) -> list[tuple[str, str]]:
    """Colleagues by name; whoever is here comes first, and is said to be."""
    here = set(CheckIn.objects.present().filter(mall=mall).values_list("staff_id", flat=True))
    people = Staff.objects.working_in(mall)
    able = [person for person in people if person.can("complaints.handle", mall)]
    able.sort(key=lambda person: person.pk not in here)  # stable: within each by code
    said = {True: _("%(name)s (here now)"), False: "%(name)s"}
    return [(person.code, str(said[person.pk in here]) % {"name": person.spoken_name}) for person in able]


class Protect(forms.Form):
    who = forms.CharField(label=_("Who it was"), max_length=80, required=False)
    words = forms.CharField(label=_("What was said or done"), max_length=1000, widget=rows(3))
    is_threat = forms.BooleanField(label=_("Violence, or the threat of it: call the duty manager"), required=False)
