"""The second gate (D3): a page exists for those who may use it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpResponseBase

from sisheng.mall.staff.request import DeskRequest

Answer = TypeVar("Answer", bound=HttpResponseBase)


def needs(permission: str) -> Callable[[Callable[..., Answer]], Callable[..., Answer]]:
    """Refuse the page, with its sentence, to whoever does not hold the permission in this mall."""

    def guard(view: Callable[..., Answer]) -> Callable[..., Answer]:
        @wraps(view)
        def guarded(request: DeskRequest, *args: Any, **kwargs: Any) -> Answer:
            request.act.must(permission, request.mall)
            return view(request, *args, **kwargs)

        return guarded

    return guard
