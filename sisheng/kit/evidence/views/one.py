"""One piece of evidence: what it is, who held it, and its file."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from sisheng.ground.files.sending import send
from sisheng.ground.ui.http import show
from sisheng.kit.evidence import actions, forms
from sisheng.kit.evidence.models import Evidence
from sisheng.kit.evidence.steps import OF_EVIDENCE, offers, take
from sisheng.kit.evidence.views.found import evidence_of
from sisheng.mall.staff.gate import needs
from sisheng.mall.staff.names import told
from sisheng.mall.staff.request import DeskRequest


@require_GET
@needs("evidence.see")
def one(request: DeskRequest, number: str, which: int) -> HttpResponse:
    evidence = evidence_of(request, number, which)
    if not evidence.file:
        actions.look(request.act, evidence)  # its words stand on the page
    return _shown(request, evidence)


@require_GET
@needs("evidence.see")
def file(request: DeskRequest, number: str, which: int) -> HttpResponseBase:
    """The clean copy of a picture; of what has no such copy, what was kept."""
    evidence = evidence_of(request, number, which)
    if evidence.file is None:
        raise Http404
    actions.look(request.act, evidence)
    return send(evidence.file, copy=evidence.file.is_picture)


@needs("evidence.see")
def step(request: DeskRequest, number: str, which: int, name: str) -> HttpResponseBase:
    evidence = evidence_of(request, number, which)
    missing = take(request, OF_EVIDENCE, evidence, name)
    if missing is not None:
        return _shown(request, evidence, missing)
    if name == "original" and evidence.file:
        return send(evidence.file)
    return redirect(evidence)


def _shown(request: DeskRequest, evidence: Evidence, missing: forms.MallForm | None = None) -> HttpResponse:
    context = {
        "evidence": evidence,
        "case": evidence.case,
        "custody": told(evidence.custody()),
        "offers": offers(request, OF_EVIDENCE, evidence, sent=missing),
        "at": request.act.at,
    }
    return show(request, "evidence/one.html", "evidence/_one.html", context, status=422 if missing else 200)
