"""Which entries of the table meet this complaint, and to which day they reach."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from sisheng.desk.complaints.law.facts import Facts, facts_of
from sisheng.desk.complaints.law.table import LAWS, Law

if TYPE_CHECKING:
    from sisheng.desk.complaints.models import Complaint


@dataclass(frozen=True)
class LawAtHand:
    """An entry that meets this complaint."""

    law: Law
    until: date | None
    came_after: bool  # they came to us when that day was over
    wants_day: bool  # the day from which it is reckoned has not been written down


def meeting(facts: Facts) -> list[Law]:
    """The entries that are shown for these facts, in the order of the table."""
    return [law for law in LAWS if law.applies(facts)]


def at_hand(complaint: Complaint, at: datetime) -> list[LawAtHand]:
    facts = facts_of(complaint, complaint.mall.today(at))
    came_on = complaint.mall.today(complaint.opened_at or at)
    return [_with_its_day(law, facts, came_on) for law in meeting(facts)]


def _with_its_day(law: Law, facts: Facts, came_on: date) -> LawAtHand:
    until, is_counted = law.until(facts), bool(law.since)
    return LawAtHand(
        law,
        until,
        came_after=is_counted and until is not None and until < came_on,
        wants_day=is_counted and until is None,
    )
