"""The living page of all parts: only for looking at, and for the tests that look at it with axe."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sisheng.ground.ui.context import page


@dataclass(frozen=True)
class ExampleClock:
    """Answers like a clock of a case."""

    is_state: str
    due_at: datetime | None
    met_at: datetime | None = None

    @property
    def label(self) -> str:
        return _("call back")

    def state(self, at: datetime) -> str:
        return self.is_state

    @property
    def soon_at(self) -> datetime | None:
        return self.due_at and self.due_at - timedelta(minutes=30)

    @property
    def now_at(self) -> datetime | None:
        return self.due_at and self.due_at - timedelta(minutes=5)


class ExampleForm(forms.Form):
    subject = forms.CharField(label=gettext_lazy("What is it about"), max_length=60)
    phone = forms.RegexField(
        r"^1\d{10}$", label=gettext_lazy("Phone"), help_text=gettext_lazy("Only for the call back.")
    )
    channel = forms.ChoiceField(
        label=gettext_lazy("Channel"), choices=[("desk", gettext_lazy("Desk")), ("phone", "Tel")]
    )
    note = forms.CharField(label=gettext_lazy("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    agrees = forms.BooleanField(label=gettext_lazy("The customer agrees to be called"), required=False)


@login_not_required
def gallery(request: HttpRequest) -> HttpResponse:
    now = page(request)["now"]
    context = {
        "clocks": _clocks(now),
        "form": ExampleForm({"subject": "丝巾怎么洗", "phone": "138", "channel": "desk"}),
        "blank_form": ExampleForm(initial={"channel": "desk"}, auto_id="new_%s"),
        "moments": [now + timedelta(days=days) for days in (0, -1, 1, -40, -800)],
        "tones": ["ok", "soon", "now", "over", "paused", "late", "info"],
        "subjects": [_("How to wash a silk scarf"), _("Card refund"), _("Noise at the lift on level 3")],
    }
    return render(request, "ui/gallery.html", context)


def _clocks(now: datetime) -> list[ExampleClock]:
    minute = timedelta(minutes=1)
    return [
        ExampleClock("ok", now + 51 * 60 * minute),
        ExampleClock("ok", now + 320 * minute),
        ExampleClock("soon", now + 20 * minute),
        ExampleClock("now", now + 4 * minute),
        ExampleClock("over", now - 12 * minute),
        ExampleClock("paused", None),
        ExampleClock("met", now, met_at=now - 3 * minute),
        ExampleClock("late", now - 20 * minute, met_at=now - 12 * minute),
        ExampleClock("cancelled", now),
    ]
