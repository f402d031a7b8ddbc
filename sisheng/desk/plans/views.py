"""What cannot wait for software: whom to ring, and what to do. Pages that print and need no JavaScript."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sisheng.desk.plans.cards import plan_cards
from sisheng.mall.directory.models import EmergencyNumber
from sisheng.mall.staff.gate import needs
from sisheng.mall.staff.request import DeskRequest


@require_GET
@needs("desk.work")
def index(request: DeskRequest) -> HttpResponse:
    """The fixed call list, and every card as a button (EMG-11)."""
    calls = EmergencyNumber.objects.filter(mall=request.mall).order_by("position")
    return render(request, "plans/index.html", {"calls": calls, "cards": plan_cards().values()})


@require_GET
@needs("desk.work")
def card(request: DeskRequest, key: str) -> HttpResponse:
    """One card, on one sheet."""
    if key not in plan_cards():
        raise Http404
    return render(request, "plans/card.html", {"card": plan_cards()[key]})


@require_GET
@needs("desk.work")
def every(request: DeskRequest) -> HttpResponse:
    """The whole binder, one card to a page."""
    return render(request, "plans/all.html", {"cards": plan_cards().values()})
