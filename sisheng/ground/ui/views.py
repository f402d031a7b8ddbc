"""The look of the screen, and the living page of all parts."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from sisheng.ground.refusals import Unusable
from sisheng.ground.ui.shell import THEMES

YEAR = 365 * 24 * 60 * 60


@login_not_required
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keep the chosen look in a cookie and lead back."""
    chosen = request.POST.get("theme", "")
    if chosen not in THEMES:
        raise Unusable(f"theme: {', '.join(THEMES)}", field="theme")
    back = request.POST.get("next", "/")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    # not redirect(), which takes a word without a slash for the name of a view
    response = HttpResponseRedirect(back if is_ours else "/")
    response.set_cookie("theme", chosen, max_age=YEAR, samesite="Lax", secure=request.is_secure())
    return response
