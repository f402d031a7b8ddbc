"""How much each may settle alone, and who decides above that (CTR-08)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import pgettext_lazy

from sisheng.cases.ladder import UPWARDS
from sisheng.ground.policies import current

if TYPE_CHECKING:
    from sisheng.mall.directory.models import Mall
    from sisheng.mall.staff.models import Staff

LIMITS = {"agent": "authority.agent", "lead": "authority.lead", "supervisor": "authority.supervisor"}
WITHOUT_LIMIT = UPWARDS[-1]
ROLE_WORDS: Mapping[str, Any] = {
    "lead": pgettext_lazy("role", "lead"),
    "supervisor": pgettext_lazy("role", "supervisor"),
    "manager": pgettext_lazy("role", "manager"),
}


@dataclass(frozen=True)
class Authority:
    """What one person may decide in one mall at one moment."""

    limit: Decimal | None  # None: as much as it takes
    level: str  # the highest of LEVELS that they hold; empty: none of them

    def covers(self, amount: Decimal | None) -> bool:
        return amount is None or self.limit is None or amount <= self.limit

    def reaches(self, level: str) -> bool:
        return self.level != "" and UPWARDS.index(self.level) >= UPWARDS.index(level)


def authority_of(staff: Staff, mall: Mall, at: datetime) -> Authority:
    """By the highest of their roles there, and by the policy of that moment. A role that is not in the matrix settles
    nothing: who answers for an evening does not for that reason answer for the money."""
    roles = staff.roles_by_mall.get(mall.pk, set())
    level = next((role for role in reversed(UPWARDS) if role in roles), "")
    if level == WITHOUT_LIMIT:
        return Authority(None, level)
    limits = [_limit(mall, role, at) for role in LIMITS if role in roles]
    return Authority(max(limits, default=Decimal(0)), level)


def limit_of(staff: Staff, mall: Mall, at: datetime) -> Decimal | None:
    """Up to how many yuan this person may settle alone; None: there is no limit."""
    return authority_of(staff, mall, at).limit


def is_within(staff: Staff, mall: Mall, amount: Decimal, at: datetime) -> bool:
    """May this person settle that amount alone?"""
    return authority_of(staff, mall, at).covers(amount)


def level_for(mall: Mall, amount: Decimal, at: datetime) -> str:
    """The lowest level that may decide on the amount: lead, supervisor or manager; empty where any agent may."""
    if amount <= _limit(mall, "agent", at):
        return ""
    return next((role for role in UPWARDS if role in LIMITS and amount <= _limit(mall, role, at)), WITHOUT_LIMIT)


def next_above(level: str) -> str:
    """The level above this one; empty above the highest."""
    above = UPWARDS.index(level) + 1 if level else 0
    return UPWARDS[above] if above < len(UPWARDS) else ""


def _limit(mall: Mall, role: str, at: datetime) -> Decimal:
    return Decimal(current(mall.pk, LIMITS[role], at).value)
