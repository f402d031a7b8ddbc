"""Whoever holds a link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from sisheng.kit.links.models import OneTimeLink


@dataclass(frozen=True)
class LinkHolder:
    """Somebody who acts by a link. What they may do is told by its purpose: LINKS in config/roles.py, in its mall only.

    Which case, and which part of it, says the link: a page shows `link.case` and nothing else.
    """

    link: OneTimeLink

    @property
    def actor_key(self) -> str:
        return f"link:{self.link.pk}"

    def can(self, permission: str, mall: Any) -> bool:
        granted = import_string(settings.SISHENG_LINKS).get(self.link.purpose, frozenset())
        return mall.pk == self.link.mall_id and permission in granted

    def malls_where(self, permission: str) -> list[int]:
        """In none: what staff may see is not shown to whoever holds a link."""
        return []
