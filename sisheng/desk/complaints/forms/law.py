"""What the law asks besides what is taken down at the counter."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from sisheng.desk.complaints.forms.base import MallForm
from sisheng.desk.complaints.taxonomy import CIRCUMSTANCES

EARLIEST = date(2000, 1, 1)
DAY = forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class Circumstances(MallForm):
    """What is so, and the days from which the law reckons: none of them lies ahead."""

    circumstances = forms.MultipleChoiceField(
        label=_("Is it so"), choices=CIRCUMSTANCES.items(), required=False, widget=forms.CheckboxSelectMultiple
    )
    delivered_on = forms.DateField(label=_("They had the goods on"), required=False, widget=DAY)
    paid_on = forms.DateField(label=_("They paid on"), required=False, widget=DAY)

    def clean_delivered_on(self) -> date | None:
        return self._that_has_been(self.cleaned_data["delivered_on"])

    def clean_paid_on(self) -> date | None:
        return self._that_has_been(self.cleaned_data["paid_on"])

    def _that_has_been(self, day: date | None) -> date | None:
        if day is not None and not EARLIEST <= day <= self.mall.today(self.at):
            raise forms.ValidationError(_("Choose a day that has been, from the year 2000 on."))
        return day
