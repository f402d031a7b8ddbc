"""What a view of the desk is given: a request of somebody, in a mall, with its act."""

from __future__ import annotations

from django.http import HttpRequest

from sisheng.ground.act import Act
from sisheng.mall.directory.models import Mall
from sisheng.mall.staff.models import Staff


class DeskRequest(HttpRequest):
    """Annotations only: the middleware puts these on every request of a desk page."""

    user: Staff  # type: ignore[assignment]
    mall: Mall
    act: Act
