"""What the law asks for, of all that is known of a complaint. What is not known stays open; nothing is guessed."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sisheng.desk.complaints.severity import flags_of

if TYPE_CHECKING:
    from sisheng.desk.complaints.models import Complaint

NOT_PUT_RIGHT = frozenset({"after_sales.declined", "after_sales.delayed", "after_sales.not_repaired"})
LISTED_DURABLES = "R-SANBAO"  # the returns class of shops that sell computers, appliances and the like
OF_A_RULE = "rule"  # Complaint.Against.RULE


@dataclass(frozen=True)
class Facts:
    """The facts of one complaint as they stand written down."""

    category: str = ""
    flags: frozenset[str] = frozenset()
    claims: frozenset[str] = frozenset()
    circumstances: frozenset[str] = frozenset()
    against: str = "shop"
    returns_class: str = ""
    is_prepaid_shop: bool = False
    shop_has_left: bool = False
    shop_leaves_on: date | None = None
    licence_until: date | None = None
    delivered_on: date | None = None
    paid_on: date | None = None

    @property
    def about(self) -> str:
        """The first half of the category: quality, prepaid, …"""
        return self.category.partition(".")[0]

    @property
    def concerns(self) -> frozenset[str]:
        """The flags, those included that the category says by itself."""
        return frozenset(flags_of(self.category, self.flags))

    @property
    def is_faulty(self) -> bool:
        """Something bought is not as it ought to be, or is not put right."""
        wants_repair = "repair" in self.claims and self.against == "shop" and self.about not in {"food", "prepaid"}
        return self.about == "quality" or self.category in NOT_PUT_RIGHT or wants_repair

    @property
    def is_durable(self) -> bool:
        return "durable" in self.circumstances or self.returns_class == LISTED_DURABLES

    @property
    def is_prepaid(self) -> bool:
        """Money was paid ahead: they say so, or they want money back from a shop that sells such cards."""
        return "prepaid" in self.concerns or (self.is_prepaid_shop and "return" in self.claims)

    @property
    def is_dangerous(self) -> bool:
        """Goods, food among them, that may have hurt somebody or may yet."""
        return (
            "dangerous" in self.circumstances
            or self.category == "quality.expired"
            or (self.about == "food" and "food" in self.concerns)
            or (self.about == "quality" and "injury" in self.concerns)
        )


def facts_of(complaint: Complaint, today: date) -> Facts:
    shop = complaint.shop
    of_shop: dict[str, Any] = {
        "returns_class": shop.returns_class,
        "is_prepaid_shop": shop.is_prepaid,
        "shop_has_left": shop.status == shop.Status.CLOSED
        or (shop.notice_until is not None and shop.notice_until < today),
        "shop_leaves_on": shop.notice_until,
        "licence_until": shop.licence_until,
    } if shop else {}  # fmt: skip
    return Facts(
        category=complaint.category,
        flags=frozenset(complaint.flags),
        claims=frozenset(complaint.claims),
        circumstances=frozenset(complaint.circumstances),
        against=complaint.against,
        delivered_on=complaint.delivered_on,
        paid_on=complaint.paid_on,
        **of_shop,
    )


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
