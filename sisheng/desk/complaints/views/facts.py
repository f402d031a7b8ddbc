"""Correcting what was written down."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from sisheng.desk.complaints import actions, forms
from sisheng.desk.complaints.editing import clashing, digests, on_screen
from sisheng.desk.complaints.models import Complaint
from sisheng.desk.complaints.views.page import find, moved
from sisheng.ground.once.models import receipt_of
from sisheng.ground.refusals import Overtaken, Unusable
from sisheng.ground.ui.http import show
from sisheng.mall.staff.gate import needs
from sisheng.mall.staff.request import DeskRequest


@needs("complaints.handle")
def facts(request: DeskRequest, number: str) -> HttpResponse:
    """Correct what was written down. A field that somebody else changed meanwhile is asked about, never overwritten."""
    complaint = find(request, number)
    if receipt_of(actions.edit, request.act):
        return moved(request, number)
    stands = _as_form(complaint)
    form = forms.Facts(
        request.POST if request.method == "POST" else None, initial=_as_typed(complaint, stands), mall=request.mall,
        at=request.act.at,
    )  # fmt: skip
    clash: list[str] = []
    if form.is_valid():
        was, told = on_screen(stands, request.POST.get("was", "")), form.told()
        told |= {name: stands[name] for name in SAID_WHERE_ASKED if not _is_said(form, _asked_as(name))}
        changes = {name: told[name] for name in EDITABLE}
        try:
            actions.edit(request.act, complaint, changes=changes, was=was)
            return moved(request, number)
        except Overtaken as error:
            clash = clashing(stands, changes, was)
            form.add_error(error.field if error.field in form.fields else None, str(error))
        except Unusable as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
            complaint = find(request, number)  # as it stands: what was refused half way has changed it in memory
    status = 422 if form.is_bound else 200
    context = {
        "form": form, "complaint": complaint,
        "clash": [(form[_asked_as(name)].label, form.initial[_asked_as(name)]) for name in clash],
        "was": " ".join(digests(stands).values()),
    }  # fmt: skip
    return show(request, "complaints/facts.html", "complaints/_facts.html", context, status=status)


EDITABLE = (
    "shop", "against", "happened_on", "emotion", "feeling", "against_words", "category",
    "account", "claims", "amount", "anonymous_label", "may_contact",
    "flags", "place", "people", "complainant", "language", "recourse",
)  # fmt: skip


SAID_WHERE_ASKED = ("shop", "against", "happened_on")  # a form without these fields says nothing about them


def _is_said(form: forms.Facts, field: str) -> bool:
    return field in form.data and field in form.changed_data


def _asked_as(name: str) -> str:
    """The field of the form in which this fact is written."""
    return "unit" if name == "shop" else name


def _as_form(complaint: Complaint) -> dict[str, Any]:
    return {name: getattr(complaint, name) for name in EDITABLE}


def _as_typed(complaint: Complaint, stands: dict[str, Any]) -> dict[str, Any]:
    """What stands there, as the form asks for it."""
    at, shop = complaint.happened_on, complaint.shop
    return {**stands, "happened_on": at.astimezone(complaint.mall.zone) if at else None,
            "unit": shop.unit if shop else "", "recording": complaint.recording}  # fmt: skip
