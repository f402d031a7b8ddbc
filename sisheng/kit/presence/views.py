"""The one page of presence: say that one is there, and be told who else is."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from sisheng.cases.models import Case
from sisheng.kit.presence import actions
from sisheng.kit.presence.models import Presence
from sisheng.mall.staff.gate import needs
from sisheng.mall.staff.request import DeskRequest


@require_POST
@needs("cases.see")
def here(request: DeskRequest, number: str) -> HttpResponse:
    """Whoever may not see the case is told nothing of who works on it."""
    seen = Case.objects.visible_to(request.user).filter(mall=request.mall).select_related("mall")
    case = get_object_or_404(seen, number=number)
    actions.be_here(request.act, case, who=request.user, field=request.POST.get("field", ""))
    others = Presence.objects.at(case, request.act.at).exclude(staff=request.user)
    return render(request, "presence/_here.html", {"case": case, "others": others})
