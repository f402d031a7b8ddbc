"""A step: what it asks for, and taking it."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from sisheng.desk.complaints import forms, gates
from sisheng.desk.complaints.models import Complaint
from sisheng.desk.complaints.steps import STEPS, Step
from sisheng.desk.complaints.views.page import CARD, PAGE, asked_first, context_for, find, form_of, moved, too_late
from sisheng.ground.once.models import receipt_of
from sisheng.ground.refusals import OutOfTurn, Overtaken, Unusable
from sisheng.ground.ui.http import show, version_seen
from sisheng.mall.staff.gate import needs
from sisheng.mall.staff.request import DeskRequest


@require_GET
@needs("cases.see")
def detail(request: DeskRequest, number: str) -> HttpResponse:
    complaint = find(request, number)
    return show(request, PAGE, CARD, context_for(request, complaint, **asked_first(request, complaint)))


@needs("complaints.handle")
def step(request: DeskRequest, number: str, name: str) -> HttpResponse:
    """Ask for what a step needs, or do it."""
    complaint = find(request, number)
    chosen = _lookup(name)
    if receipt_of(chosen.action, request.act):
        return moved(request, number)
    form = form_of(chosen, request, complaint)
    try:
        if not chosen.is_open_to(request.user, complaint, request.act.at):
            _refuse(chosen, request, complaint)
        if form.is_valid():
            if _is_taken(request, complaint, chosen, form):
                return moved(request, number)
            complaint = find(request, number)  # as it stands: what was refused half way has moved it in memory
    except (OutOfTurn, Overtaken) as error:
        return too_late(request, number, form, error, chosen)
    status = 422 if form.is_bound else 200
    return show(request, PAGE, CARD, context_for(request, complaint, form=form, chosen=chosen), status=status)


def _is_taken(request: DeskRequest, complaint: Complaint, chosen: Step, form: django_forms.Form) -> bool:
    """Take the step; where something of it cannot be used, the form says so."""
    told = _told(chosen, form, request)
    try:
        chosen.action(request.act, complaint, **told)
    except Unusable as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return False
    return True


def _told(chosen: Step, form: Any, request: DeskRequest) -> dict[str, Any]:
    told = dict(form.cleaned_data)
    if isinstance(form, forms.WithRemedies):
        told["remedies"] = form.remedies()
    if not chosen.needs:
        told["seen"] = version_seen(request)
    if chosen.is_about_draft:
        told["drafted"] = request.POST.get("drafted")
    return chosen.told(told)


def _refuse(chosen: Step, request: DeskRequest, complaint: Complaint) -> None:
    """Say no in the words of whoever would have refused it."""
    request.act.must(chosen.needs or "complaints.handle", complaint.mall)
    if not chosen.needs:
        request.act.must(complaint.life.find(chosen.name, complaint.status).needs, complaint.mall)
    if chosen.name == "accept":
        gates.require(gates.to_accept(complaint))
    if chosen.name == "resolve":
        gates.require(gates.to_resolve(complaint))
    if chosen.name == "archive":
        gates.require(gates.to_archive(complaint))
    raise OutOfTurn(_("This is not to be done now. Here is how it stands."))


def _lookup(name: str) -> Step:
    try:
        return STEPS[name]
    except KeyError:
        raise Http404 from None
