"""The answers that Django gives by itself, in our words: its handlers, and the form that grew too old."""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse

from sisheng.ground.ui.http import sorry
from sisheng.ground.ui.sentences import PAGE_TOO_OLD


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    is_too_much = isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent)
    return sorry(request, 413 if is_too_much else 400)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    return sorry(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return sorry(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    return sorry(request, 500)


def page_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token is not the session's: somebody logged in again elsewhere, or the page is from yesterday."""
    title, advice = PAGE_TOO_OLD
    return sorry(request, 403, advice, title=title)
