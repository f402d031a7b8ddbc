"""What a list of approvals shows, for one person: what is asked, by when, and what they can do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sisheng.cases.models import Clock
from sisheng.ground.refusals import Refused
from sisheng.kit.approvals.authority import Authority, deciding_authority_of
from sisheng.kit.approvals.models import DEADLINE, Approval

if TYPE_CHECKING:
    from sisheng.mall.directory.models import Mall
    from sisheng.mall.staff.models import Staff

MOST_ASKED = 20


@dataclass(frozen=True)
class Line:
    """One approval as this person sees it."""

    approval: Approval
    clock: Clock | None
    may_decide: bool
    may_withdraw: bool
    why_not: Refused | None  # while it waits: why somebody who decides on others is not the one to decide on this


def to_decide(mall: Mall, who: Staff, at: datetime) -> list[Line]:
    """What waits for this person's yes or no, the earliest due first."""
    if not who.can("approvals.decide", mall):
        return []
    waiting = Approval.objects.visible_to(who).filter(mall=mall).waiting().with_people()
    mine = [line for line in lines(waiting, who, deciding_authority_of(who, mall, at)) if line.may_decide]
    return sorted(mine, key=_due)


def asked(mall: Mall, who: Staff, at: datetime) -> list[Line]:
    """What this person asked, what still waits first, then the newest."""
    own = Approval.objects.visible_to(who).filter(mall=mall, asked_by=who).with_people().order_by("-pk")[:MOST_ASKED]
    return sorted(lines(own, who, deciding_authority_of(who, mall, at)), key=lambda line: not line.approval.is_waiting)


def lines(approvals: Iterable[Approval], who: Staff, authority: Authority) -> list[Line]:
    found = list(approvals)
    parts = [approval.number for approval in found if approval.is_waiting]
    live = Clock.objects.live().filter(deadline=DEADLINE, part__in=parts, case__in={one.case_id for one in found})
    clocks = {clock.part: clock for clock in live.select_related("case__mall")}
    return [_line(approval, clocks.get(approval.number), who, authority) for approval in found]


def _line(approval: Approval, clock: Clock | None, who: Staff, authority: Authority) -> Line:
    hindrance = approval.hindrance(who, authority)
    decides = who.can("approvals.decide", approval.mall)
    is_theirs = who.pk in {approval.asked_by_id, approval.case.handler_id, approval.case.owner_id}
    may_withdraw = approval.is_waiting and is_theirs and who.can("approvals.ask", approval.mall)
    why_not = hindrance if approval.is_waiting and decides and who.pk != approval.asked_by_id else None
    return Line(approval, clock, decides and hindrance is None, may_withdraw, why_not)


def _due(line: Line) -> datetime:
    return line.clock.due_at if line.clock and line.clock.due_at else line.approval.asked_at
