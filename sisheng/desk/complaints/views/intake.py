"""Taking a complaint down."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from sisheng.desk.complaints import actions, forms, scripts
from sisheng.ground.once.models import receipt_of
from sisheng.ground.refusals import Unusable
from sisheng.ground.ui.http import show
from sisheng.mall.staff.gate import needs
from sisheng.mall.staff.models import desk_of
from sisheng.mall.staff.request import DeskRequest


@needs("complaints.open")
def begin(request: DeskRequest) -> HttpResponse:
    """Take a complaint down: accept it at once, or keep it as a draft."""
    if request.method != "POST":
        return _form_to_begin(request, _blank(request))
    take = actions.take_down if "draft" in request.POST else actions.receive
    if earlier := receipt_of(take, request.act):
        return redirect(earlier.recall())
    form = forms.Facts(request.POST, mall=request.mall, at=request.act.at)
    if form.is_valid():
        try:
            complaint = take(
                request.act, request.mall, owner=request.user, desk=desk_of(request.user, request.mall), **form.told()
            )
            return redirect(complaint)
        except Unusable as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
    return _form_to_begin(request, form, status=422)


@needs("complaints.open")
def begin_with(request: DeskRequest) -> HttpResponse:
    """The same form, with what the customer has already said to us: in the body, never in an address."""
    if request.method != "POST":  # somebody reloads the page, or changes its language
        return redirect(f"{reverse('complaints:begin', args=[request.mall.slug])}?{request.GET.urlencode()}")
    return _form_to_begin(request, _blank(request, account=request.POST.get("words", "")))


def _blank(request: DeskRequest, **told: str) -> forms.Facts:
    asked = {name: request.GET.get(name, "") for name in ("contact", "unit", "channel")}
    first = {"may_contact": True, "against": "shop", "recording": "none", **asked, **told}
    return forms.Facts(initial=first, mall=request.mall, at=request.act.at)


def _form_to_begin(request: DeskRequest, form: forms.Facts, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "calm": scripts.CALM_DOWN}
    return show(request, "complaints/begin.html", "complaints/_begin.html", context, status=status)
