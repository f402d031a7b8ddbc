"""How long, how much, how often: the registry, and what each mall has decided about it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sisheng.ground.policies.value import Value


def current(mall_id: int, key: str, at: datetime) -> Value:
    """What counts in that mall at that moment. Raises KeyError for a key that is not in config/policies.py."""
    from sisheng.ground.policies.models import in_force  # the package is loaded before its models

    return in_force(mall_id, key, at)


def current_of(mall_id: int, keys: Sequence[str], at: datetime) -> dict[str, Value]:
    """The same for several policies at once, in one query."""
    from sisheng.ground.policies.models import in_force_of  # as above

    return in_force_of(mall_id, keys, at)
