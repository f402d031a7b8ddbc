"""What is to be checked, how far one has come, and what was said of one's own work."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_POST

from sisheng.cases.records import Glance
from sisheng.desk.quality import actions
from sisheng.desk.quality.figures import days, right_answers, together
from sisheng.desk.quality.forms import Check
from sisheng.desk.quality.models import Review
from sisheng.desk.quality.sources import glances
from sisheng.ground.once.models import receipt_of
from sisheng.ground.policies import current
from sisheng.ground.refusals import Unusable
from sisheng.ground.ui.http import show
from sisheng.mall.staff.gate import needs
from sisheng.mall.staff.request import DeskRequest

PAGE, PART = "quality/index.html", "quality/_all.html"
MOST = 50
LATELY, DAYS_SHOWN = timedelta(days=30), 7


@dataclass(frozen=True)
class Line:
    """A review with what may be seen of its record, and the form where this person may check it."""

    review: Review
    glance: Glance
    form: forms.Form | None = None
    is_wrong: bool = False  # the form has come back with its faults


@require_GET
@needs("quality.see")
def index(request: DeskRequest) -> HttpResponse:
    return show(request, PAGE, PART, _context(request))


@require_POST
@needs("quality.review")
def check(request: DeskRequest, number: str) -> HttpResponse:
    if receipt_of(actions.review, request.act):
        return redirect("quality:index", request.mall.slug)
    review = _find(request, number)
    form = Check(request.POST, review=review)
    if form.is_valid():
        try:
            actions.review(request.act, review, **form.cleaned_data)
        except Unusable as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            return redirect("quality:index", request.mall.slug)
    return show(request, PAGE, PART, _context(request, review, form), status=422)


@require_POST
@needs("quality.see")
def seen(request: DeskRequest, number: str) -> HttpResponse:
    """I have read it."""
    actions.see(request.act, _find(request, number))
    return redirect("quality:index", request.mall.slug)


def _find(request: DeskRequest, number: str) -> Review:
    reviews = Review.objects.visible_to(request.user).select_related("mall", "agent")
    return get_object_or_404(reviews, mall=request.mall, record=number)


def _context(request: DeskRequest, wrong: Review | None = None, form: forms.Form | None = None) -> dict[str, Any]:
    reviews = Review.objects.visible_to(request.user).filter(mall=request.mall)
    reviews = reviews.select_related("mall", "draw", "agent", "reviewer")
    mine = reviews.exclude(state=Review.State.SAMPLED).filter(agent=request.user)
    lately = request.mall.today(request.act.at) - LATELY
    context = {
        "mine": _lines(request, mine.order_by("state", "-pk")[:MOST]),  # “reviewed” before “seen”
        "mine_right": right_answers(mine.filter(draw__on__gte=lately)),
        "may_check": request.user.can("quality.review", request.mall),
        "at": request.act.at,
    }
    if context["may_check"]:
        lots = days(request.mall, lately)
        waiting = reviews.open().order_by("pk")
        context |= {
            "open": [_with_form(request, line, wrong, form) for line in _lines(request, waiting[:MOST])],
            "open_count": waiting.count(),
            "checked": _lines(request, reviews.exclude(state=Review.State.SAMPLED).order_by("-reviewed_at")[:MOST]),
            "days": lots[:DAYS_SHOWN],
            "coverage": together(day.checked for day in lots),
            "accuracy": together(day.right for day in lots),
            "aim": current(request.mall.pk, "inquiry.accuracy.target", request.act.at).value,
        }
    return context


def _lines(request: DeskRequest, reviews: Iterable[Review]) -> list[Line]:
    """Without those whose record this person may not see."""
    reviews = list(reviews)
    found = glances(request.mall, reviews, request.user)
    return [Line(review, found[review.record]) for review in reviews if review.record in found]


def _with_form(request: DeskRequest, line: Line, wrong: Review | None, form: forms.Form | None) -> Line:
    """Nobody is offered the form about their own work."""
    if request.user.pk in {line.review.agent_id, *line.glance.hands}:
        return line
    if wrong is not None and form is not None and wrong.pk == line.review.pk:
        return Line(line.review, line.glance, form, is_wrong=True)
    return Line(line.review, line.glance, Check(review=line.review))
