"""How a view answers: a whole page, or for htmx only the part that changed; and how it says no."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from sisheng.ground.refusals import Refused, Unusable
from sisheng.ground.ui.sentences import sentence_for


def is_htmx(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def show(request: HttpRequest, page: str, part: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """Answer htmx with the part, and everybody else with the page that contains it."""
    return _vary(render(request, part if is_htmx(request) else page, context, status=status))


def changed(
    request: HttpRequest, thing: Any, part: str, context: dict[str, Any], *, tell: str, said: Any = ""
) -> HttpResponse:
    """After an action: htmx is given the part as it is now, everybody else is sent to the page of the thing.

    `said` is shown and read out for a moment: for where the part itself will soon be gone.
    """
    if not is_htmx(request):
        return redirect(thing)
    response = render(request, part, context)
    response["HX-Trigger"] = tell
    if said:
        response["X-Said"] = quote(str(said))
    return response


def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    """A refusal as its sentence, in the form the asker understands."""
    return sorry(request, error.status, error.sentence, field=error.field)


def sorry(request: HttpRequest, status: int, sentence: Any = "", *, title: Any = "", field: str = "") -> HttpResponse:
    """No, with what to do about it: as JSON, as a sentence for beside a panel (D27), or as a page.

    X-Refusal tells our script that the answer is such a sentence and not the part that was asked for.
    """
    usual_title, usual_advice = sentence_for(status)
    context = {"status": status, "title": title or usual_title, "sentence": sentence or usual_advice, "field": field}
    if wants_json(request):
        return JsonResponse({"sentence": str(context["sentence"]), "field": field}, status=status)
    if is_htmx(request):
        context["is_usual"] = not sentence or bool(title)
        response = render(request, "ui/_refusal.html", context, status=status)
        response["X-Refusal"] = "yes"
        return _vary(response)
    return _vary(render(request, _page_of_no(request), {**context, "back": _way_back(request)}, status=status))


def _page_of_no(request: HttpRequest) -> str:
    """A view may bring a page of its own for this: what customers see is not dressed as the desk."""
    view = request.resolver_match.func if request.resolver_match else None
    return getattr(view, "refusal_page", "ui/refusal.html")


def _way_back(request: HttpRequest) -> str:
    """Where they came from, if that was another page of ours; else the front door."""
    came_from = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure())
    return came_from if is_ours and came_from != request.build_absolute_uri() else "/"


def _vary(response: HttpResponse) -> HttpResponse:
    patch_vary_headers(response, ["HX-Request", "Accept"])
    return response


def version_seen(request: HttpRequest) -> int | None:
    """The version that was on the person's screen when they decided; None where the form does not say.
    Raises Unusable where it says no number."""
    told = request.POST.get("seen", "")
    if told and not (told.isdecimal() and len(told) < 10):
        raise Unusable(_("This form is damaged. Reload the page and try again."), field="seen")
    return int(told) if told else None
