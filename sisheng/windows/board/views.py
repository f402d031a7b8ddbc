"""The desk's own screens: home, case list, palette."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from sisheng.cases import actions as case_actions
from sisheng.cases.models import Clock, kinds
from sisheng.cases.models.case import Channel
from sisheng.ground.ui.http import show
from sisheng.mall.staff.gate import needs
from sisheng.mall.staff.models import desk_of
from sisheng.mall.staff.request import DeskRequest
from sisheng.windows.board import finder, home, lists


@require_GET
@needs("desk.work")
def desk_home(request: DeskRequest) -> HttpResponse:
    mall, at = request.mall, request.act.at
    announcements, promotions = home.news(mall, at)
    context = {
        **_what_now(request),
        "today": home.today(mall, at),
        "announcements": announcements,
        "promotions": promotions,
        "desk": desk_of(request.user, mall),
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
    return render(request, "board/_today.html", {"today": home.today(request.mall, request.act.at)})


def _what_now(request: DeskRequest) -> dict[str, Any]:
    mine_only = request.GET.get("mine") == "1"
    return {
        "lines": home.what_now(request.mall, request.user, request.act.at, mine_only=mine_only),
        "alerts": home.alerts_for(request.mall, request.user),
        "mine_only": mine_only,
        "at": request.act.at,
    }


@require_GET
@needs("cases.see")
def cases(request: DeskRequest) -> HttpResponse:
    """The case list; its address is its view."""
    view = request.GET.get("view", "mine")
    if view not in lists.VIEWS:
        view = "open"
    found = lists.narrowed(lists.cases_in(view, request.mall, request.user, request.act.at), request.GET)
    page = lists.page_of(found, view, request.GET.get("after", ""), request.user, request.act.at)
    context = {
        "page": page,
        "view": view,
        "views": lists.VIEWS,
        "kinds": {slug: model.lifecycle.label for slug, model in kinds().items()},
        "channels": Channel.choices,
        "asked": request.GET,
        "at": request.act.at,
    }
    return show(request, "board/cases.html", "board/_cases.html", context)


@require_GET
@needs("cases.see")
def counts(request: DeskRequest) -> HttpResponse:
    """How many cases each view holds; loaded after the list itself."""
    found = {
        view: lists.counted(lists.cases_in(view, request.mall, request.user, request.act.at))
        for view in lists.VIEWS
        if view != "closed"
    }
    return render(request, "board/_counts.html", {"counts": found, "views": lists.VIEWS, "most": lists.MOST_COUNTED})


@require_GET
@needs("desk.work")
def palette(request: DeskRequest) -> HttpResponse:
    """The palette as a page of its own; with JavaScript it opens over whatever one is doing."""
    return render(request, "board/palette.html", _found(request))


@require_GET
@needs("desk.work")
def found(request: DeskRequest) -> HttpResponse:
    return render(request, "board/_found.html", _found(request))


def _found(request: DeskRequest) -> dict[str, Any]:
    words = request.GET.get("q", "")[: finder.LONGEST]
    return {"groups": finder.find(request.mall, request.user, words, request.act.at), "q": words}


@require_POST
@needs("cases.acknowledge")
def acknowledge(request: DeskRequest, clock: int) -> HttpResponse:
    found = get_object_or_404(Clock.objects.select_related("case__mall"), mall=request.mall, pk=clock)
    case_actions.acknowledge(request.act, found, who=request.user)
    return redirect("board:home", mall=request.mall.slug)
