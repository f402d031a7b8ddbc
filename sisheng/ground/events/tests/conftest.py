from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction

from sisheng.ground.events.models import Event

RIVERSIDE = 1
CASE = "case:17"


@dataclass(frozen=True)
class Mei:
    """A member of staff, as far as this ring knows people."""

    actor_key: str = "staff:1"

    def can(self, permission: str, mall: Any) -> bool:
        return True


@pytest.fixture
def mei() -> Mei:
    return Mei()


@pytest.fixture
def tell(act, mei):
    """Tell an event in a transaction of its own: `tell("case.open", summary="…")`."""

    def make(
        kind="case.open", topic=CASE, *, mall_id=RIVERSIDE, at=None, said_at=None, personal=None, **details
    ) -> Event:
        with transaction.atomic():
            return Event.record(
                kind, topic, act(mei, at=at, said_at=said_at), mall_id=mall_id, personal=personal, **details
            )

    return make
