"""The poster of a place: its QR code leads to the customers' page, and whom one can ring stands in figures. The one
that stands on a counter leads to its five faces (SAT-03)."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from sisheng.ground.ui.qr import drawn
from sisheng.mall.staff.gate import needs
from sisheng.mall.staff.public import public_address
from sisheng.mall.staff.request import DeskRequest
from sisheng.windows.portal import places


@needs("directory.see")
@require_GET
def poster(request: DeskRequest) -> HttpResponse:
    """For the whole mall, or for the place that `at` names. Printed by the browser."""
    code = request.GET.get("at", "").strip()
    place = places.place(request.mall, code) if code else None
    if code and place is None:
        raise Http404
    asks = place is not None and place.kind == "desk" and request.GET.get("for") == "rating"
    path = reverse("portal:rate" if asks else "portal:home", args=[request.mall.slug])
    query = f"?{urlencode({'at': place.code})}" if place else ""
    address = public_address(request, f"{path}{query}")
    places_here = places.every_place(request.mall)
    more: dict[str, Any] = {
        "place": place, "places": places_here, "address": address, "code": drawn(address), "asks": asks,
    }  # fmt: skip
    return render(request, "portal/poster.html", more)
