"""The pages of the case list: its address is its view, and several cases can be given to somebody at once (ux S4)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from sisheng.cases import actions as case_actions
from sisheng.cases.models import Case, kinds
from sisheng.cases.models.case import Channel
from sisheng.ground.once.models import receipt_of
from sisheng.ground.refusals import Unusable
from sisheng.ground.ui.http import show
from sisheng.mall.staff.gate import needs
from sisheng.mall.staff.request import DeskRequest
from sisheng.windows.board import lists, saved

NAMES = ("code", "name", "name_en")  # all that an option shows of a person


@require_GET
@needs("cases.see")
def cases(request: DeskRequest) -> HttpResponse:
    if "" in request.GET.values():  # a form sends its empty fields too; the address does without them
        return redirect(_address(request))
    view, at = _view(request), request.act.at
    found = lists.narrowed(lists.cases_in(view, request.mall, request.user, at), request.GET)
    page = lists.page_of(found, view, request.GET.get("after", ""), request.mall, request.user, at)
    query = lists.canonical(view, request.GET)
    context = {
        **_chips(request, view),
        **_choices(request),
        "page": page,
        "query": query,
        "further": f"{query}&{urlencode({'after': page.after})}" if page.after else "",
        "is_narrowed": "&" in query,
        "may_assign": request.user.can("cases.assign", request.mall),
        "at": at,
    }
    return show(request, "board/cases.html", "board/_cases.html", context)


def _choices(request: DeskRequest) -> dict[str, Any]:
    """What the filters and the batch bar offer."""
    return {
        "kinds": {slug: model.lifecycle.label for slug, model in kinds().items()},
        "states": lists.states(request.GET.get("kind", "")),
        "channels": Channel.choices,
        "people": lists.people_of(request.mall, "cases.see").only(*NAMES),
        "workers": lists.people_of(request.mall, "inquiries.handle").only(*NAMES),
        "asked": request.GET,
    }


def _chips(request: DeskRequest, view: str) -> dict[str, Any]:
    query = lists.canonical(view, request.GET)
    return {"views": lists.VIEWS, "view": view, "query": query, "saved": saved.saved_by(request.user, request.mall)}


@require_GET
@needs("cases.see")
def counts(request: DeskRequest) -> HttpResponse:
    """The chips with how many cases each view holds; loaded after the list itself."""
    found = {
        view: lists.counted(lists.cases_in(view, request.mall, request.user, request.act.at))
        for view in lists.VIEWS
        if view != "closed"
    }
    context = {**_chips(request, _view(request)), "counts": found, "most": lists.MOST_COUNTED}
    return render(request, "board/_counts.html", context)


@require_POST
@needs("cases.assign")
def assign(request: DeskRequest) -> HttpResponse:
    """Give the chosen cases to one person."""
    if receipt_of(case_actions.assign_all, request.act):  # some of them may be settled since
        return redirect(_address(request))
    to = lists.people_of(request.mall, "inquiries.handle").filter(code=request.POST.get("to", "")[:20]).first()
    if to is None:
        raise Unusable(_("Choose who is to take care of them."), field="to")
    chosen = request.POST.getlist("case")[: lists.PAGE_LENGTH]
    found = Case.objects.visible_to(request.user).filter(mall=request.mall, number__in=chosen).open()
    cases = list(found.select_related("mall", "handler"))
    if not cases:
        raise Unusable(_("Choose at least one open case first."), field="case")
    case_actions.assign_all(request.act, cases, to=to)
    given = ngettext("%(n)s case given to %(name)s.", "%(n)s cases given to %(name)s.", len(cases))
    messages.info(request, given % {"n": len(cases), "name": to.spoken_name})
    return redirect(_address(request))


@require_POST
@needs("cases.see")
def save(request: DeskRequest) -> HttpResponse:
    query = lists.canonical(_view(request), request.GET)
    saved.save(request.act, request.mall, who=request.user, name=request.POST.get("name", ""), query=query)
    return redirect(_address(request))


@require_POST
@needs("cases.see")
def remove(request: DeskRequest) -> HttpResponse:
    saved.remove(request.act, request.mall, who=request.user, name=request.POST.get("name", ""))
    return redirect(_address(request))


def _view(request: DeskRequest) -> str:
    asked = request.GET.get("view", "mine")
    return asked if asked in lists.VIEWS else "open"


def _address(request: DeskRequest) -> str:
    """The list that this request is about."""
    return f"{reverse('board:cases', args=[request.mall.slug])}?{lists.canonical(_view(request), request.GET)}"
