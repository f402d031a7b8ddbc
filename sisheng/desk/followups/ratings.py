"""What customers said at the counters just now, for whoever stands there; and where the faces stand.

Of whom a customer spoke is not shown: ratings are there to help this customer, not to compare colleagues.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_POST

from sisheng.desk.followups import actions
from sisheng.desk.followups.models import Rating
from sisheng.ground.ui.http import show
from sisheng.mall.staff.gate import needs
from sisheng.mall.staff.request import DeskRequest

LATELY, MOST = timedelta(days=7), 50


@require_GET
@needs("ratings.see")
def index(request: DeskRequest) -> HttpResponse:
    """The ratings of the last days, the newest first."""
    return show(request, "followups/ratings.html", "followups/_ratings.html", _context(request))


@require_POST
@needs("customers.forget")
def strike(request: DeskRequest, rating: int) -> HttpResponse:
    """The words go, the figures stay."""
    seen = Rating.objects.visible_to(request.user).select_related("mall", "desk")
    actions.strike_words(request.act, get_object_or_404(seen, mall=request.mall, pk=rating))
    return redirect("followups:ratings", request.mall.slug)


def _context(request: DeskRequest) -> dict[str, Any]:
    ratings = Rating.objects.visible_to(request.user).filter(mall=request.mall, at__gt=request.act.at - LATELY)
    return {
        "ratings": ratings.select_related("desk").order_by("-at", "-pk")[:MOST],
        "desks": request.mall.desks.exclude(code=""),
        "may_strike": request.user.can("customers.forget", request.mall),
        "at": request.act.at,
    }
