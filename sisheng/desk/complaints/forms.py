"""What is asked for at each step of a complaint."""

from __future__ import annotations

import unicodedata
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sisheng.cases.models.case import Channel
from sisheng.desk.complaints import taxonomy
from sisheng.desk.complaints.gates import WHYS
from sisheng.desk.complaints.models import Apology, Authority, Complaint, ExternalCase
from sisheng.mall.directory.models import Mall, Shop
from sisheng.mall.staff.models import CheckIn, Staff

if TYPE_CHECKING:
    from sisheng.desk.complaints.actions.offers import RemedyLine

LINES = 3  # of remedies in one offer
EMOTIONS = {
    "": _("not noted"), "calm": pgettext_lazy("emotion", "calm"), "anxious": pgettext_lazy("emotion", "in a hurry"),
    "angry": pgettext_lazy("emotion", "angry"),
}  # fmt: skip
MOMENT = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


def _text(rows: int = 3) -> forms.Textarea:
    return forms.Textarea({"rows": rows})


def grouped(table: dict[str, Any]) -> list[Any]:
    """A two-level table as a list with headings."""
    return [
        (name, [(f"{first}.{second}", part) for second, part in parts.items()])
        for first, (name, parts) in table.items()
    ]


class MallForm(forms.Form):
    """A form that knows in which mall and at what moment it is filled in."""

    def __init__(self, *args: Any, mall: Mall, at: datetime, **kwargs: Any) -> None:
        self.mall, self.at = mall, at
        super().__init__(*args, **kwargs)

    def local(self, name: str) -> datetime | None:
        """A time as somebody wrote it, on the clock of the mall."""
        told = self.cleaned_data.get(name)
        if told is not None and not 2000 <= told.year <= 2100:  # beyond it no calendar can reckon
            self.add_error(name, _("Choose a day between the years 2000 and 2100."))
            return None
        return told.replace(tzinfo=self.mall.zone) if told else None


class Facts(MallForm):
    """What is known of a complaint: asked when it is taken down, and corrected later (CMP-02, CMP-03)."""

    emotion = forms.ChoiceField(label=_("The customer is"), choices=EMOTIONS.items(), required=False,
                                widget=forms.RadioSelect)  # fmt: skip
    feeling = forms.CharField(label=_("What they feel and want"), max_length=500, required=False, widget=_text(2))
    against = forms.ChoiceField(label=_("About"), choices=Complaint.Against.choices, required=False)
    unit = forms.CharField(label=_("Shop"), max_length=60, required=False)
    against_words = forms.CharField(label=_("About whom or what"), max_length=80, required=False)
    about_staff = forms.CharField(label=_("Staff code"), max_length=20, required=False)
    category = forms.ChoiceField(label=_("Category"), required=False)
    account = forms.CharField(label=_("What happened"), max_length=4000, required=False, widget=_text(3))
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


class Nothing(forms.Form):
    """A step that asks for nothing but the click."""


class Reason(forms.Form):
    reason = forms.CharField(label=_("Why"), max_length=300)


class OptionalReason(forms.Form):
    reason = forms.CharField(label=_("Why"), max_length=1000, required=False, widget=_text(2))


class Withdraw(forms.Form):
    reason = forms.CharField(
        label=_("Why the customer withdraws it"), max_length=300,
        help_text=_("It cannot be opened again. What was taken down twice is merged instead."),
    )  # fmt: skip


class Words(forms.Form):
    words = forms.CharField(label=_("What was said"), max_length=1000, widget=_text(2))


class OptionalWords(forms.Form):
    words = forms.CharField(label=_("In the customer's words"), max_length=1000, required=False, widget=_text(2))


class News(forms.Form):
    news = forms.CharField(label=_("What the customer is to hear"), max_length=500, widget=_text(2))


class Judge(forms.Form):
    responsibility = forms.ChoiceField(label=_("Whose responsibility"), choices=taxonomy.RESPONSIBILITIES.items())


class Find(forms.Form):
    finding = forms.CharField(label=_("What we found"), max_length=4000, widget=_text(4))
    substantiated = forms.ChoiceField(label=_("Substantiated"), choices=taxonomy.SUBSTANTIATED.items(),
                                      widget=forms.RadioSelect)  # fmt: skip
    responsibility = forms.ChoiceField(label=_("Whose responsibility"), choices=taxonomy.RESPONSIBILITIES.items())
    basis = forms.CharField(label=_("On what it rests"), max_length=200, required=False)


