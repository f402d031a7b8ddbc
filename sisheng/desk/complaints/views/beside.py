"""What is done on the page beside the steps: notes, remedies, authorities, the number to ring."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sisheng.cases.actions import add_note
from sisheng.desk.complaints import actions, forms
from sisheng.desk.complaints.models import ExternalCase, Remedy
from sisheng.desk.complaints.views.page import CARD, PAGE, context_for, find, moved, too_late
from sisheng.ground.once.models import receipt_of
from sisheng.ground.privacy.actions import reveal
from sisheng.ground.refusals import OutOfTurn, Unusable
from sisheng.ground.ui.http import show
from sisheng.mall.staff.gate import needs
from sisheng.mall.staff.request import DeskRequest


@require_POST
@needs("cases.note")
def note(request: DeskRequest, number: str) -> HttpResponse:
    """An internal note: the customer never sees it."""
    complaint = find(request, number)
    form = forms.Note(request.POST)
    if not form.is_valid():
        raise Unusable(_("Write a few words first."), field="text")
    add_note(request.act, complaint, text=form.cleaned_data["text"])
    return moved(request, number)


@require_POST
@needs("complaints.handle")
def fulfil(request: DeskRequest, number: str, remedy: int) -> HttpResponse:
    """One remedy was carried out."""
    complaint = find(request, number)
    owed = get_object_or_404(Remedy, pk=remedy, proposal__complaint=complaint)
    actions.fulfil(request.act, complaint, remedy=owed)
    return moved(request, number)


@needs("complaints.decide")
def reply(request: DeskRequest, number: str, file: int) -> HttpResponse:
    """What we answer an authority."""
    complaint = find(request, number)
    theirs = get_object_or_404(ExternalCase, pk=file, complaint=complaint)
    form = forms.Reply(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.reply_external(request.act, complaint, file=theirs, reply=form.cleaned_data["reply"])
        except OutOfTurn as error:
            return too_late(request, number, form, error)
        return moved(request, number)
    status = 422 if form.is_bound else 200
    return show(request, PAGE, CARD, context_for(request, complaint, form=form, replying=theirs), status=status)


@needs("complaints.handle")
def their_news(request: DeskRequest, number: str, file: int) -> HttpResponse:
    """What an authority lets us know of its file: whether it is accepted, when they mediate, what came of it."""
    complaint = find(request, number)
    if receipt_of(actions.note_external, request.act):
        return moved(request, number)
    theirs = get_object_or_404(ExternalCase, pk=file, complaint=complaint)
    form = forms.TheirNews(
        request.POST if request.method == "POST" else None, initial=forms.TheirNews.as_it_stands(theirs),
        mall=request.mall, at=request.act.at,
    )  # fmt: skip
    if form.is_valid():
        if news := form.news(theirs):
            actions.note_external(request.act, complaint, file=theirs, **news)
        return moved(request, number)
    status = 422 if form.is_bound else 200
    return show(request, PAGE, CARD, context_for(request, complaint, form=form, hearing=theirs), status=status)


@needs("customers.reveal")
def phone(request: DeskRequest, number: str) -> HttpResponse:
    """The customer's number, masked; shown for half a minute to somebody who says why (PRV-01, PRV-04)."""
    complaint = find(request, number)
    if complaint.customer is None:
        raise Http404
    shown = ""
    if request.method == "POST":
        shown = reveal(request.act, complaint.customer, "phone", request.POST.get("reason", ""))
    response = show(request, PAGE, "complaints/_phone.html", context_for(request, complaint, shown=shown))
    response["Cache-Control"] = "no-store"
    return response
