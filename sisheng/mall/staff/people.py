"""The page of those who work here: their posts, where they are, what they are trained for, who stands in for whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sisheng.ground.refusals import NotAllowed, Unusable
from sisheng.mall.directory.bilingual import in_language
from sisheng.mall.staff import actions
from sisheng.mall.staff.forms import NameStandIn
from sisheng.mall.staff.gate import needs
from sisheng.mall.staff.models import CheckIn, Post, Staff, StandIn
from sisheng.mall.staff.posts import SKILL_WORDS, roles_in_words
from sisheng.mall.staff.request import DeskRequest

PAGE = "staff/people.html"


@dataclass(frozen=True)
class Row:
    person: Staff
    roles: str
    desk: str
    skills: list[tuple[str, Any, bool]]  # its key, its word, whether they have it
    covers: list[tuple[StandIn, date, date]]  # now or in the days to come: its first day and its last


@require_GET
@needs("staff.see_presence")
def people(request: DeskRequest) -> HttpResponse:
    return _page(request)


@require_POST
@needs("staff.train")
def skill(request: DeskRequest, code: str) -> HttpResponse:
    """Give one, or take it back."""
    person = get_object_or_404(_who_works_here(request), code=code)
    does = {"give": actions.give_skill, "take": actions.take_skill}.get(request.POST.get("do", ""))
    if does is None:
        raise Unusable(_("Give it or take it."), field="do")
    does(request.act, request.mall, person=person, skill=request.POST.get("skill", ""))
    return redirect("staff:people", request.mall.slug)


@require_POST
@needs("staff.stand_in")
def stand_in(request: DeskRequest) -> HttpResponse:
    """Say who answers for somebody who is away."""
    form = NameStandIn(request.POST, mall=request.mall, people=_who_works_here(request))
    if form.is_valid():
        try:
            actions.stand_in(request.act, request.mall, **form.wish())
        except (NotAllowed, Unusable) as no:
            form.add_error(no.field if no.field in form.fields else None, str(no))
    if not form.is_valid():
        return _page(request, form=form, status=422)
    return redirect("staff:people", request.mall.slug)


@require_POST
@needs("staff.stand_in")
def end_stand_in(request: DeskRequest, cover: int) -> HttpResponse:
    """The absent is back."""
    actions.end_stand_in(request.act, get_object_or_404(StandIn, mall=request.mall, pk=cover))
    return redirect("staff:people", request.mall.slug)


def _who_works_here(request: DeskRequest) -> QuerySet[Staff]:
    return Staff.objects.working_in(request.mall)


def _page(request: DeskRequest, *, form: NameStandIn | None = None, status: int = 200) -> HttpResponse:
    may, mall, who = request.user.can, request.mall, _who_works_here(request)
    today = request.act.at.astimezone(mall.zone).date()
    context = {
        "rows": _rows(request, list(who)),
        "form": form or NameStandIn(initial={"from_at": today, "until_at": today}, mall=mall, people=who),
        "may_train": may("staff.train", mall),
        "may_name": may("staff.stand_in", mall),
    }
    return render(request, PAGE, context, status=status)


def _rows(request: DeskRequest, people: list[Staff]) -> list[Row]:
    mall, lang = request.mall, get_language() or ""
    roles: dict[int, set[str]] = {}
    for staff_id, role in Post.objects.filter(mall=mall).values_list("staff_id", "role"):
        roles.setdefault(staff_id, set()).add(role)
    present = CheckIn.objects.present().filter(mall=mall).select_related("desk")
    desks = {one.staff_id: in_language(one.desk, "name", lang) for one in present}
    covers: dict[int, list[tuple[StandIn, date, date]]] = {}
    to_come = StandIn.objects.filter(mall=mall, until_at__gt=request.act.at).select_related("present")
    for cover in to_come.order_by("from_at", "pk"):
        last = cover.until_at - timedelta(microseconds=1)  # it ends as the next day begins
        days = cover.from_at.astimezone(mall.zone).date(), last.astimezone(mall.zone).date()
        covers.setdefault(cover.absent_id, []).append((cover, *days))
    return [
        Row(
            person,
            roles_in_words(roles[person.pk]),
            desks.get(person.pk, ""),
            [(key, word, key in person.skills.split()) for key, word in SKILL_WORDS.items()],
            covers.get(person.pk, []),
        )
        for person in people
    ]
