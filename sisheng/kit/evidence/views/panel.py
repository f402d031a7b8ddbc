"""All evidence of a case, and something more of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from sisheng.cases.models import Case
from sisheng.ground.refusals import Unusable
from sisheng.ground.ui.http import show
from sisheng.kit.evidence import actions, forms
from sisheng.kit.evidence.models import CctvRequest, Evidence, statements
from sisheng.kit.evidence.models.cctv import POLICY as CCTV
from sisheng.kit.evidence.models.evidence import Kind
from sisheng.kit.evidence.models.statement import POLICY as STATEMENT
from sisheng.kit.evidence.steps import fault_in, when_said
from sisheng.kit.evidence.views.found import case_of
from sisheng.mall.staff.gate import needs
from sisheng.mall.staff.names import spoken_names
from sisheng.mall.staff.request import DeskRequest

PAGE, PANEL = "evidence/panel.html", "evidence/_panel.html"


@require_GET
@needs("evidence.see")
def panel(request: DeskRequest, number: str) -> HttpResponse:
    return show(request, PAGE, PANEL, _context(request, case_of(request, number)))


@needs("evidence.keep")
def add(request: DeskRequest, number: str) -> HttpResponse:
    """Keep a photo, a receipt, a recording, or what somebody said."""
    case = case_of(request, number)
    kind = request.GET.get("kind", "")
    asked = {"kind": kind if kind in Kind.values else Kind.PHOTO}
    sent, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = forms.Add(sent, files, mall=request.mall, initial=asked)
    if form.is_valid():
        told = dict(form.cleaned_data)
        try:
            actions.keep(when_said(request.act, told), case, **told)
        except Unusable as error:
            fault_in(form, error)
        else:
            return redirect("evidence:panel", request.mall.slug, case.number)
    status = 422 if form.is_bound else 200
    return show(request, "evidence/add.html", "evidence/_add.html", {"case": case, "form": form}, status=status)


def _context(request: DeskRequest, case: Case) -> dict[str, Any]:
    kept = list(Evidence.objects.of(case).select_related("file"))
    clocks = {(clock.deadline, clock.part): clock for clock in case.clocks.filter(deadline__in=[CCTV, STATEMENT])}
    for clock in clocks.values():
        clock.case = case
    names = spoken_names({evidence.by for evidence in kept})
    parts = {rule.policy for rule in case.life.parts} if case.is_open else set()
    may = request.user.can
    return {
        "case": case,
        "kept": [(evidence, names[evidence.by]) for evidence in kept],
        "asked": [(one, clocks.get((STATEMENT, one.part))) for one in statements(case).select_related("shop")],
        "pictures": [(one, clocks.get((CCTV, one.part)), one.days_old(request.act.at))
                     for one in CctvRequest.objects.of(case)],
        "may_add": case.is_open and may("evidence.keep", request.mall),
        "may_ask": STATEMENT in parts and may("statements.ask", request.mall),
        "may_ask_cctv": CCTV in parts and may("evidence.cctv", request.mall),
        "at": request.act.at,
    }  # fmt: skip
