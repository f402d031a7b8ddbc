"""The pages at the public door."""

from __future__ import annotations

from importlib import import_module
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from sisheng.cases.models import Case
from sisheng.ground.limits.actions import take
from sisheng.ground.limits.addresses import address_of
from sisheng.ground.limits.askers import Asker
from sisheng.ground.refusals import Unusable
from sisheng.ground.ui import shell
from sisheng.kit.evidence.models import Evidence
from sisheng.mall.directory.doors import say_doors
from sisheng.mall.staff.public import PublicRequest, public
from sisheng.mall.staff.visitors import let_in, let_out
from sisheng.windows.portal import forms, places
from sisheng.windows.portal.progress import next_step, open_case, promises, steps

YEAR = 365 * 24 * 60 * 60
SEARCHES = (1200, 60)  # in an hour and at once, from one address: a whole mall may share it


@public("portal.look")
@require_GET
def home(request: PublicRequest) -> HttpResponse:
    """What one may want on the phone: is it open, where is it, what became of my matter, who helps me."""
    mall, at = request.mall, request.act.at
    asked = request.GET.get("q", "").strip()
    here = places.place(mall, request.GET.get("at", ""))
    if asked:
        take(f"portal search:{address_of(request)}", *SEARCHES, at)
    return page(
        request,
        "portal/home.html",
        opening=say_doors(mall.calendar("O"), at),
        asked=asked,
        found=places.found(mall, asked, at) if asked else [],
        here=here,
        counters=places.counters(mall, at),
        can_be_rated=here is not None and here.kind == "desk",
        buttons=_buttons(request, here.code if here else ""),
    )


@public("portal.look")
def progress(request: PublicRequest) -> HttpResponse:
    """Ask for number and code; who has both is let in for half an hour."""
    form = forms.Progress(request.POST if request.method == "POST" else None, initial=_told(request))
    if form.is_valid():
        asker = Asker.of(request, request.act.once, request.act.at)
        try:
            case = open_case(request.act, request.mall, asker, **form.cleaned_data)
        except Unusable as error:
            form.add_error(None, str(error))
        else:
            return let_in(redirect("portal:case", request.mall.slug), request.mall, case.number)
    return page(request, "portal/progress.html", status=422 if form.is_bound else 200, form=form)


@public("portal.look")
@require_GET
def case(request: PublicRequest) -> HttpResponse:
    """How the case stands that this browser has opened."""
    plain = opened_case(request)
    return redirect("portal:progress", request.mall.slug) if plain is None else case_page(request, plain)


def opened_case(request: PublicRequest) -> Case | None:
    """The case whose number and code this browser has shown, if any."""
    return Case.objects.shown_to(request.act.by).select_related("mall", "customer").first()


def case_page(request: PublicRequest, plain: Case, *, fault: str = "", status: int = 200) -> HttpResponse:
    """How it stands; with a sentence on top where something that was asked for could not be done."""
    at = request.act.at
    return page(
        request,
        "portal/case.html",
        status=status,
        fault=fault,
        photos=Evidence.objects.of(plain).filter(by=request.act.by.actor_key).count(),
        case=plain.real() if plain.portal_part_of_kind else plain,
        part=plain.portal_part_of_kind,
        steps=steps(plain),
        promises=promises(plain, at),
        next_step=next_step(plain, at),
    )


@public("portal.look")
@require_POST
def leave(request: PublicRequest) -> HttpResponse:
    """Done looking: the next who takes this phone sees nothing."""
    return let_out(redirect("portal:home", request.mall.slug), request.mall)


@public("portal.look")
@require_POST
def look(request: PublicRequest) -> HttpResponse:
    """Larger letters, or the usual ones."""
    back = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(back if is_ours else reverse("portal:home", args=[request.mall.slug]))
    size = "large" if request.POST.get("type") == "large" else "usual"
    response.set_cookie("type", size, max_age=YEAR, samesite="Lax", secure=request.is_secure())
    return response


def page(request: PublicRequest, template: str, *, status: int = 200, **more: Any) -> HttpResponse:
    return render(request, template, more, status=status)


def _told(request: PublicRequest) -> dict[str, str]:
    """What the slip's QR code brings along. Nothing is looked up before somebody presses the button."""
    return {name: request.GET.get(name, "")[:40] for name in ("number", "code")}


def _buttons(request: PublicRequest, here: str) -> list[dict[str, Any]]:
    table = import_module(settings.SISHENG_PORTAL).BUTTONS
    at = f"?{urlencode({'at': here})}" if here else ""
    found = ((label, shell.address(request, name), icon) for label, name, icon in table)
    return [{"label": label, "url": f"{url}{at}", "icon": icon} for label, url, icon in found if url]
