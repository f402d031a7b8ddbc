"""Who acts at the public door: somebody nobody knows, or somebody who has shown the number and code of one case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from sisheng.mall.directory.models import Mall

COOKIE = "shown"
LASTS = timedelta(minutes=30)
SALT = "sisheng.mall.visitors"


@dataclass(frozen=True)
class Visitor:
    """Somebody at the public door of a mall. What visitors may do is VISITORS in config/roles.py."""

    mall_id: int

    kind = "visitor"

    @property
    def actor_key(self) -> str:
        return "visitor"

    def can(self, permission: str, mall: Any) -> bool:
        return mall.pk == self.mall_id and permission in import_string(settings.SISHENG_VISITORS)[self.kind]

    def malls_where(self, permission: str) -> list[int]:
        """In none: what staff may see is never shown at this door."""
        return []

    @property
    def opened(self) -> tuple[int, str] | None:
        """The one case that this visitor has opened: its mall and number."""
        return None


@dataclass(frozen=True)
class CaseVisitor(Visitor):
    """A visitor who has shown the number and the public code of a case, and may act on that one for a while."""

    number: str

    kind = "case_visitor"

    @property
    def actor_key(self) -> str:
        return f"visitor:{self.number}"

    @property
    def opened(self) -> tuple[int, str] | None:
        return self.mall_id, self.number


def visitor_of(request: HttpRequest, mall: Mall) -> Visitor:
    """Who stands at the door of this mall, as their browser can prove."""
    try:
        told = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        return Visitor(mall.pk)
    return CaseVisitor(mall.pk, told["number"]) if told["mall"] == mall.pk else Visitor(mall.pk)


def let_in(response: HttpResponse, mall: Mall, number: str) -> HttpResponse:
    """Let this browser see that case, for half an hour, in that mall."""
    proof = signing.dumps({"mall": mall.pk, "number": number}, salt=SALT)
    response.set_cookie(
        COOKIE, proof, max_age=LASTS, path=f"/{mall.slug}/", httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response


def let_out(response: HttpResponse, mall: Mall) -> HttpResponse:
    """The phone is handed back, or somebody else's turn has come."""
    response.delete_cookie(COOKIE, path=f"/{mall.slug}/", samesite="Lax")
    return response
