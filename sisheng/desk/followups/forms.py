"""What each step of a call asks for, and the question by link."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sisheng.desk.followups.models import Attempt, FollowUp
from sisheng.desk.followups.questions import asked_in

FIVE = {
    "1": pgettext_lazy("score", "not at all"),
    "2": pgettext_lazy("score", "rather not"),
    "3": pgettext_lazy("score", "so-so"),
    "4": pgettext_lazy("score", "content"),
    "5": pgettext_lazy("score", "very content"),
}


def _scale(label: Any, choices: dict[str, Any] | None = None, *, required: bool) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, choices=(choices or FIVE).items(), widget=forms.RadioSelect, coerce=int, required=required,
        empty_value=None,
    )  # fmt: skip


def _yes_or_no(label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, choices=[("yes", _("Yes")), ("no", _("No"))], widget=forms.RadioSelect, required=False,
        coerce=lambda told: told == "yes", empty_value=None,
    )  # fmt: skip


class Finish(forms.Form):
    """The call sheet: one question a line, then how it was on the whole, and what follows from a no."""

    satisfaction = _scale(_("On the whole, how content are you?"), required=True)
    words = forms.CharField(
        label=_("In their words"), max_length=1000, required=False, widget=forms.Textarea({"rows": 2})
    )
    followed_by = forms.ChoiceField(
        label=_("What follows"), choices=FollowUp.FollowedBy.choices, required=False, widget=forms.RadioSelect
    )
    new_need = forms.CharField(label=_("A new wish"), max_length=200, required=False)
    recorded = _yes_or_no(_("May we record? Only an explicit yes counts"))
    abuse_note = forms.CharField(label=_("We were insulted or threatened, how"), max_length=200, required=False)

    def __init__(self, *args: Any, call: FollowUp, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked_in(call.template)
        for question in self.asked:
            self.fields[question.name] = (
                _scale(question.words, required=False)
                if question.is_number
                else forms.CharField(label=question.words, max_length=300, required=False)
            )
        if call.origin_id is None:
            kept = [(key, label) for key, label in FollowUp.FollowedBy.choices if key != FollowUp.FollowedBy.REOPEN]
            self.fields["followed_by"].choices = kept  # type: ignore[attr-defined]

    def told(self) -> dict[str, Any]:
        """As the action takes it: what was asked and answered stands by itself."""
        told = dict(self.cleaned_data)
        answers = {question.name: told.pop(question.name) for question in self.asked}
        return {
            **told,
            "recorded": bool(told["recorded"]),
            "answers": {name: value for name, value in answers.items() if value not in (None, "")},
        }

    def scales(self) -> list[Any]:
        """The questions with a number, in the order in which they are read out; the one that decides comes last."""
        names = [question.name for question in self.asked if question.is_number]
        return [self[name] for name in [*names, "satisfaction"]]

    def open_questions(self) -> list[Any]:
        return [self[question.name] for question in self.asked if not question.is_number]


class NotReached(forms.Form):
    result = forms.ChoiceField(label=_("What came of it"), choices=Attempt.Result.choices, widget=forms.RadioSelect)

    def told(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class Reason(forms.Form):
    reason = forms.CharField(label=_("Why"), max_length=120)

    def told(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class MaybeReason(Reason):
    reason = forms.CharField(label=_("What they said"), max_length=120, required=False)


class Survey(forms.Form):
    """The page by link: only the first line has to be answered."""

    csat = _scale(_("How content are you with how we handled your matter?"), {
        "5": pgettext_lazy("score", "very content"), "4": pgettext_lazy("score", "content"),
        "3": pgettext_lazy("score", "so-so"), "2": pgettext_lazy("score", "rather not"),
        "1": pgettext_lazy("score", "not at all"),
    }, required=True)  # fmt: skip
    is_solved = _yes_or_no(_("Is your matter solved?"))
    ces = _scale(_("How easy did we make it for you? 1: very hard, 7: very easy"),
                 {str(n): str(n) for n in range(1, 8)}, required=False)  # fmt: skip
    nps = _scale(_("Would you recommend us to friends? 0: never, 10: gladly"),
                 {str(n): str(n) for n in range(11)}, required=False)  # fmt: skip
    words = forms.CharField(
        label=_("Anything you would like to tell us"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 4, "class": "form-control"}),
    )
    is_anonymous = forms.BooleanField(
        label=_("Do not show my answer to those who handled my matter; only count it"), required=False
    )
