"""What every template may use without being given it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from sisheng.ground.ui.shell import theme


def page(request: HttpRequest) -> dict[str, Any]:
    """`now` is the moment of the act, the same for everything on the page."""
    act = getattr(request, "act", None)
    return {"now": act.at if act else timezone.now(), "theme": theme(request)}
