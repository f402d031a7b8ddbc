"""The pages of improvements."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from sisheng.cases.models import Case
from sisheng.desk.improvements import actions, forms
from sisheng.desk.improvements.models import Improvement
from sisheng.ground.once.models import receipt_of
from sisheng.ground.refusals import OutOfTurn, Unusable
from sisheng.ground.ui.http import changed, show, version_seen
from sisheng.mall.staff.gate import needs
from sisheng.mall.staff.models import desk_of
from sisheng.mall.staff.names import spoken_names, told
from sisheng.mall.staff.request import DeskRequest

PAGE, CARD = "improvements/detail.html", "improvements/_card.html"
MOST = 100


@dataclass(frozen=True)
class Step:
    """One thing that can be done: what it asks for, and what it calls. `needs` is for what is no transition."""

    form: type[forms.MallForm]
    action: Callable[..., Improvement]
    needs: str = ""
    label: Any = ""


STEPS: dict[str, Step] = {
    "agree": Step(forms.Nothing, actions.agree),
    "start": Step(forms.Nothing, actions.start),
    "finish": Step(forms.Words, actions.finish),
    "verify": Step(forms.Judge, actions.verify),
    "fall_short": Step(forms.Judge, actions.fall_short),
    "try_again": Step(forms.TryAgain, actions.try_again),
    "standardise": Step(forms.Nothing, actions.standardise),
    "drop": Step(forms.Reason, actions.drop),
    "reply": Step(forms.Reply, actions.reply, "improvements.do", pgettext_lazy("do", "Note their answer")),
}


@require_GET
@needs("cases.see")
def index(request: DeskRequest) -> HttpResponse:
    """The board: what is open, by where it stands, and what became the standard last."""
    seen = Improvement.objects.visible_to(request.user).filter(mall=request.mall).select_related("mall", "shop")
    context = {
        "open_ones": seen.open().due_first()[:MOST],
        "over": seen.filter(closed_at__isnull=False).order_by("-closed_at", "-pk")[:20],
        "may_propose": request.user.can("improvements.propose", request.mall),
        "at": request.act.at,
    }
    return show(request, "improvements/index.html", "improvements/_list.html", context)


@needs("improvements.propose")
def begin(request: DeskRequest) -> HttpResponse:
    """Ask for an improvement, because of a case or by itself."""
    origin = _origin(request)
    if earlier := receipt_of(actions.begin, request.act):
        return redirect(origin or earlier.recall())
    form = forms.Begin(request.POST if request.method == "POST" else None, mall=request.mall)
    if form.is_valid():
        try:
            improvement = actions.begin(
                request.act, request.mall, owner=request.user, origin=origin,
                desk=desk_of(request.user, request.mall), **form.told(),
            )  # fmt: skip
            return redirect(origin or improvement)
        except Unusable as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
    status = 422 if form.is_bound else 200
    context = {"form": form, "origin": origin}
    return show(request, "improvements/begin.html", "improvements/_begin.html", context, status=status)


@require_GET
@needs("cases.see")
def panel(request: DeskRequest, number: str) -> HttpResponse:
    """The improvements that came from one case, and a form to ask for another."""
    case = get_object_or_404(Case.objects.visible_to(request.user), mall=request.mall, number=number)
    seen = Improvement.objects.visible_to(request.user)
    context = {
        "case": case,
        "found": seen.filter(origin=case).select_related("mall", "shop").order_by("-pk"),
        "form": forms.Begin(mall=request.mall, auto_id="improve_%s"),
        "may_propose": request.user.can("improvements.propose", request.mall),
        "at": request.act.at,
    }
    return show(request, "improvements/panel.html", "improvements/_panel.html", context)


@require_GET
@needs("cases.see")
def detail(request: DeskRequest, number: str) -> HttpResponse:
    return show(request, PAGE, CARD, _context(request, _find(request, number)))


@needs("cases.see")
def step(request: DeskRequest, number: str, name: str) -> HttpResponse:
    """Ask for what a step needs, or do it."""
    improvement = _find(request, number)
    chosen = STEPS.get(name)
    if chosen is None:
        raise Http404
    if receipt_of(chosen.action, request.act):
        return changed(request, improvement, CARD, _context(request, improvement), tell="case-changed")
    request.act.must(chosen.needs or improvement.life.find(name, improvement.status).needs, improvement.mall)
    if not improvement.is_open:
        raise OutOfTurn(_("This improvement is over."))
    form = chosen.form(request.POST if request.method == "POST" else None, mall=request.mall)
    if form.is_valid():
        seen = {} if chosen.needs else {"seen": version_seen(request)}
        try:
            chosen.action(request.act, improvement, **form.told(), **seen)
            return changed(request, improvement, CARD, _context(request, improvement), tell="case-changed")
        except Unusable as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
    status = 422 if form.is_bound else 200
    return show(request, PAGE, CARD, _context(request, improvement, form=form, chosen=name), status=status)


def _origin(request: DeskRequest) -> Case | None:
    """The case it comes from, where the person may see it."""
    number = request.POST.get("origin", "") or request.GET.get("origin", "")
    if not number:
        return None
    return get_object_or_404(
        Case.objects.visible_to(request.user).select_related("mall"), mall=request.mall, number=number[:20]
    )


def _find(request: DeskRequest, number: str) -> Improvement:
    seen = Improvement.objects.visible_to(request.user).select_related("mall", "shop", "desk", "owner", "origin__mall")
    return cast("Improvement", get_object_or_404(seen, mall=request.mall, number=number))


def _context(request: DeskRequest, improvement: Improvement, *, chosen: str = "", **more: Any) -> dict[str, Any]:
    clocks = list(improvement.clocks.order_by("started_at", "pk"))
    for clock in clocks:
        clock.case = improvement
    offered = [(move.name, move.label) for move in improvement.transitions_for(request.user)]
    if improvement.is_open and request.user.can("improvements.do", request.mall):
        offered.append(("reply", STEPS["reply"].label))
    names = spoken_names({key for key in (improvement.done_by, improvement.verified_by, improvement.reply_by) if key})
    return {
        "improvement": improvement,
        "clocks": clocks,
        "offered": offered,
        "chosen": chosen,
        "chosen_label": dict(offered).get(chosen, ""),
        "timeline": told(improvement.timeline()),
        "done_by": names.get(improvement.done_by, ""),
        "verified_by": names.get(improvement.verified_by, ""),
        "at": request.act.at,
        **more,
    }
