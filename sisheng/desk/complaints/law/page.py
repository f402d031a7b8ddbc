"""The panel of the law on the page of a complaint."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sisheng.desk.complaints.editing import digests
from sisheng.desk.complaints.forms import Circumstances
from sisheng.desk.complaints.law.lookup import at_hand
from sisheng.desk.complaints.law.table import CHECKED_ON

if TYPE_CHECKING:
    from sisheng.desk.complaints.models import Complaint

ASKED = tuple(Circumstances.base_fields)


def law_of(complaint: Complaint, at: datetime) -> dict[str, Any]:
    """What the panel needs: the entries that meet the complaint, and the form that asks what else is so."""
    stands = as_it_stands(complaint)
    found = at_hand(complaint, at)
    return {
        "law": found,
        "law_is_urgent": any(entry.law.is_urgent for entry in found) and complaint.is_open,
        "law_checked_on": CHECKED_ON,
        "law_form": Circumstances(initial=stands, mall=complaint.mall, at=at),
        "law_was": " ".join(digests(stands).values()),
    }


def as_it_stands(complaint: Complaint) -> dict[str, Any]:
    return {name: getattr(complaint, name) for name in ASKED}
