"""The one page of a complaint, as every step leaves it."""

from __future__ import annotations

from typing import Any, cast

from django import forms as django_forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from sisheng.desk.complaints import forms, gates
from sisheng.desk.complaints.models import Complaint
from sisheng.desk.complaints.record import context_of
from sisheng.desk.complaints.steps import Step, next_steps, open_steps
from sisheng.desk.complaints.yours import typed_in
from sisheng.ground.refusals import Refused
from sisheng.ground.ui.http import changed, is_htmx, show
from sisheng.mall.staff.request import DeskRequest

PAGE, CARD = "complaints/detail.html", "complaints/_card.html"


def find(request: DeskRequest, number: str) -> Complaint:
    seen = Complaint.objects.visible_to(request.user)
    everything = seen.select_related("mall", "shop", "desk", "customer", "handler", "owner", "about_staff")
    return cast("Complaint", get_object_or_404(everything, mall=request.mall, number=number))


def context_for(request: DeskRequest, complaint: Complaint, **more: Any) -> dict[str, Any]:
    context = {**context_of(complaint, request), "stays_at": complaint.get_absolute_url(), **more}
    if context["show"]:
        context["stays_at"] += f"?show={context['show']}"
    if "chosen" in more:
        chosen = more["chosen"]
        is_first = chosen.name in {step.name for step in context["steps"]}
        context |= {"words_now": chosen.words(complaint), "is_first": is_first}
        # a step that somebody opened stays open when others do something; the first one opens by itself
        if not is_first:
            context["stays_at"] = reverse("complaints:step", args=[request.mall.slug, complaint.number, chosen.name])
    return context


def asked_first(request: DeskRequest, complaint: Complaint, *, after: bool = False) -> dict[str, Any]:
    """The form of the one next step stands open: nobody has to look for it."""
    steps = next_steps(complaint, open_steps(request.user, complaint, request.act.at))
    if len(steps) != 1:
        return {}
    form = form_of(steps[0], request, complaint, blank=after or request.method != "POST")
    return {"form": form, "chosen": steps[0]}


def form_of(chosen: Step, request: DeskRequest, complaint: Complaint, *, blank: bool = False) -> django_forms.Form:
    sent = request.POST if request.method == "POST" and not blank else None
    more: dict[str, Any] = {"initial": _initial(chosen, complaint)}
    if issubclass(chosen.form, forms.MallForm):
        more |= {"mall": request.mall, "at": request.act.at}
    if issubclass(chosen.form, forms.Trace):
        more["needed"] = gates.whys_needed(complaint)
    if chosen.name == "write" and complaint.offer and complaint.offer.offered_at is None:
        more["lines"] = [
            {"kind": line.kind, "value": line.value or None, "payer": line.payer}
            for line in complaint.offer.remedies.all()
        ]
    return cast("django_forms.Form", chosen.form(sent, **more))


def _initial(chosen: Step, complaint: Complaint) -> dict[str, Any]:
    """What is known already need not be typed again."""
    if chosen.name == "find":
        return {"finding": complaint.finding, "substantiated": complaint.substantiated,
                "responsibility": complaint.responsibility, "basis": complaint.basis}  # fmt: skip
    if chosen.name == "write" and complaint.offer and complaint.offer.offered_at is None:
        return {"words": complaint.offer.words, "is_final": complaint.offer.is_final}
    if chosen.name == "trace":
        return {"cause": complaint.cause, **{f"why{n}": why for n, why in enumerate(complaint.whys, start=1)}}
    if chosen.name == "heard":  # a follow-up call may have heard them first; what it heard is not to be lost
        return {"words": complaint.customer_words}
    if chosen.name in {"judge", "settle"}:
        return {"responsibility": complaint.responsibility, "is_done": True}
    return {}


def moved(request: DeskRequest, number: str) -> HttpResponse:
    complaint = find(request, number)
    context = context_for(request, complaint, **asked_first(request, complaint, after=True))
    return changed(request, complaint, CARD, context, tell="case-changed")


def too_late(
    request: DeskRequest, number: str, form: django_forms.Form, error: Refused, chosen: Step | None = None
) -> HttpResponse:
    """Somebody else was faster. Beside a panel a sentence says so and the form stays as it is; who comes without a
    script is shown how it stands now, with the form again, or with the words from it where it has no more place."""
    if is_htmx(request) or not form.is_bound:
        raise error
    complaint = find(request, number)
    if chosen is not None and chosen.is_open_to(request.user, complaint, request.act.at):
        form.add_error(None, str(error))
        more: dict[str, Any] = {"form": form, "chosen": chosen}
    else:
        more = {**asked_first(request, complaint, after=True), "yours": typed_in(form), "said": error.sentence}
        if not more["yours"]:
            raise error
    return show(request, PAGE, CARD, context_for(request, complaint, **more), status=error.status)
