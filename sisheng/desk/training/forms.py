"""What is asked about an induction."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sisheng.desk.training.models import MOST_A_DAY, Lesson
from sisheng.mall.staff.forms import DayField, PersonField
from sisheng.mall.staff.models import Staff


class Begin(forms.Form):
    person = PersonField(Staff.objects.none(), label=_("Who is new"), empty_label="")
    on = DayField(label=_("Since"))

    def __init__(self, *args: Any, people: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]


class NoteLesson(forms.Form):
    on = DayField(label=_("Day"))
    form = forms.ChoiceField(label=_("How"), choices=Lesson.Form.choices)
    topic = forms.ChoiceField(label=pgettext_lazy("lesson", "About"), choices=Lesson.Topic.choices)
    hours = forms.DecimalField(
        label=_("Hours"), min_value=Decimal("0.5"), max_value=MOST_A_DAY, max_digits=3, decimal_places=1
    )


class Examine(forms.Form):
    on = DayField(label=_("Day"))
    score = forms.IntegerField(label=_("Points of 100"), min_value=0, max_value=100)
