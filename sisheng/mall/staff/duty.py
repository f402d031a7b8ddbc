"""The pages of coming on duty and going off."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sisheng.ground.refusals import OutOfTurn, Unusable
from sisheng.mall.directory.models import Desk
from sisheng.mall.staff import actions
from sisheng.mall.staff.gate import needs
from sisheng.mall.staff.models import CheckIn, desk_of
from sisheng.mall.staff.request import DeskRequest


@needs("desk.work")
def check_in(request: DeskRequest) -> HttpResponse:
    """Choose the desk where one stands."""
    desks = Desk.objects.visible_to(request.user).filter(mall=request.mall)
    if request.method == "POST":
        chosen = request.POST.get("desk", "")
        desk = desks.filter(pk=int(chosen)).first() if chosen.isdecimal() and len(chosen) <= 18 else None
        if desk is None:
            raise Unusable(_("Choose a desk from the list."), field="desk")
        try:
            actions.check_in(request.act, desk, person=request.user)
        except OutOfTurn as no:  # said where another desk can be chosen
            return _choose(request, desks, refused=str(no), status=no.status)
        return redirect("board:home", mall=request.mall.slug)
    return _choose(request, desks)


def _choose(request: DeskRequest, desks: QuerySet[Desk], *, refused: str = "", status: int = 200) -> HttpResponse:
    there = CheckIn.objects.present().filter(mall=request.mall).select_related("staff").order_by("in_at")
    people: dict[int, list[str]] = {}
    for one in there:
        people.setdefault(one.desk_id, []).append(one.staff.spoken_name)
    rows = [(desk, people.get(desk.pk, [])) for desk in desks]
    context = {"rows": rows, "mine": desk_of(request.user, request.mall), "refused": refused}
    return render(request, "staff/check_in.html", context, status=status)


@require_POST
@needs("desk.work")
def check_out(request: DeskRequest) -> HttpResponse:
    actions.check_out(request.act, request.mall, person=request.user)
    return redirect("staff:check-in", mall=request.mall.slug)
