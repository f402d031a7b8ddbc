"""The poster of a place: its QR code leads to the customers' page, and whom one can ring stands in figures."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import segno
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_GET

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
    path = reverse("portal:home", args=[request.mall.slug])
    query = f"?{urlencode({'at': place.code})}" if place else ""
    address = public_address(request, f"{path}{query}")
    more: dict[str, Any] = {"place": place, "address": address, "code": _drawn(address)}
    return render(request, "portal/poster.html", more)


def _drawn(address: str) -> SafeString:
    """The code as SVG. It is made of our own numbers: the address is only drawn, never written into it."""
    drawn = BytesIO()
    segno.make_qr(address, error="m").save(
        drawn, kind="svg", xmldecl=False, svgns=True, border=4, omitsize=True, svgclass=None, lineclass=None,
    )  # fmt: skip
    return mark_safe(drawn.getvalue().decode())  # noqa: S308
