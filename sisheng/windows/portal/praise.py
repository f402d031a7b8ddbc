"""Somebody was good to them, or they have an idea: two taps and a few words (INQ-12, INQ-13)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from sisheng.desk.praise import actions
from sisheng.desk.praise.models import Praise, Suggestion
from sisheng.ground.refusals import Unusable
from sisheng.mall.staff.public import PublicRequest, public
from sisheng.windows.portal import forms, places
from sisheng.windows.portal.about import known_person, known_shop
from sisheng.windows.portal.complain import channel_of, count_visit, nobody_yet, spoken_language
from sisheng.windows.portal.views import page


@public("portal.look")
def praise(request: PublicRequest) -> HttpResponse:
    here = places.place(request.mall, request.GET.get("at", "") or request.POST.get("at", ""))
    form = forms.Praise(request.POST if request.method == "POST" else None, initial={"kind": "praise"})
    if form.is_valid():
        told = dict(form.cleaned_data)
        count_visit(request, "praise", told["phone"])
        try:
            given = _given(request, told, here)
        except Unusable as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            return page(request, "portal/thanks.html", given=given, wants_answer=bool(told["phone"]))
    return page(request, "portal/praise.html", status=422 if form.is_bound else 200, form=form, here=here)


def _given(request: PublicRequest, told: dict[str, Any], here: places.Place | None) -> Praise | Suggestion:
    kind, person = told.pop("kind"), told.pop("person")
    shop = known_shop(request.mall, here.code) if here and here.kind == "shop" else None
    more = {**told, "shop": shop, "channel": channel_of(request), "language": spoken_language()}
    if kind == "suggestion":
        return actions.suggest(nobody_yet(request), request.mall, **more)
    named = known_person(request.mall, person) if person else None
    return actions.give(nobody_yet(request), request.mall, person=named, person_words=person, **more)
