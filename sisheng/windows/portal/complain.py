"""Something is wrong, and somebody says so on the phone (CMP-28): no log-in, no account, no number asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from sisheng.cases.models.case import Channel
from sisheng.desk.complaints import actions as complaints
from sisheng.desk.complaints.models import Complaint
from sisheng.ground.act import Act
from sisheng.ground.limits.actions import take
from sisheng.ground.limits.askers import Asker
from sisheng.ground.refusals import Unusable
from sisheng.mall.directory.models import Mall
from sisheng.mall.directory.models.desks import Capability, Desk
from sisheng.mall.staff.public import PublicRequest, public
from sisheng.mall.staff.visitors import Visitor, let_in
from sisheng.windows.portal import forms, places
from sisheng.windows.portal.about import About, told_about
from sisheng.windows.portal.photos import keep_photos
from sisheng.windows.portal.progress import promises
from sisheng.windows.portal.views import opened_case, page

# How many in an hour, and at once: from one address, behind which a whole mall may stand; and for one phone.
WITH_WORK = (60, 10)
WITHOUT_WORK = (12, 4)
ONE_PHONE = (2, 3)


@public("portal.look")
def complain(request: PublicRequest) -> HttpResponse:
    """The form; a complaint that has what it needs is accepted at once."""
    sent, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = forms.Complain(sent, files, initial=_known(request))
    if form.is_valid():
        told = dict(form.cleaned_data)
        photos = told.pop("photos")
        _count(request, told["phone"])
        try:
            complaint = _received(request, told)
        except Unusable as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            faults = keep_photos(request, complaint, photos)
            there = reverse("portal:received", args=[request.mall.slug]) + ("?photos=no" if faults else "")
            return let_in(redirect(there), request.mall, complaint.number)
    return page(request, "portal/complain.html", status=422 if form.is_bound else 200, form=form)


@public("portal.look")
@require_GET
def received(request: PublicRequest) -> HttpResponse:
    """The number, the code, and what we said by when: to be kept."""
    case = opened_case(request)
    if case is None:
        return redirect("portal:progress", request.mall.slug)
    return page(
        request,
        "portal/received.html",
        case=case,
        promises=promises(case, request.act.at),
        lost_photos="photos" in request.GET,
    )


def channel_of(request: PublicRequest) -> str:
    """Inside a messenger's mini-program, or in a browser."""
    return Channel.MINI if "miniProgram" in request.headers.get("User-Agent", "") else Channel.WEB


def spoken_language() -> str:
    return "en" if (get_language() or "").startswith("en") else "zh"


def count_visit(request: PublicRequest, what: str, phone: str) -> None:
    """Raises TooMany. Whoever leaves somebody else's number cannot have them written to again and again."""
    at, mall = request.act.at, request.mall
    Asker.of(request, request.act.once, at).take(f"{what} {mall.pk}", at, worked=WITH_WORK, not_worked=WITHOUT_WORK)
    if digits := "".join(sign for sign in phone if sign.isdigit())[-11:]:
        take(f"{what} for {mall.pk}:{digits}", *ONE_PHONE, at)


def nobody_yet(request: PublicRequest) -> Act:
    """Somebody new, also in a browser that has opened a case since: the same form sent again is then the same act."""
    return replace(request.act, by=Visitor(request.mall.pk))


def _count(request: PublicRequest, phone: str) -> None:
    count_visit(request, "complain", phone)


def _received(request: PublicRequest, told: dict[str, Any]) -> Complaint:
    about = told_about(request.mall, told.pop("about"), told.pop("about_words"))
    with override(settings.LANGUAGE_CODE):
        label = "" if told["phone"] else _("has the number and the code")
    return complaints.receive(
        nobody_yet(request), request.mall, owner=None, desk=_desk(request.mall), channel=channel_of(request),
        language=spoken_language(), anonymous_label=label, may_contact=bool(told["phone"]), **told, **about,
    )  # fmt: skip


def _desk(mall: Mall) -> Desk | None:
    """Where complaints are worked on."""
    return next((desk for desk in mall.desks.all() if desk.can_do(Capability.COMPLAINTS)), None)


def _known(request: PublicRequest) -> dict[str, Any]:
    """What the code of a place says already."""
    here = places.place(request.mall, request.GET.get("at", ""))
    if here is None:
        return {}
    if here.kind == "desk":
        return {"about": About.DESK, "about_words": here.name}
    return {"about": here.kind, "about_words": f"{here.code} {here.name}"[:60]}
