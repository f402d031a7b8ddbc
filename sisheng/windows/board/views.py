"""The desk's own screens: home, palette, alarms. The case list has its own file."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sisheng.cases import actions as case_actions
from sisheng.cases.models import Clock
from sisheng.kit.approvals import lines as approvals
from sisheng.mall.staff.gate import needs
from sisheng.mall.staff.models import desk_of
from sisheng.mall.staff.request import DeskRequest
from sisheng.windows.board import complaints, finder, home


@require_GET
@needs("desk.work")
def desk_home(request: DeskRequest) -> HttpResponse:
    mall, at = request.mall, request.act.at
    announcements, promotions = home.news(mall, at)
    context = {
        **_what_now(request),
        **_figures(request),
        "announcements": announcements,
        "promotions": promotions,
        "desk": desk_of(request.user, mall),
        "may_ask": request.user.can("approvals.ask", mall),
        "on_duty": home.on_duty(mall, at),
        "is_new_here": request.user.can("contacts.log", mall) and home.is_new_here(request.user),
        "to_decide": len(approvals.to_decide(mall, request.user, at)),
        "practice": home.practice_of(mall, request.user),
        "at": at,
    }
    return render(request, "board/home.html", context)


@require_GET
@needs("desk.work")
def now(request: DeskRequest) -> HttpResponse:
    """The panel “what now” by itself."""
    return render(request, "board/_now.html", _what_now(request))


@require_GET
@needs("desk.work")
def today(request: DeskRequest) -> HttpResponse:
    return render(request, "board/_today.html", _figures(request))


def _figures(request: DeskRequest) -> dict[str, Any]:
    mall, at = request.mall, request.act.at
    return {
        "today": home.today(mall, at),
        "complaints": complaints.figures(mall, at),
        "in_hand": complaints.in_hand(mall, request.user, at),
    }


def _what_now(request: DeskRequest) -> dict[str, Any]:
    mall, at = request.mall, request.act.at
    mine_only = request.GET.get("mine") == "1"
    lines = home.what_now(mall, request.user, at, mine_only=mine_only)
    return {
        "lines": lines,
        "alerts": home.alerts_for(mall, request.user),
        "served": None if lines else home.served(mall, at),
        "mine_only": mine_only,
        "at": at,
    }


@require_http_methods(["GET", "POST"])
@never_cache
@needs("desk.work")
def palette(request: DeskRequest) -> HttpResponse:
    """The palette as a page of its own; with JavaScript it opens over whatever one is doing."""
    return render(request, "board/palette.html", _found(request))


@require_POST
@never_cache
@needs("desk.work")
def found(request: DeskRequest) -> HttpResponse:
    return render(request, "board/_found.html", _found(request))


def _found(request: DeskRequest) -> dict[str, Any]:
    """The words are names and numbers of people: they come in the body, since addresses are kept in many places."""
    words = request.POST.get("q", "")[: finder.LONGEST]
    at = request.act.at
    return {"groups": finder.find(request.mall, request.user, words, at), "q": words, "at": at}


@require_POST
@needs("cases.acknowledge")
def acknowledge(request: DeskRequest, clock: int) -> HttpResponse:
    found = get_object_or_404(Clock.objects.select_related("case__mall"), mall=request.mall, pk=clock)
    case_actions.acknowledge(request.act, found, who=request.user)
    return redirect("board:home", mall=request.mall.slug)
