"""What is asked when somebody stands in."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from sisheng.mall.directory.models import Mall
from sisheng.mall.staff.models import Staff

# at the ends of time there is no other time zone to reckon in
WITHIN_REASON = [
    MinValueValidator(date(1990, 1, 1), _("There is something wrong with the year.")),
    MaxValueValidator(date(2100, 12, 31), _("There is something wrong with the year.")),
]


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, person: Staff) -> str:
        return f"{person.spoken_name} {person.code}"


class DayField(forms.DateField):
    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, validators=WITHIN_REASON, **options)


class NameStandIn(forms.Form):
    """Whole days, both included: from midnight to midnight on the clock of the mall."""

    absent = PersonField(Staff.objects.none(), label=_("Who is away"), empty_label="")
    present = PersonField(Staff.objects.none(), label=_("Who stands in"), empty_label="")
    from_at = DayField(label=_("From"))
    until_at = DayField(label=_("Up to and including"))
    decides = forms.BooleanField(
        label=_("May decide in their name"), required=False, help_text=_("Approvals, as far as the absent may decide.")
    )

    def __init__(self, *args: Any, mall: Mall, people: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.mall = mall
        for name in ("absent", "present"):
            self.fields[name].queryset = people  # type: ignore[attr-defined]

    def wish(self) -> dict[str, Any]:
        told = self.cleaned_data
        return {
            **told,
            "from_at": self._midnight(told["from_at"]),
            "until_at": self._midnight(told["until_at"] + timedelta(days=1)),
        }

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), tzinfo=self.mall.zone)
