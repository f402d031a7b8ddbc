"""How grave a complaint is, told from its facts (domain 3.4). Nobody is asked to choose a letter."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from sisheng.desk.complaints.taxonomy import IMPLIED_FLAGS
from sisheng.ground.policies import current

if TYPE_CHECKING:
    from sisheng.mall.directory.models import Mall

AT_ONCE = frozenset({"injury", "child", "food", "fraud", "media", "violence"})
GRAVE = frozenset({"discrimination", "privacy", "misconduct"})
GRAVE_AMOUNT = Decimal(5000)  # yuan
OFTEN, LATELY = 3, timedelta(days=7)  # the third complaint about one shop within a week


def flags_of(category: str, told: Iterable[str]) -> list[str]:
    """What was ticked, and what the category says by itself."""
    first, _dot, second = category.partition(".")
    implied = IMPLIED_FLAGS.get((first, second))
    return sorted({*told, implied} - {None}) if implied else sorted(set(told))


def severity_of(
    mall: Mall, *, flags: Iterable[str], amount: Decimal | None, against_shop_lately: int, at: datetime
) -> str:
    """S1 to the manager at once, S2 grave, S3 standard, S4 simple and small enough to settle on the spot.

    `against_shop_lately` counts the complaints about the same shop within seven days, this one included.
    """
    flags, disputed = frozenset(flags), amount or Decimal(0)
    if flags & AT_ONCE:
        return "S1"
    if flags & GRAVE or disputed >= GRAVE_AMOUNT or against_shop_lately >= OFTEN:
        return "S2"
    is_small = disputed < current(mall.pk, "complaint.onspot.amount", at).value
    return "S4" if is_small and not flags else "S3"
