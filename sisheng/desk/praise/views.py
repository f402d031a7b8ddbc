"""What customers praise and suggest, newest first, and what the desk does with it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from sisheng.desk.praise import actions
from sisheng.desk.praise.models import Praise, Suggestion
from sisheng.ground.privacy.actions import REASONS, reveal
from sisheng.ground.refusals import Unusable
from sisheng.mall.staff.gate import needs
from sisheng.mall.staff.models import Staff
from sisheng.mall.staff.request import DeskRequest

MOST = 50
PAGE = "praise/index.html"


class Answer(forms.Form):
    answer = forms.ChoiceField(label=gettext_lazy("What becomes of it"), choices=Suggestion.Answer.choices[1:])
    reason = forms.CharField(label=gettext_lazy("What we say to it"), max_length=300)


@require_GET
@needs("praise.see")
def index(request: DeskRequest) -> HttpResponse:
    return render(request, PAGE, _context(request))


@require_POST
@needs("praise.name")
def name(request: DeskRequest, number: str) -> HttpResponse:
    """Say whom the customer meant."""
    praise, told = _find(request, Praise, number), request.POST.get("person", "")
    person = _people(request).filter(pk=told).first() if told.isdecimal() and len(told) < 10 else None
    if person is None:
        raise Unusable(_("Choose somebody who works here."), field="person")
    actions.name(request.act, praise, person=person)
    return redirect("praise:index", request.mall.slug)


@require_POST
@needs("suggestions.answer")
def take(request: DeskRequest, number: str) -> HttpResponse:
    """I look after it."""
    actions.take(request.act, _find(request, Suggestion, number), owner=request.user)
    return redirect("praise:index", request.mall.slug)


@require_POST
@needs("suggestions.answer")
def answer(request: DeskRequest, number: str) -> HttpResponse:
    suggestion, form = _find(request, Suggestion, number), Answer(request.POST)
    if not form.is_valid():
        return render(request, PAGE, _context(request, form=form, chosen=suggestion), status=422)
    actions.answer(request.act, suggestion, **form.cleaned_data)
    return redirect("praise:index", request.mall.slug)


@require_POST
@needs("customers.reveal")
def phone(request: DeskRequest, number: str) -> HttpResponse:
    """The number of whoever wants to hear from us, with a reason, on record (PRV-04)."""
    kind = Suggestion if number.startswith("YJ-") else Praise
    thing = _find(request, kind, number)
    if thing.customer is None:
        raise Http404
    shown = reveal(request.act, thing.customer, "phone", request.POST.get("reason", ""))
    response = render(request, PAGE, _context(request, shown=shown, chosen=thing))
    response["Cache-Control"] = "no-store"
    return response


def _find(request: DeskRequest, kind: type[Praise] | type[Suggestion], number: str) -> Any:
    seen = kind.objects.visible_to(request.user).select_related("mall", "customer")
    return get_object_or_404(seen, mall=request.mall, number=number)


def _people(request: DeskRequest) -> Any:
    return Staff.objects.working_in(request.mall)


def _context(request: DeskRequest, **more: Any) -> dict[str, Any]:
    may, mall = request.user.can, request.mall
    praise = Praise.objects.visible_to(request.user).filter(mall=mall).select_related("person", "shop", "customer")
    ideas = Suggestion.objects.visible_to(request.user).filter(mall=mall).select_related("owner", "shop", "customer")
    return {
        "praise": praise.order_by("-pk")[:MOST],
        "suggestions": ideas.order_by("answer", "-pk")[:MOST],
        "may_name": may("praise.name", mall),
        "may_answer": may("suggestions.answer", mall),
        "may_reveal": may("customers.reveal", mall),
        "people": _people(request),
        "reasons": REASONS,
        "form": Answer(),
        "at": request.act.at,
        **more,
    }