class ReEvaluate(forms.Form):
    words = forms.CharField(label=_("What the re-evaluation came to"), max_length=2000, widget=_text(3))


class RemedyForm(MallForm):
    kind = forms.ChoiceField(label=_("Remedy"), choices=[("", "—"), *taxonomy.REMEDIES.items()], required=False)
    value = forms.DecimalField(label=_("Value"), max_digits=10, decimal_places=2, min_value=Decimal(0), required=False)
    payer = forms.ChoiceField(label=_("Borne by"), choices=taxonomy.PAYERS.items(), required=False)
    due_at = forms.DateTimeField(label=_("By when"), required=False, widget=MOMENT)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("value") and not told.get("kind"):
            self.add_error("kind", _("Choose what the customer is given."))
        told["due_at"] = self.local("due_at")
        if told["due_at"] and told["due_at"] > self.at + timedelta(days=180):
            self.add_error("due_at", _("That is more than half a year away."))
        return told


class WithRemedies(MallForm):
    """A form with lines of remedies below it."""

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        self.lines_were = kwargs.pop("lines", [])
        super().__init__(data, **kwargs)
        told = [*self.lines_were, *[{}] * LINES][:LINES]
        self.lines = [
            RemedyForm(data, prefix=f"r{n}", initial=line, mall=self.mall, at=self.at) for n, line in enumerate(told)
        ]

    def is_valid(self) -> bool:
        return bool(super().is_valid()) and all(line.is_valid() for line in self.lines)

    @property
    def has_more_lines(self) -> bool:
        """Is there more than one thing to give, already?"""
        return len(self.lines_were) > 1 or any(line.is_bound and line.has_changed() for line in self.lines[1:])

    def remedies(self) -> list[RemedyLine]:
        from sisheng.desk.complaints.actions.offers import remedy_lines

        return remedy_lines([line.cleaned_data for line in self.lines])


class Write(WithRemedies):
    words = forms.CharField(label=_("What we offer"), max_length=1600, widget=_text(3))
    is_final = forms.BooleanField(label=_("This is our final answer"), required=False)


