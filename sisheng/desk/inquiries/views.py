"""The pages of an inquiry."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from sisheng.desk.inquiries import actions, forms
from sisheng.desk.inquiries.models import Inquiry
from sisheng.ground.once.models import receipt_of
from sisheng.ground.privacy.actions import REASONS, SHOWN_FOR, reveal
from sisheng.ground.refusals import Unusable
from sisheng.ground.ui.http import changed, show, version_seen
from sisheng.mall.staff.gate import needs
from sisheng.mall.staff.models import desk_of
from sisheng.mall.staff.names import told
from sisheng.mall.staff.request import DeskRequest

PAGE, CARD = "inquiries/detail.html", "inquiries/_card.html"

MOVES: dict[str, tuple[type[django_forms.Form], Callable[..., Inquiry]]] = {
    "ask": (forms.Nothing, actions.ask),
    "reach": (forms.TryBrand, actions.try_brand),
    "answer": (forms.Answer, actions.answer),
    "renew": (forms.Renew, actions.renew),
    "call_back": (forms.Nothing, actions.call_back),
    "miss": (forms.Reason, actions.miss),
    "close": (forms.Close, actions.close),
    "withdraw": (forms.Reason, actions.withdraw),
}


@require_GET
@needs("cases.see")
def detail(request: DeskRequest, number: str) -> HttpResponse:
    return show(request, PAGE, CARD, _context(request, _find(request, number)))


@needs("inquiries.open")
def begin(request: DeskRequest) -> HttpResponse:
    """Take down a question that cannot be answered now."""
    if request.method != "POST":
        return _form_to_begin(request, _blank(request))
    if earlier := receipt_of(actions.begin, request.act):
        return redirect(earlier.recall())
    form = forms.Begin(request.POST, mall=request.mall, at=request.act.at)
    if form.is_valid():
        try:
            return redirect(_begun(request, dict(form.cleaned_data)))
        except Unusable as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
    return _form_to_begin(request, form, status=422)


@needs("inquiries.open")
def begin_with(request: DeskRequest) -> HttpResponse:
    """The same form, with what the customer has already said to us.

    Their words come in the body and change nothing: what stands in an address is kept in histories and logs.
    """
    if request.method != "POST":  # somebody reloads the page, or changes its language
        return redirect(f"{reverse('inquiries:begin', args=[request.mall.slug])}?{request.GET.urlencode()}")
    return _form_to_begin(request, _blank(request, question=request.POST.get("words", "")))


def _blank(request: DeskRequest, **told: str) -> forms.Begin:
    asked = {name: request.GET.get(name, "") for name in ("contact", "unit", "channel")} | {"pick": "1h"} | told
    return forms.Begin(initial=asked, mall=request.mall, at=request.act.at)


def _form_to_begin(request: DeskRequest, form: forms.Begin, *, status: int = 200) -> HttpResponse:
    return show(request, "inquiries/begin.html", "inquiries/_begin.html", {"form": form}, status=status)


def _begun(request: DeskRequest, told: dict[str, Any]) -> Inquiry:
    return actions.begin(
        request.act, request.mall, handler=request.user, desk=desk_of(request.user, request.mall),
        shop=told.pop("unit"), contact_number=told.pop("contact"), channel=told.pop("channel") or "counter", **told,
    )  # fmt: skip


@needs("customers.reveal")
def phone(request: DeskRequest, number: str) -> HttpResponse:
    """The customer's number, masked; shown for half a minute to somebody who says why (PRV-01, PRV-04)."""
    inquiry = _find(request, number)
    if inquiry.customer is None:
        raise Http404
    shown = ""
    if request.method == "POST":
        shown = reveal(request.act, inquiry.customer, "phone", request.POST.get("reason", ""))
    response = show(request, PAGE, "inquiries/_phone.html", _context(request, inquiry, shown=shown))
    response["Cache-Control"] = "no-store"
    return response


@needs("inquiries.handle")
def move(request: DeskRequest, number: str, name: str) -> HttpResponse:
    """Ask for what a transition needs, or make it."""
    inquiry = _find(request, number)
    form_class, action = _lookup(name)
    form = _form(form_class, request, inquiry)
    if receipt_of(action, request.act):
        return _moved(request, inquiry)
    if form.is_valid():
        action(request.act, inquiry, seen=version_seen(request), **form.cleaned_data)
        return _moved(request, inquiry)
    status = 422 if form.is_bound else 200
    return show(
        request,
        PAGE,
        CARD,
        _context(request, inquiry, form=form, move=inquiry.life.find(name, inquiry.status)),
        status=status,
    )


def _moved(request: DeskRequest, inquiry: Inquiry) -> HttpResponse:
    return changed(request, inquiry, CARD, _context(request, inquiry), tell="case-changed")


def _form(form_class: type[django_forms.Form], request: DeskRequest, inquiry: Inquiry) -> django_forms.Form:
    sent = request.POST if request.method == "POST" else None
    if form_class is forms.TryBrand:
        return form_class(sent, shop=inquiry.shop)
    if issubclass(form_class, forms.PromiseForm):
        return form_class(sent, mall=inquiry.mall, at=request.act.at)
    return form_class(sent)


def _find(request: DeskRequest, number: str) -> Inquiry:
    seen = Inquiry.objects.visible_to(request.user)
    everything = seen.select_related("mall", "shop", "desk", "customer", "handler", "owner")
    return get_object_or_404(everything, mall=request.mall, number=number)


def _lookup(name: str) -> tuple[type[django_forms.Form], Callable[..., Inquiry]]:
    try:
        return MOVES[name]
    except KeyError:
        raise Http404 from None


def _context(request: DeskRequest, inquiry: Inquiry, **more: Any) -> dict[str, Any]:
    clocks = list(inquiry.clocks.order_by("started_at", "pk"))
    for clock in clocks:
        clock.case = inquiry
    repeat = inquiry.links.filter(kind="repeat").select_related("target__mall").first()
    return {
        "inquiry": inquiry,
        "clocks": clocks,
        "moves": inquiry.transitions_for(request.user),
        "tries": inquiry.tries.select_related("contact").order_by("-at", "-pk"),
        "brand_contacts": inquiry.shop.contacts.order_by("topic", "position") if inquiry.shop else [],
        "repeat": repeat.target if repeat else None,
        "timeline": told(inquiry.timeline()),
        "may_reveal": inquiry.customer is not None and request.user.can("customers.reveal", request.mall),
        "reasons": REASONS,
        "shown_for": int(SHOWN_FOR.total_seconds()),
        "at": request.act.at,
        **more,
    }
