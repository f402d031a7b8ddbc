"""What the desk writes down about a contact; each channel asks for its own few things (REC-23)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sisheng.cases.models.case import Channel
from sisheng.desk.contacts.models import Outcome
from sisheng.mall.directory.models import NeedType

CHANNEL_FIELDS: dict[str, tuple[str, ...]] = {
    Channel.COUNTER: (),
    Channel.PHONE: ("caller", "reach", "matter"),
    Channel.VISIT: ("caller", "reach", "matter"),
    Channel.LETTER: ("caller", "reach", "matter"),
    Channel.MAIL: ("reach", "matter", "result"),
    Channel.WEB: ("reach", "matter", "result"),
    Channel.SITE: ("place", "cause", "course", "result"),
}


TO_CHOOSE = [(name, label) for name, label in Outcome.choices if name != Outcome.INQUIRY]  # that comes by itself


class LogForm(forms.Form):
    """One reception. Only the need is asked for; everything else may stay empty for the anonymous (CTR-14)."""

    need = forms.ChoiceField(label=_("Need"), choices=NeedType.choices)
    words = forms.CharField(label=_("What was asked"), max_length=200, required=False)
    answer = forms.CharField(max_length=60, required=False, widget=forms.HiddenInput)
    outcome = forms.ChoiceField(label=_("Outcome"), choices=TO_CHOOSE, required=False)
    seconds = forms.IntegerField(min_value=0, max_value=86_400, required=False, widget=forms.HiddenInput)
    party_size = forms.IntegerField(label=_("Party size"), min_value=1, max_value=999, required=False)
    channel = forms.ChoiceField(label=_("Channel"), choices=Channel.choices, required=False)
    understood_as = forms.CharField(label=_("Understood as"), max_length=200, required=False)
    emotion = forms.ChoiceField(
        label=_("Emotion"), required=False,
        choices=[("", "—"), ("calm", _("calm")), ("hurried", _("hurried")), ("angry", _("angry"))],
    )  # fmt: skip
    language = forms.CharField(label=_("Language"), max_length=10, required=False)
    caller = forms.CharField(label=_("Name"), max_length=40, required=False)
    reach = forms.CharField(label=_("How to reach them"), max_length=80, required=False)
    matter = forms.CharField(label=_("Matter"), max_length=1000, required=False, widget=forms.Textarea({"rows": 3}))
    place = forms.CharField(label=_("Place"), max_length=60, required=False)
    cause = forms.CharField(label=_("Cause"), max_length=200, required=False)
    course = forms.CharField(label=_("Course of events"), max_length=200, required=False)
    result = forms.CharField(label=_("Result"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        told["party_size"] = told.get("party_size") or 1
        told["seconds"] = told.get("seconds") or 0
        told["channel"] = told.get("channel") or Channel.COUNTER
        told["language"] = told.get("language") or "zh"
        if not told.get("outcome"):
            told["outcome"] = _outcome_of(told)
        if told["channel"] != Channel.COUNTER and not (told.get("matter") or told.get("words") or told.get("result")):
            self.add_error("matter", _("Write down what it was about."))
        return told


def _outcome_of(told: dict[str, Any]) -> str:
    """A card was read out: answered. Words without a card: a gap. The form of another channel: what it says."""
    if told.get("answer"):
        return Outcome.GUIDED if told.get("need") == NeedType.DIRECTIONS else Outcome.ANSWERED
    if told.get("result") or not (told.get("words") or told.get("matter")):
        return Outcome.ANSWERED
    return Outcome.UNANSWERED if told["channel"] == Channel.COUNTER else Outcome.ANSWERED