class Settle(WithRemedies):
    words = forms.CharField(label=_("What was agreed"), max_length=1000, widget=_text(2))
    cause = forms.ChoiceField(label=_("Why it happened"))
    responsibility = forms.ChoiceField(label=_("Whose responsibility"), choices=taxonomy.RESPONSIBILITIES.items())
    is_done = forms.BooleanField(label=_("Handed over already"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cause"].choices = grouped(taxonomy.CAUSES)  # type: ignore[attr-defined]


class NameStaff(MallForm):
    who = forms.CharField(
        label=_("About which of us"), max_length=20, widget=forms.Select,
        help_text=_("They no longer see this complaint, and a supervisor takes it over."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Staff.objects.filter(posts__mall=self.mall, is_active=True).distinct().order_by("code")
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
    people = Staff.objects.filter(posts__mall=mall, is_active=True).distinct().order_by("code")
    able = [person for person in people if person.can("complaints.handle", mall)]
    able.sort(key=lambda person: person.pk not in here)  # stable: within each by code
    said = {True: _("%(name)s (here now)"), False: "%(name)s"}
    return [(person.code, str(said[person.pk in here]) % {"name": person.spoken_name}) for person in able]


class Protect(forms.Form):
    who = forms.CharField(label=_("Who it was"), max_length=80, required=False)
    words = forms.CharField(label=_("What was said or done"), max_length=1000, widget=_text(3))
    is_threat = forms.BooleanField(label=_("Violence, or the threat of it: call the duty manager"), required=False)


class Apologise(forms.Form):
    way = forms.ChoiceField(label=_("How it was said"), choices=Apology.Way.choices, widget=forms.RadioSelect)
    words = forms.CharField(label=_("For what"), max_length=300, required=False)


class Regrade(forms.Form):
    severity = forms.ChoiceField(label=_("Severity"), choices=Complaint.Severity.choices, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Why"), max_length=120)


class Extend(MallForm):
    until = forms.DateTimeField(label=_("Final answer by"), widget=MOMENT)
    reason = forms.CharField(label=_("Why (the customer hears it)"), max_length=200)

    def clean_until(self) -> datetime | None:
        return self.local("until")


class Trace(forms.Form):
    cause = forms.ChoiceField(label=_("Root cause"))

    def __init__(self, *args: Any, needed: int = WHYS, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cause"].choices = grouped(taxonomy.CAUSES)  # type: ignore[attr-defined]
        for n in range(1, WHYS + 1):
            self.fields[f"why{n}"] = forms.CharField(label=_("Why? (%(n)s)") % {"n": n}, max_length=200, required=False)
        all_of_them = _("All five are needed before it can be archived; they may be filled in one after the other.")
        self.fields["why1"].help_text = all_of_them if needed == WHYS else _("One is enough to archive this one.")

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        told["whys"] = [told.pop(f"why{n}", "") for n in range(1, WHYS + 1)]
        return told


class Improvement(forms.Form):
    because = forms.CharField(label=_("None, because"), max_length=300)


class HearCustomer(forms.Form):
    words = forms.CharField(label=_("What the customer says of it"), max_length=1000, widget=_text(2))


class Merge(MallForm):
    into = forms.CharField(label=_("Into complaint"), max_length=20)
    reason = forms.CharField(label=_("Why"), max_length=200)

    def clean_into(self) -> Complaint:
        """A whole number, or its end as it is spoken: the newest one that ends so."""
        told = unicodedata.normalize("NFKC", self.cleaned_data["into"]).strip().upper()
        here = Complaint.objects.counted().filter(mall=self.mall)
        by_end = here.filter(number__endswith=f"-{told:0>4}") if told.isdecimal() else here.none()
        found = here.filter(number=told).first() or by_end.order_by("-pk").first()
        if not isinstance(found, Complaint):
            raise forms.ValidationError(_("There is no complaint with this number here."))
        return found


class External(MallForm):
    authority = forms.ChoiceField(label=_("Authority"), choices=Authority.choices)
    reference = forms.CharField(label=_("Their number"), max_length=60, required=False)
    office = forms.CharField(label=_("Office"), max_length=80, required=False)
    received_on = forms.DateField(label=_("Received on"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    reply_due_at = forms.DateTimeField(label=_("Reply by (as their letter says)"), required=False, widget=MOMENT)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        told["reply_due_at"] = self.local("reply_due_at")
        return told


class TheirNews(MallForm):
    """What an authority has let us know: all that is known so far stands in it, and what has changed is news."""

    is_accepted_by_them = forms.ChoiceField(
        label=_("Have they accepted it"), required=False, widget=forms.RadioSelect,
        choices=[("", _("not known yet")), ("yes", pgettext_lazy("authority", "yes, accepted")),
                 ("no", pgettext_lazy("authority", "no, not accepted"))],
    )  # fmt: skip
    why_not_accepted = forms.CharField(label=pgettext_lazy("authority", "Why not"), max_length=120, required=False)
    office = forms.CharField(label=_("Office"), max_length=80, required=False)
    mediation_at = forms.DateTimeField(label=_("They mediate on"), required=False, widget=MOMENT)
    mediation_until = forms.DateField(
        label=_("Mediation ends by"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )  # fmt: skip
    result = forms.CharField(label=_("What came of it"), max_length=2000, required=False, widget=_text(3))

    SAID: ClassVar[dict[bool | None, str]] = {None: "", True: "yes", False: "no"}

    @classmethod
    def as_it_stands(cls, file: ExternalCase) -> dict[str, Any]:
        stands = {name: getattr(file, name) for name in cls.base_fields}
        return {**stands, "is_accepted_by_them": cls.SAID[file.is_accepted_by_them]}

    def clean_mediation_at(self) -> datetime | None:
        return self.local("mediation_at")

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("why_not_accepted") and told.get("is_accepted_by_them") != "no":
            self.add_error("why_not_accepted", _("A reason is given only where they have not accepted it."))
        return told

    def news(self, file: ExternalCase) -> dict[str, Any]:
        """What stands otherwise than so far."""
        accepted = next(key for key, said in self.SAID.items() if said == self.cleaned_data["is_accepted_by_them"])
        told = {**self.cleaned_data, "is_accepted_by_them": accepted}
        return {name: value for name, value in told.items() if getattr(file, name) != value}


class Reply(forms.Form):
    reply = forms.CharField(label=_("Our reply"), max_length=4000, widget=_text(4))


class Note(forms.Form):
    text = forms.CharField(label=_("Internal note"), max_length=2000, widget=_text(2))


class Export(forms.Form):
    """For whom and what for a case file leaves the house."""

    purpose = forms.CharField(label=_("For whom, and what for"), max_length=200)
    language = forms.ChoiceField(label=_("Language"), choices=[("zh", "中文"), ("en", "English")])
