"""The papers of a complaint as pages: each is a PDF, in the customer's language unless another is asked for."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any, cast
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from sisheng.desk.complaints import actions, forms, papers
from sisheng.desk.complaints.models import Complaint
from sisheng.desk.complaints.papers.counter import waiting
from sisheng.ground.once.models import receipt_of
from sisheng.ground.ui.http import show
from sisheng.kit.paper.casefile import build
from sisheng.kit.paper.documents import Document
from sisheng.kit.paper.rendering import Language, pdf
from sisheng.mall.staff.gate import needs
from sisheng.mall.staff.public import public_address
from sisheng.mall.staff.request import DeskRequest


@needs("complaints.handle")
def slip(request: DeskRequest, number: str) -> HttpResponse:
    """The customer's slip. Printed (a POST), it also brings what is to be told in person, and ticks that off."""
    complaint = _find(request, number)
    one = _print(request, complaint)
    told = waiting(one)
    paper = papers.customer_slip(one, told)
    answer = _answer(request, one, paper)
    if request.method == "POST":
        actions.hand_slip(request.act, complaint, messages=[message.pk for message in told])
    return answer


@require_GET
@needs("complaints.handle")
def form(request: DeskRequest, number: str) -> HttpResponse:
    """投诉受理单."""
    one = _print(request, _find(request, number))
    return _answer(request, one, papers.acceptance_form(one))


@require_GET
@needs("complaints.handle")
def handling(request: DeskRequest, number: str) -> HttpResponse:
    """投诉处理单."""
    one = _print(request, _find(request, number), is_ours=True)
    return _answer(request, one, papers.handling_form(one))


@require_GET
@needs("complaints.handle")
def letter(request: DeskRequest, number: str) -> HttpResponse:
    """The letter with our final answer."""
    one = _print(request, _find(request, number))
    return _answer(request, one, papers.final_letter(one))


@needs("complaints.export")
def casefile(request: DeskRequest, number: str) -> HttpResponse:
    """Everything about it in one sealed file, for somebody who says what for."""
    complaint = _find(request, number)
    sent = request.POST if request.method == "POST" else None
    purpose = forms.Export(sent, initial={"language": _language(request, complaint)})
    if not purpose.is_valid():
        status = 422 if purpose.is_bound else 200
        context = {"complaint": complaint, "form": purpose}
        return show(request, "complaints/casefile.html", "complaints/_casefile.html", context, status=status)
    one = _print(request, complaint, is_ours=True, language=purpose.cleaned_data["language"])
    if earlier := receipt_of(actions.export, request.act):
        one = replace(one, at=earlier.at)  # the second of a double click is the file that the first one told of
    attached = papers.originals(complaint)
    file = build(papers.case_file(one, attached), [inside for _piece, inside in attached.values()],
                 language=one.language)  # fmt: skip
    actions.export(
        request.act, complaint, purpose=purpose.cleaned_data["purpose"],
        sha256=hashlib.sha256(file).hexdigest(), pieces=[piece for piece, _inside in attached.values()],
    )  # fmt: skip
    return _pdf(file, f"{complaint.number}.pdf", is_shown=False)


def _print(request: DeskRequest, complaint: Complaint, *, is_ours: bool = False, language: str = "") -> papers.Print:
    """What leads the customer to their progress; what stays in the house, or goes to an authority, to the record."""
    if is_ours:
        link = request.build_absolute_uri(complaint.get_absolute_url())
    else:
        told = urlencode({"number": complaint.number, "code": complaint.public_code})
        link = public_address(request, f"{reverse('portal:progress', args=[request.mall.slug])}?{told}")
    return papers.Print(
        complaint=complaint,
        at=request.act.at,
        by=request.user.code,
        link=link,
        language=cast("Language", language or _language(request, complaint)),
    )


def _language(request: DeskRequest, complaint: Complaint) -> Language:
    """As asked for, else as the customer speaks: whoever does not speak Chinese is given English."""
    asked = request.GET.get("language", "")
    if asked in {"zh", "en"}:
        return cast("Language", asked)
    return "zh" if complaint.language.startswith("zh") else "en"


def _answer(request: DeskRequest, one: papers.Print, paper: Document) -> HttpResponse:
    content = pdf(paper, language=one.language, large=request.GET.get("large") == "1")
    return _pdf(content, f"{one.complaint.number}-{paper.template}.pdf")


def _pdf(content: bytes, name: str, *, is_shown: bool = True) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(not is_shown, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response


def _find(request: DeskRequest, number: str) -> Complaint:
    seen: Any = Complaint.objects.visible_to(request.user)
    everything = seen.select_related("mall", "shop", "desk", "customer", "about_staff", "merged_into")
    return cast("Complaint", get_object_or_404(everything, mall=request.mall, number=number))
