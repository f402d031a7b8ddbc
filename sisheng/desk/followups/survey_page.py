"""The question by link, as the customer sees it on the phone."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from sisheng.desk.followups import actions, forms
from sisheng.desk.followups.models import Survey
from sisheng.ground.refusals import Unusable
from sisheng.kit.links.models import OneTimeLink
from sisheng.mall.staff.public import PublicRequest

PAGE, THANKS = "followups/_portal_survey.html", "followups/_portal_thanks.html"


def survey(request: PublicRequest, link: OneTimeLink) -> HttpResponse:
    """Answer, or say that one does not want to be asked: both are one button (SAT-02)."""
    asked = get_object_or_404(
        Survey.objects.select_related("mall", "case__mall"), mall=request.mall, case=link.case_id, number=link.part
    )
    if request.method == "POST" and "stop" in request.POST:
        actions.opt_out(request.act, asked, link=link)
        return render(request, THANKS, {"is_stop": True})
    form = forms.Survey(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.answer(request.act, asked, link=link, **form.cleaned_data)
        except Unusable as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            return render(request, THANKS, {"is_stop": False, "is_solved": form.cleaned_data["is_solved"]})
    return render(request, PAGE, {"form": form, "case": link.case}, status=422 if form.is_bound else 200)
