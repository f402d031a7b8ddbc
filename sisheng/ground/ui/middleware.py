"""Closed by default, and said so in the form that the asker understands."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseBase

from sisheng.ground.ui.http import is_htmx, sorry, wants_json


class LoginRequired(LoginRequiredMiddleware):
    """A page leads to the log-in. A panel or a stream is answered 401: there a log-in form helps nobody (D27)."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseBase:  # type: ignore[override]
        is_stream = request.headers.get("Accept", "").startswith("text/event-stream")
        if is_htmx(request) or wants_json(request) or is_stream:
            return sorry(request, 401)
        return super().handle_no_permission(request, view_func)
