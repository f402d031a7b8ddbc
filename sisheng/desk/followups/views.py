"""The pages of the follow-up calls."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any, cast

from django import forms as django_forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from sisheng.cases.models import Case
from sisheng.desk.followups import actions, forms
from sisheng.desk.followups.lifecycle import OPEN
from sisheng.desk.followups.models import FollowUp, Survey
from sisheng.desk.followups.record import context_of
from sisheng.desk.followups.results import at_the_counter, open_words, rows
from sisheng.ground.once.models import receipt_of
from sisheng.ground.refusals import Unusable
from sisheng.ground.ui.http import changed, show, version_seen
from sisheng.mall.staff.gate import needs
from sisheng.mall.staff.request import DeskRequest

PAGE, CARD = "followups/detail.html", "followups/_card.html"
MOST = 100  # calls on one page; whoever has more to ring today needs help first

STEPS: dict[str, tuple[type[django_forms.Form], Callable[..., FollowUp]]] = {
    "finish": (forms.Finish, actions.finish),
    "attempt": (forms.NotReached, actions.attempt),
    "give_up": (forms.Reason, actions.give_up),
    "refuse": (forms.MaybeReason, actions.refuse),
    "cancel": (forms.Reason, actions.call_off),
}


@require_GET
@needs("followups.call")
def index(request: DeskRequest) -> HttpResponse:
    """Whom to ring today: one's own first, then what is nobody's, the earliest promise first."""
    day_ends = datetime.combine(
        request.mall.today(request.act.at) + timedelta(days=1), time(0), tzinfo=request.mall.zone
    )
    waiting = FollowUp.objects.visible_to(request.user).filter(mall=request.mall, status__in=OPEN)
    waiting = waiting.with_clocks().select_related("mall", "customer", "handler", "origin")
    due = list(waiting.filter(next_due_at__lt=day_ends).order_by("next_due_at", "pk")[: MOST + 1])
    later = waiting.filter(next_due_at__gte=day_ends).order_by("next_due_at", "pk")
    context = {
        "mine": [call for call in due[:MOST] if call.handler_id == request.user.pk],
        "others": [call for call in due[:MOST] if call.handler_id != request.user.pk],
        "there_are_more": len(due) > MOST,
        "later": later[:20],
        "later_count": later.count(),
        "at": request.act.at,
    }
    return show(request, "followups/index.html", "followups/_list.html", context)


@require_GET
@needs("cases.see")
def detail(request: DeskRequest, number: str) -> HttpResponse:
    return show(request, PAGE, CARD, context_of(request, _find(request, number)))


@needs("followups.call")
def step(request: DeskRequest, number: str, name: str) -> HttpResponse:
    """Ask for what a step needs, or do it."""
    call = _find(request, number)
    form_class, action = _lookup(name)
    if receipt_of(action, request.act):
        return _moved(request, number)
    call.life.find(name, call.status)  # raises OutOfTurn in words
    form = _form(form_class, request, call)
    seen = version_seen(request)
    if form.is_valid():
        try:
            action(request.act, call, seen=seen, **form.told())
        except Unusable as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            return _moved(request, number)
    status = 422 if form.is_bound else 200
    return show(request, PAGE, CARD, context_of(request, call, form=form, chosen=name), status=status)


@needs("followups.call")
def phone(request: DeskRequest, number: str) -> HttpResponse:
    """The customer's number, masked; shown for half a minute when they may be rung, to whoever says why (FUP-07)."""
    call = _find(request, number)
    if call.customer is None:
        raise Http404
    shown = ""
    if request.method == "POST":
        shown = actions.number_to_ring(request.act, call, reason=request.POST.get("reason", ""))
    response = show(request, PAGE, "followups/_phone.html", context_of(request, call, shown=shown))
    response["Cache-Control"] = "no-store"
    return response


@require_GET
@needs("cases.see")
def panel(request: DeskRequest, number: str) -> HttpResponse:
    """The calls and the questions by link about one case."""
    case = get_object_or_404(Case.objects.visible_to(request.user), mall=request.mall, number=number)
    calls = FollowUp.objects.visible_to(request.user).filter(origin=case).order_by("opened_at", "pk")
    context = {
        "case": case,
        "calls": calls.with_clocks().select_related("mall"),
        "surveys": Survey.objects.visible_to(request.user).filter(case=case).order_by("round"),
        "at": request.act.at,
    }
    return show(request, "followups/panel.html", "followups/_panel.html", context)


@require_GET
@needs("cases.see")
def results(request: DeskRequest) -> HttpResponse:
    """What people say, in figures and in their words."""
    words, themes = open_words(request.mall, request.act.at)
    figures = {"rows": rows(request.mall, request.act.at), "counter": at_the_counter(request.mall, request.act.at)}
    context = {**figures, "words": words, "themes": themes}
    return show(request, "followups/results.html", "followups/_results.html", context)


def _moved(request: DeskRequest, number: str) -> HttpResponse:
    call = _find(request, number)
    return changed(request, call, CARD, context_of(request, call), tell="case-changed")


def _form(form_class: type[django_forms.Form], request: DeskRequest, call: FollowUp) -> Any:
    sent = request.POST if request.method == "POST" else None
    return forms.Finish(sent, call=call) if form_class is forms.Finish else form_class(sent)


def _find(request: DeskRequest, number: str) -> FollowUp:
    seen = FollowUp.objects.visible_to(request.user)
    everything = seen.select_related("mall", "shop", "desk", "customer", "handler", "owner", "origin__mall")
    return cast("FollowUp", get_object_or_404(everything, mall=request.mall, number=number))


def _lookup(name: str) -> tuple[type[django_forms.Form], Callable[..., FollowUp]]:
    try:
        return STEPS[name]
    except KeyError:
        raise Http404 from None
