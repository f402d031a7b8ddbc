"""The public door: pages of a mall that are there for everybody, without a log-in (D2)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from sisheng.ground.act import Act
from sisheng.mall.directory.models import Mall
from sisheng.mall.staff.visitors import Visitor

View = Callable[..., HttpResponse]
REFUSAL = "portal/refusal.html"  # how a page for customers says no


class PublicRequest(HttpRequest):
    """Annotations only: what the middleware puts on every request at the public door."""

    mall: Mall
    act: Act

    @property
    def visitor(self) -> Visitor:
        return cast("Visitor", self.act.by)


def public(permission: str) -> Callable[[View], View]:
    """This page is for everybody: whoever asks, also somebody logged in, is a visitor there and nothing more.

    The permission is one of VISITORS in config/roles.py. What such a page shows is meant for one pair of eyes, so
    nothing keeps it: no cache, no search engine.
    """

    def open_up(view: View) -> View:
        @wraps(view)
        def opened(request: PublicRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            request.act.must(permission, request.mall)
            response = view(request, *args, **kwargs)
            response.setdefault("Cache-Control", "private, no-store")
            response.setdefault("X-Robots-Tag", "noindex")
            return response

        opened.is_public = True  # type: ignore[attr-defined]
        opened.refusal_page = REFUSAL  # type: ignore[attr-defined]
        return login_not_required(opened)

    return open_up


def is_public(view: Any) -> bool:
    return getattr(view, "is_public", False)


def public_address(request: HttpRequest, path: str) -> str:
    """The whole address of a public page, as it stands in a QR code or a message: under the public name if there is
    one."""
    origin = settings.SISHENG_PUBLIC_ORIGIN
    return f"{origin}{path}" if origin else request.build_absolute_uri(path)


class TwoFrontDoors:
    """Under the public name there is nothing but public pages: not even the log-in of the staff."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        name = urlsplit(settings.SISHENG_PUBLIC_ORIGIN).netloc
        match = request.resolver_match
        if (
            name
            and request.get_host() == name.lower()
            and not is_public(view)
            and match
            and match.view_name not in FOR_BOTH
        ):
            raise Http404


FOR_BOTH = {"set_language", "ui:theme"}
