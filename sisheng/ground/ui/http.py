"""How a view answers: a whole page, or for htmx only the part that changed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers

from sisheng.ground.refusals import Refused


def is_htmx(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def show(request: HttpRequest, page: str, part: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """Answer htmx with the part, and everybody else with the page that contains it."""
    response = render(request, part if is_htmx(request) else page, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def changed(request: HttpRequest, thing: Any, part: str, context: dict[str, Any], *, tell: str) -> HttpResponse:
    """After an action: htmx is given the part as it is now, everybody else is sent to the page of the thing."""
    if not is_htmx(request):
        return redirect(thing)
    response = render(request, part, context)
    response["HX-Trigger"] = tell
    return response


def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    """A refusal as its sentence, in the form the asker understands."""
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"sentence": str(error), "field": error.field}, status=error.status)
    context = {"sentence": str(error), "field": error.field}
    response = render(
        request, "ui/_refusal.html" if is_htmx(request) else "ui/refusal.html", context, status=error.status
    )
    patch_vary_headers(response, ["HX-Request"])
    return response
