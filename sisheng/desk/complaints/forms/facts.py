"""What is known of a complaint when it is taken down, and corrected later (CMP-02, CMP-03)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sisheng.cases.models.case import Channel
from sisheng.desk.complaints import taxonomy
from sisheng.desk.complaints.forms.base import MOMENT, MallForm, grouped, rows
from sisheng.desk.complaints.models import Complaint
from sisheng.mall.directory.models import Shop
from sisheng.mall.staff.models import Staff

EMOTIONS = {
    "": _("not noted"), "calm": pgettext_lazy("emotion", "calm"), "anxious": pgettext_lazy("emotion", "in a hurry"),
    "angry": pgettext_lazy("emotion", "angry"),
}  # fmt: skip


class Facts(MallForm):
    """What is known of a complaint: asked when it is taken down, and corrected later (CMP-02, CMP-03)."""

    emotion = forms.ChoiceField(label=_("The customer is"), choices=EMOTIONS.items(), required=False,
                                widget=forms.RadioSelect)  # fmt: skip
    feeling = forms.CharField(label=_("What they feel and want"), max_length=500, required=False, widget=rows(2))
    against = forms.ChoiceField(label=_("About"), choices=Complaint.Against.choices, required=False)
    unit = forms.CharField(label=_("Shop"), max_length=60, required=False)
    against_words = forms.CharField(label=_("About whom or what"), max_length=80, required=False)
    about_staff = forms.CharField(label=_("Staff code"), max_length=20, required=False)
    category = forms.ChoiceField(label=_("Category"), required=False)
    account = forms.CharField(label=_("What happened"), max_length=4000, required=False, widget=rows(3))
    claims = forms.MultipleChoiceField(label=_("They ask for"), choices=taxonomy.CLAIMS.items(), required=False,
                                       widget=forms.CheckboxSelectMultiple)  # fmt: skip
    amount = forms.DecimalField(label=_("Amount in dispute"), max_digits=10, decimal_places=2, min_value=Decimal(0),
                                required=False)  # fmt: skip
    phone = forms.CharField(label=_("Phone"), max_length=30, required=False)
    salutation = forms.CharField(label=_("Form of address"), max_length=30, required=False)
    anonymous_label = forms.CharField(label=_("Or how to recognise them"), max_length=40, required=False)
    may_contact = forms.BooleanField(label=_("May be contacted"), required=False, initial=True)
    flags = forms.MultipleChoiceField(label=_("Does it concern"), choices=taxonomy.FLAGS.items(), required=False,
                                      widget=forms.CheckboxSelectMultiple)  # fmt: skip
    place = forms.CharField(label=_("Where"), max_length=60, required=False)
    happened_on = forms.DateTimeField(label=_("When it happened"), required=False, widget=MOMENT)
    people = forms.CharField(label=_("Who was involved"), max_length=120, required=False)
    recourse = forms.CharField(label=_("What the mall claims back from the shop"), max_length=200, required=False)
    complainant = forms.ChoiceField(label=_("Who complains"), choices=Complaint.Complainant.choices, required=False)
    channel = forms.ChoiceField(label=_("Channel"), choices=Channel.choices, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=[("zh", _("Chinese")), ("en", _("English"))],
                                 required=False)  # fmt: skip
    recording = forms.ChoiceField(label=_("Recording"), choices=Complaint.Recording.choices, required=False,
                                  widget=forms.RadioSelect)  # fmt: skip
    recording_yes = forms.BooleanField(label=_("They said yes to being recorded"), required=False)
    restated = forms.BooleanField(label=_("Said back and confirmed"), required=False)
    contact = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)  # from which it arose

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rough = self.initial.get("category", "")  # as a customer said it on the phone
        known = [(rough, taxonomy.CATEGORIES[rough][0])] if rough in taxonomy.CATEGORIES else []
        self.fields["category"].choices = [("", "—"), *known, *grouped(taxonomy.CATEGORIES)]  # type: ignore[attr-defined]

    def clean_unit(self) -> Shop | None:
        """A shop by its unit, by its name, or by both as the field offers them; empty is allowed. One that has closed
        is known as well: who bought there turns to the mall (N-12)."""
        told = self.cleaned_data["unit"].strip()
        if not told:
            return None
        ever = Shop.objects.filter(mall=self.mall)
        shop = ever.here().called(told) or ever.order_by("-pk").called(told)
        if shop is None:
            raise forms.ValidationError(
                _("No shop “%(shop)s” here. Type its unit or its whole name."), params={"shop": told}
            )
        return shop

    def clean_about_staff(self) -> Staff | None:
        told = self.cleaned_data["about_staff"].strip()
        if not told:
            return None
        person = Staff.objects.filter(code=told, posts__mall=self.mall).first()
        if person is None:
            raise forms.ValidationError(_("Nobody here has the staff code “%(code)s”."), params={"code": told})
        return person

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("recording") == Complaint.Recording.AUDIO and not told.get("recording_yes"):
            self.add_error("recording", _("Without a clear yes nothing is recorded: ask, or write notes."))
        told["happened_on"] = self.local("happened_on")
        if told["happened_on"] and told["happened_on"] > self.at:
            self.add_error("happened_on", _("That lies in the future."))
        return told

    def told(self) -> dict[str, Any]:
        """As the action of taking down wants it."""
        told = dict(self.cleaned_data)
        told.pop("recording_yes")
        told["shop"] = told.pop("unit")
        told["against"] = told["against"] or Complaint.Against.SHOP
        told["channel"] = told["channel"] or Channel.COUNTER
        told["complainant"] = told["complainant"] or Complaint.Complainant.CONSUMER
        told["language"] = told["language"] or "zh"
        told["recording"] = told["recording"] or Complaint.Recording.NONE
        return told
