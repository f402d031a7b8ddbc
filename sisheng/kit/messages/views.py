"""The panels of messages and notices, and what can be done in them."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from sisheng.cases.models import Case
from sisheng.ground.ui.http import show
from sisheng.kit.messages import actions
from sisheng.kit.messages.models import Message, Notice
from sisheng.mall.staff.gate import needs
from sisheng.mall.staff.request import DeskRequest

MOST = 7  # on the desk home; the page shows more
MOST_ON_PAGE = 100

# Notices are one's own: whoever holds a post in the mall may read them, and nobody else can (ActMiddleware).


@require_GET
def notices(request: DeskRequest) -> HttpResponse:
    return show(request, "messages/notices.html", "messages/_notices.html", _notices(request))


@require_GET
def count(request: DeskRequest) -> HttpResponse:
    """The number in the top bar."""
    return render(request, "messages/_count.html", {"count": _mine(request).unseen().count()})


@require_POST
def see_all(request: DeskRequest) -> HttpResponse:
    actions.see(request.act, request.mall, who=request.user)
    return redirect("messages:notices", request.mall.slug)


@require_POST
def open_notice(request: DeskRequest, notice: int) -> HttpResponse:
    """It is read, and leads to what it is about."""
    found = get_object_or_404(_mine(request).select_related("mall", "case__mall"), pk=notice)
    actions.see(request.act, request.mall, who=request.user, notice=found)
    return redirect(found)


@require_GET
@needs("cases.see")
def of_case(request: DeskRequest, number: str) -> HttpResponse:
    """What the customer of a case was told, and is to be told."""
    case = get_object_or_404(Case.objects.visible_to(request.user), mall=request.mall, number=number)
    return show(request, "messages/of_case.html", "messages/_of_case.html", _of_case(request, case))


@require_POST
@needs("messages.send")
def cancel(request: DeskRequest, message: int) -> HttpResponse:
    return _after(request, actions.cancel(request.act, _find(request, message)))


@require_POST
@needs("messages.send")
def told(request: DeskRequest, message: int) -> HttpResponse:
    return _after(request, actions.told(request.act, _find(request, message)))


def _after(request: DeskRequest, message: Message) -> HttpResponse:
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=message.case_id)
    if request.headers.get("HX-Request") == "true":
        return render(request, "messages/_of_case.html", _of_case(request, case))
    return redirect(case)


def _find(request: DeskRequest, message: int) -> Message:
    seen = Message.objects.visible_to(request.user).select_related("mall", "case", "customer")
    return get_object_or_404(seen, mall=request.mall, pk=message)


def _mine(request: DeskRequest) -> Any:
    return Notice.objects.for_reading(request.user).filter(mall=request.mall)


def _notices(request: DeskRequest) -> dict[str, Any]:
    is_part = request.headers.get("HX-Request") == "true"
    found = _mine(request).select_related("case__mall").order_by("-pk")
    shown = found.unseen()[:MOST] if is_part else found[:MOST_ON_PAGE]
    return {"notices": shown, "unseen": _mine(request).unseen().count(), "at": request.act.at}


def _of_case(request: DeskRequest, case: Case) -> dict[str, Any]:
    return {
        "case": case,
        "messages_sent": case.messages.order_by("-at", "-pk"),
        "may_send": request.user.can("messages.send", request.mall),
        "at": request.act.at,
    }
