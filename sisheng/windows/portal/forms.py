"""What customers are asked for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sisheng.desk.followups.models import Rating
from sisheng.ground.files.fields import FilesField
from sisheng.ground.search.tokens import compact
from sisheng.windows.portal.about import About

MOST_PHOTOS = 3
SHORTEST_NUMBER = 6  # what is read out at the counter is the end of a number, not the number
PHOTOS = "image/*,application/pdf"

# The groups of the desk's categories, as people say them; the desk chooses the part.
CATEGORIES = {
    "attitude": _("How I was treated"),
    "skill": _("Slow or wrong service"),
    "cashier": _("Paying"),
    "quality": _("The goods"),
    "price": _("Price or offer"),
    "after_sales": _("Return, exchange, repair"),
    "food": _("Food and drink"),
    "prepaid": _("Prepaid card"),
    "premises": _("Toilets, lifts, cleanliness"),
    "parking": _("Parking"),
    "safety": _("Safety"),
    "custody": _("Things left with you"),
    "privacy": _("My personal data"),
    "membership": _("Membership"),
    "announcements": _("Announcements"),
    "other": pgettext_lazy("what a customer reports", "Something else"),
}
CLAIMS = {
    "explanation": _("An explanation"),
    "apology": _("An apology"),
    "return": pgettext_lazy("what a customer asks for", "Take it back"),
    "exchange": _("Exchange it"),
    "repair": _("Repair it"),
    "compensation": _("Make good my loss"),
    "improvement": _("Do it better in future"),
}
FLAGS = {
    "injury": _("Somebody is hurt or unwell"),
    "child": _("A child is concerned"),
    "food": _("Food may be unsafe"),
    "discrimination": _("I was treated worse than others"),
    "privacy": _("My data were passed on"),
}


FACES = {5: "mood-happy", 4: "mood-smile", 3: "mood-empty", 2: "mood-sad", 1: "mood-cry"}


class Progress(forms.Form):
    number = forms.CharField(label=_("Number"), max_length=40)
    code = forms.CharField(label=_("Code"), max_length=20)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("code") and len(compact(told.get("number", ""))) in range(1, SHORTEST_NUMBER):
            raise forms.ValidationError(
                _("We need the whole number, as on your slip: TS-261120-0007, not its end alone.")
            )
        return told


class Photos(forms.Form):
    photos = FilesField(label=_("Photos"), most=MOST_PHOTOS, accept=PHOTOS, required=True)


class Reach(forms.Form):
    """How we may come back to somebody, if they wish."""

    phone = forms.CharField(
        label=_("Your phone number"),
        max_length=30,
        required=False,
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel"}),
        help_text=_("You may leave it out. Then number and code tell you how it stands."),
    )
    salutation = forms.CharField(label=_("What may we call you?"), max_length=30, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            chosen = isinstance(field, forms.ChoiceField)
            field.error_messages["required"] = _("Please choose one.") if chosen else _("Please tell us.")


class Complain(Reach):
    about = forms.ChoiceField(label=_("What is it about?"), choices=About.choices, widget=forms.RadioSelect)
    about_words = forms.CharField(label=_("Which one, or who?"), max_length=60, required=False)
    category = forms.ChoiceField(label=_("What kind of thing is it?"), choices=CATEGORIES.items(),
                                 widget=forms.RadioSelect)  # fmt: skip
    account = forms.CharField(label=_("What happened?"), max_length=4000, widget=forms.Textarea({"rows": 5}))
    claims = forms.MultipleChoiceField(label=_("What would you like from us?"), choices=CLAIMS.items(),
                                       widget=forms.CheckboxSelectMultiple)  # fmt: skip
    flags = forms.MultipleChoiceField(label=_("Is one of these so?"), choices=FLAGS.items(), required=False,
                                      widget=forms.CheckboxSelectMultiple)  # fmt: skip
    photos = FilesField(label=_("Photos"), most=MOST_PHOTOS, accept=PHOTOS, required=False)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        needs_words = {About.STAFF, About.FACILITY, About.OTHER, About.SHOP}
        if told.get("about") in needs_words and not told.get("about_words"):
            self.add_error("about_words", _("Please say which one, or who."))
        return told


class Rate(forms.Form):
    """Only the face is asked for."""

    score = forms.TypedChoiceField(
        label=_("How was our service just now?"), choices=Rating.Score.choices, coerce=int, widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Please choose one of the five answers.")),
    )  # fmt: skip
    solved = forms.ChoiceField(
        label=_("Is your matter solved?"), choices=Rating.Solved.choices, required=False, widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Please choose yes, partly or no.")},
    )  # fmt: skip
    words = forms.CharField(label=_("Would you like to say more?"), max_length=300, required=False)

    def faces(self) -> list[tuple[Any, str]]:
        """Each answer with its face."""
        return [(one, FACES[one.data["value"]]) for one in self["score"]]


class Praise(Reach):
    phone = forms.CharField(label=_("Your phone number"), max_length=30, required=False,
                            help_text=_("Only if you would like to hear from us."))  # fmt: skip
    kind = forms.ChoiceField(
        label=_("What would you like?"),
        choices=(("praise", _("Praise somebody")), ("suggestion", _("Suggest something"))),
        widget=forms.RadioSelect,
    )
    words = forms.CharField(label=_("In your words"), max_length=1000, widget=forms.Textarea({"rows": 5}))
    person = forms.CharField(label=_("Who was it?"), max_length=60, required=False,
                             help_text=_("The name or number on the badge, or what you remember."))  # fmt: skip
