"""The second gate (D3): a page exists for those who may use it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse

from sisheng.mall.staff.request import DeskRequest

View = Callable[..., HttpResponse]


def needs(permission: str) -> Callable[[View], View]:
    """Refuse the page, with its sentence, to whoever does not hold the permission in this mall."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: DeskRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            request.act.must(permission, request.mall)
            return view(request, *args, **kwargs)

        return guarded

    return guard
