"""What a customer does about the one case that they have opened: answer an offer, ask us to hurry, add a photo."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sisheng.cases.models import Case
from sisheng.desk.complaints import actions as complaints
from sisheng.desk.complaints.models import Complaint
from sisheng.ground.limits.actions import take
from sisheng.ground.refusals import Overtaken, Refused, Unusable
from sisheng.mall.staff.public import PublicRequest, public
from sisheng.windows.portal import forms
from sisheng.windows.portal.photos import keep_photos
from sisheng.windows.portal.views import case_page, opened_case

HURRY = (1, 2)  # in an hour, and at once
LONGEST = 1000
ANSWERS: dict[str, Callable[..., Complaint]] = {"agree": complaints.agree, "refuse": complaints.refuse}

Step = Callable[[PublicRequest, Case], Any]


def _about_mine(step: Step) -> Callable[[PublicRequest], HttpResponse]:
    """Take a step with the case that this browser has opened, and show how it stands then. Whoever has opened none is
    asked for number and code; a refusal is said on the page of the case."""

    def view(request: PublicRequest) -> HttpResponse:
        case = opened_case(request)
        if case is None:
            return redirect("portal:progress", request.mall.slug)
        try:
            step(request, case)
        except Overtaken:
            sentence = _("There is something new in your matter. Please look once more before you answer.")
            return _told_no(request, sentence, Overtaken.status)
        except Refused as error:
            return _told_no(request, str(error), error.status)
        return redirect("portal:case", request.mall.slug)

    view.__name__, view.__doc__ = step.__name__, step.__doc__
    return public("portal.look")(require_POST(view))


@_about_mine
def answer(request: PublicRequest, case: Case) -> None:
    """Yes or no to what we offered, with or without a word about it."""
    take_it = ANSWERS.get(request.POST.get("answer", ""))
    if take_it is None:
        raise Unusable(_("Please press one of the two buttons."))
    words = request.POST.get("words", "")
    if len(words) > LONGEST:
        raise Unusable(_("That is too long. Please say it in at most %(n)s characters.") % {"n": LONGEST})
    take_it(request.act, _complaint(case), words=words, seen=_seen(request))


@_about_mine
def hurry(request: PublicRequest, case: Case) -> None:
    """It takes too long for them: counted, and told to whoever does the work (CMP-31)."""
    complaint = _complaint(case)
    take(f"portal hurry {case.mall_id}:{case.number}", *HURRY, request.act.at)
    complaints.chase(request.act, complaint)


@_about_mine
def photo(request: PublicRequest, case: Case) -> None:
    form = forms.Photos(request.POST, request.FILES)
    if not form.is_valid():
        raise Unusable(str(form.errors["photos"][0]))
    photos = form.cleaned_data["photos"]
    faults = keep_photos(request, case, photos)
    real = case.real()
    if isinstance(real, Complaint) and len(faults) < len(photos):
        complaints.note_photos(request.act, real)
    if faults:
        raise Unusable(faults[0])


def _complaint(case: Case) -> Complaint:
    real = case.real()
    if not isinstance(real, Complaint):
        raise Http404
    return real


def _seen(request: PublicRequest) -> int:
    """The version of the offer that they had before them."""
    told = request.POST.get("seen", "")
    if not (told.isdecimal() and len(told) < 10):
        raise Unusable(_("This form is damaged. Reload the page and try again."))
    return int(told)


def _told_no(request: PublicRequest, sentence: str, status: int) -> HttpResponse:
    case = opened_case(request)
    return (
        case_page(request, case, fault=sentence, status=status)
        if case
        else redirect("portal:progress", request.mall.slug)
    )
