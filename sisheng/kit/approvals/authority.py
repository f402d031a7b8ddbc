"""How much each may settle alone, and who decides above that (CTR-08)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sisheng.cases.ladder import UPWARDS
from sisheng.ground.policies import current
from sisheng.mall.staff import posts
from sisheng.mall.staff.models import answered_for_by, duty_manager

if TYPE_CHECKING:
    from sisheng.mall.directory.models import Mall
    from sisheng.mall.staff.models import Staff

LIMITS = {"agent": "authority.agent", "lead": "authority.lead", "supervisor": "authority.supervisor"}
WITHOUT_LIMIT = UPWARDS[-1]
OF_THE_DAY = "supervisor"  # with whose authority the duty manager of the day decides (ADR 36)
ROLE_WORDS: Mapping[str, Any] = {role: posts.ROLE_WORDS[role] for role in UPWARDS}


@dataclass(frozen=True)
class Authority:
    """What one person may decide in one mall at one moment."""

    limit: Decimal | None  # None: as much as it takes
    level: str  # the highest of LEVELS that they hold; empty: none of them
    lent: tuple[tuple[Staff, Authority], ...] = ()  # by whom; by themselves: as duty manager of the day

    def covers(self, amount: Decimal | None) -> bool:
        return amount is None or self.limit is None or amount <= self.limit

    def reaches(self, level: str) -> bool:
        return self.level != "" and UPWARDS.index(self.level) >= UPWARDS.index(level)

    def without(self, concerned: Collection[int | None]) -> Authority:
        """The greatest of one's own and what others have lent, except those whom the matter concerns."""
        return self._greatest([lent for who, lent in self.lent if who.pk not in concerned])

    def lender(self, level: str, amount: Decimal | None, concerned: Collection[int | None]) -> Staff | None:
        """In whose name it is decided; None: in one's own."""
        if self.reaches(level) and self.covers(amount):
            return None
        lenders = [(who, lent) for who, lent in self.lent if who.pk not in concerned]
        return next((who for who, lent in lenders if lent.reaches(level) and lent.covers(amount)), None)

    def _greatest(self, others: list[Authority]) -> Authority:
        all_of_them = [self, *others]
        limits = [one.limit for one in all_of_them if one.limit is not None]
        return Authority(
            max(limits) if len(limits) == len(all_of_them) else None,
            max((one.level for one in all_of_them), key=_height),
        )


def _height(level: str) -> int:
    return UPWARDS.index(level) if level else -1


def deciding_authority_of(staff: Staff, mall: Mall, at: datetime) -> Authority:
    """What somebody may say to what others ask: with the authority of those for whom they stand in, and on the day on
    which they are duty manager with that of a supervisor. They promise no more by themselves for that."""
    own = authority_of(staff, mall, at)
    lent = [(absent, authority_of(absent, mall, at)) for absent in answered_for_by(mall, staff, at)]
    today = duty_manager(mall, mall.today(at))
    answering = (staff, *(absent for absent, _own in lent))
    of_the_day = Authority(_limit(mall, OF_THE_DAY, at), OF_THE_DAY)
    lent += [(one, of_the_day) for one in answering if one == today]
    return replace(own, lent=tuple(lent))


def authority_of(staff: Staff, mall: Mall, at: datetime) -> Authority:
    """By the highest of their roles there, and by the policy of that moment. A role that is not in the matrix settles
    nothing alone."""
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
