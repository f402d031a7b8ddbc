"""What all records of a mall have in common."""

from __future__ import annotations

from typing import Any, Self

from django.db import models


class MallQuerySet(models.QuerySet[Any]):
    """Records that belong to a mall, and the only way to load them for somebody (D3)."""

    def visible_to(self, who: Any) -> Self:
        """Those of the malls where this person holds a post; a stranger sees none."""
        return self.filter(mall_id__in=who.roles_by_mall)
