"""The sheet on which many lines of the book are typed, one below the other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from sisheng.cases.models.case import Channel
from sisheng.desk.complaints import taxonomy
from sisheng.desk.complaints.forms import MallForm, grouped
from sisheng.desk.complaints.models import Complaint
from sisheng.ground.privacy.phones import e164
from sisheng.ground.refusals import Unusable
from sisheng.mall.directory.models import Mall, Shop
from sisheng.windows.book.actions import Written
from sisheng.windows.book.models import PAPER, Kind
from sisheng.windows.portal.about import known_person, told_about

ROWS = 25
LONGEST_REMARK = 1000  # praise and suggestions; a complaint may be longer
OLDEST = timedelta(days=366)
Against = Complaint.Against
CATEGORIES = [("", "—"), *grouped(taxonomy.CATEGORIES)]


class Head(forms.Form):
    use_required_attribute = False
    channel = forms.ChoiceField(label=_("From where"), choices=[(one.value, one.label) for one in PAPER],
                                initial=Channel.BOOK, widget=forms.RadioSelect)  # fmt: skip


class Row(MallForm):
    """One line. It is empty as long as nothing was typed into it, whatever its lists say."""

    use_required_attribute = False
    written_on = forms.DateField(label=_("Written on"), required=False,
                                 widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))  # fmt: skip
    kind = forms.ChoiceField(label=_("What it is"), choices=Kind.choices, initial=Kind.COMPLAINT)
    about = forms.ChoiceField(label=_("About"), choices=Against.choices, initial=Against.SHOP)
    which = forms.CharField(label=_("Unit, who or what"), max_length=60, required=False)
    category = forms.ChoiceField(label=_("Category"), choices=CATEGORIES, required=False)
    claim = forms.ChoiceField(label=_("Asks for"), choices=taxonomy.CLAIMS.items(), initial="explanation")
    words = forms.CharField(label=_("In their words"), max_length=4000, required=False,
                            widget=forms.Textarea({"rows": 2}))  # fmt: skip
    phone = forms.CharField(label=_("Phone"), max_length=30, required=False)
    name = forms.CharField(label=_("Name"), max_length=30, required=False)

    TYPED = ("written_on", "which", "words", "phone", "name")

    @property
    def place(self) -> int:
        return int(self.prefix or 0)

    def full_clean(self) -> None:
        """What is empty has no faults."""
        super().full_clean()
        if self.is_bound and self.is_empty:
            self.errors.clear()

    def put_in_order(self) -> None:
        """Faults are told, and the first is shown, in the order in which one types."""
        self.errors.update({name: self.errors.pop(name) for name in self.fields if name in self.errors})

    @property
    def is_empty(self) -> bool:
        return not any(self.data.get(self.add_prefix(name), "").strip() for name in self.TYPED)

    def clean_written_on(self) -> date | None:
        told: date | None = self.cleaned_data["written_on"]
        today = self.mall.today(self.at)
        if told and told > today:
            raise forms.ValidationError(_now("That lies in the future."))
        if told and told < today - OLDEST:
            raise forms.ValidationError(_now("That is more than a year ago. Check the year."))
        return told

    def clean_phone(self) -> str:
        told: str = self.cleaned_data["phone"]
        try:
            return told and e164(told) and told
        except Unusable as error:
            raise forms.ValidationError(str(error)) from None

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        is_complaint = told.get("kind") == Kind.COMPLAINT
        if "words" in told and not told["words"]:
            self.add_error("words", _now("Type what stands there, or clear the line."))
        if is_complaint and "category" in told and not told["category"]:
            self.add_error("category", _now("Choose what kind of complaint it is."))
        if "which" in told and told.get("about") and "kind" in told:
            told["told_about"] = self._about(told["kind"], told["about"], told["which"])
        if not is_complaint and len(self._remark(told)) > LONGEST_REMARK:
            self.add_error("words", _now("At most %(most)s characters fit here.") % {"most": LONGEST_REMARK})
        return told

    def _about(self, kind: str, about: str, which: str) -> dict[str, Any]:
        """Of whom or what it speaks, as a complaint or praise keeps it."""
        shop = None
        if about == Against.SHOP and which:
            shop = Shop.objects.here().filter(mall=self.mall).called(which)
            if shop is None:
                sentence = _now("No shop “%(shop)s” here. Type its unit or its whole name.")
                self.add_error("which", sentence % {"shop": which})
        if kind == Kind.COMPLAINT:
            if not which and about != Against.DESK:
                self.add_error("which", _now("A complaint says about which shop, whom or what."))
            here = {"against": about, "shop": shop, "place": shop.unit if shop else ""}
            return here if about == Against.SHOP else told_about(self.mall, about, which)
        if kind == Kind.PRAISE and about == Against.STAFF and which:
            return {"person": known_person(self.mall, which), "person_words": which}
        return {"shop": shop}

    def _remark(self, told: dict[str, Any]) -> str:
        """Praise and suggestions have no field for a facility: it stands before the words."""
        words, which, about = (str(told.get(name, "")) for name in ("words", "which", "about"))
        is_kept = about == Against.SHOP or (about == Against.STAFF and told.get("kind") == Kind.PRAISE)
        return words if is_kept or not which else f"{which}: {words}"

    def written(self, written_on: date) -> Written:
        told = self.cleaned_data
        is_complaint = told["kind"] == Kind.COMPLAINT
        return Written(
            place=self.place, kind=told["kind"], written_on=written_on, about=told["told_about"],
            words=told["words"] if is_complaint else self._remark(told),
            category=told["category"] if is_complaint else "", claim=told["claim"] if is_complaint else "",
            phone=told["phone"], name=told["name"],
        )  # fmt: skip


class Sheet:
    """The whole page: where the lines come from, and the lines. Empty ones are passed over."""

    def __init__(self, data: Any = None, *, mall: Mall, at: datetime) -> None:
        self.is_bound = data is not None
        self.head = Head(data)
        self.rows = [Row(data, prefix=str(place), mall=mall, at=at) for place in range(1, ROWS + 1)]
        self.lines: list[Written] = []

    def is_valid(self) -> bool:
        head_is_valid = self.head.is_valid()
        typed = [row for row in self.rows if not row.is_empty]
        self.lines, before = [], None
        for row in typed:
            row.full_clean()
            on = row.cleaned_data.get("written_on") or before
            if on is None and "written_on" not in row.errors:
                row.add_error("written_on", _now("On which day was it written?"))
            before = on
            if on and row.is_valid():
                self.lines.append(row.written(on))
        if not typed:
            self.rows[0].full_clean()
            self.refuse(Unusable(_now("Nothing is written here yet. Type at least one line."), field="1-words"))
        for row in typed:
            row.put_in_order()
        return head_is_valid and bool(typed) and len(self.lines) == len(typed)

    def refuse(self, error: Unusable) -> None:
        """Put what the action said to the line and the field of which it speaks."""
        place, _dash, name = error.field.partition("-")
        row = self.rows[int(place) - 1]
        row.add_error(name if name in row.fields else "words", str(error))

    def faults(self) -> Iterator[tuple[int, BoundField]]:
        """Each field with something wrong, with the place of its line; 0 above the lines."""
        for place, form in enumerate([self.head, *self.rows]):
            yield from ((place, form[name]) for name in form.errors if name in form.fields)
