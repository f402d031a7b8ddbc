"""What is asked of others: a statement of a shop, camera pictures of security."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from sisheng.cases.models import Case
from sisheng.ground.refusals import Unusable
from sisheng.ground.ui.http import show
from sisheng.kit.evidence import actions, forms
from sisheng.kit.evidence.models import CctvRequest, ShopStatement
from sisheng.kit.evidence.steps import OF_CCTV, OF_STATEMENT, fault_in, offers, take
from sisheng.kit.evidence.views.found import case_of, cctv_of, statement_of
from sisheng.mall.staff.gate import needs
from sisheng.mall.staff.request import DeskRequest


@needs("statements.ask")
def ask_statement(request: DeskRequest, number: str) -> HttpResponse:
    case = case_of(request, number)
    sent = request.POST if request.method == "POST" else None
    form = forms.AskStatement(sent, mall=request.mall, initial={"shop": case.shop_id})
    if form.is_valid():
        try:
            asked = actions.ask_statement(request.act, case, **form.cleaned_data)
        except Unusable as error:
            fault_in(form, error)
        else:
            return redirect("evidence:statement", request.mall.slug, case.number, asked.pk)
    return _asked(request, case, form, "evidence/ask_statement.html")


@require_GET
@needs("evidence.see")
def statement(request: DeskRequest, number: str, pk: int) -> HttpResponse:
    return _statement(request, statement_of(request, number, pk))


@needs("evidence.see")
def statement_step(request: DeskRequest, number: str, pk: int, name: str) -> HttpResponse:
    thing = statement_of(request, number, pk)
    missing = take(request, OF_STATEMENT, thing, name)
    return _statement(request, thing, missing) if missing is not None else redirect(
        "evidence:statement", request.mall.slug, number, pk
    )  # fmt: skip


def _statement(request: DeskRequest, thing: ShopStatement, missing: forms.MallForm | None = None) -> HttpResponse:
    context = {
        "statement": thing, "case": thing.case, "clock": _clock(thing), "at": request.act.at,
        "answers": thing.evidence.select_related("file").order_by("number"),
        "may_ask": request.user.can("statements.ask", request.mall),
        "offers": offers(request, OF_STATEMENT, thing, sent=missing),
    }  # fmt: skip
    status = 422 if missing else 200
    return show(request, "evidence/statement.html", "evidence/_statement.html", context, status=status)


@needs("evidence.cctv")
def ask_cctv(request: DeskRequest, number: str) -> HttpResponse:
    case = case_of(request, number)
    sent = request.POST if request.method == "POST" else None
    form = forms.AskCctv(sent, mall=request.mall, initial={"requester": request.user.spoken_name, "place": case.place})
    if form.is_valid():
        try:
            actions.ask_cctv(request.act, case, **form.cleaned_data)
        except Unusable as error:
            fault_in(form, error)
        else:
            return redirect("evidence:panel", request.mall.slug, case.number)
    return _asked(request, case, form, "evidence/ask_cctv.html")


@require_GET
@needs("evidence.see")
def cctv(request: DeskRequest, number: str, pk: int) -> HttpResponse:
    return _cctv(request, cctv_of(request, number, pk))


@needs("evidence.see")
def cctv_step(request: DeskRequest, number: str, pk: int, name: str) -> HttpResponse:
    thing = cctv_of(request, number, pk)
    missing = take(request, OF_CCTV, thing, name)
    return _cctv(request, thing, missing) if missing is not None else redirect(
        "evidence:cctv", request.mall.slug, number, pk
    )  # fmt: skip


def _cctv(request: DeskRequest, thing: CctvRequest, missing: forms.MallForm | None = None) -> HttpResponse:
    context = {
        "picture": thing, "case": thing.case, "clock": _clock(thing), "at": request.act.at,
        "days": thing.days_old(request.act.at), "viewings": thing.viewings.order_by("at", "pk"),
        "offers": offers(request, OF_CCTV, thing, sent=missing),
    }  # fmt: skip
    return show(request, "evidence/cctv.html", "evidence/_cctv.html", context, status=422 if missing else 200)


def _clock(thing: Any) -> Any:
    clock = thing.clock
    if clock:
        clock.case = thing.case
    return clock


def _asked(request: DeskRequest, case: Case, form: forms.MallForm, page: str) -> HttpResponse:
    context = {"case": case, "form": form}
    return show(request, page, "evidence/_ask.html", context, status=422 if form.is_bound else 200)
