"""What is asked about a record that was drawn."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sisheng.desk.quality.models import Review


class Check(forms.Form):
    """Whether the answer was right, where one was given; whether something went gravely wrong; and what to learn."""

    correct = forms.TypedChoiceField(
        label=_("Was the answer right"), widget=forms.RadioSelect,
        choices=[("yes", pgettext_lazy("answer", "right")), ("no", pgettext_lazy("answer", "wrong"))],
        coerce=lambda told: told == "yes",
    )  # fmt: skip
    critical = forms.BooleanField(label=_("Grave mistake: it harmed the customer or broke a law"), required=False)
    note = forms.CharField(
        label=_("What to learn from it"), max_length=500, required=False, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, *args: Any, review: Review, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.auto_id = f"id_{review.record}_%s"  # many stand on one page; only one of them comes back
        if not review.has_answer:
            del self.fields["correct"]
