"""What people complained about: the matters of data/complaints.toml, each with its particulars filled in."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sisheng.config.demo.tables import tree
from sisheng.desk.complaints.actions.writing import RemedyLine

SATURDAYS = "parking-validation"  # the same cause, every Saturday
SMALL = 200  # yuan: below it a simple matter may be settled on the spot


@dataclass(frozen=True)
class Matter:
    """One kind of trouble, from how customers tell it to what was found and offered."""

    key: str
    category: str
    account: list[str]
    feeling: str
    claims: list[str]
    finding: str
    substantiated: str
    responsibility: str
    cause: str
    whys: list[str]
    offer: str
    remedies: list[tuple[str, float, str]]
    often: int = 0
    spot: bool = False
    grave: bool = False
    units: list[str] = field(default_factory=list)
    against: str = "shop"
    against_words: str = ""
    place: str = ""
    things: list[str] = field(default_factory=lambda: [""])
    yuan: tuple[int, int] | None = None
    flags: list[str] = field(default_factory=list)
    question: str = ""
    statement: str = ""
    better: str = ""
    no_better: str = ""


@dataclass(frozen=True)
class Told:
    """One complaint as somebody told it."""

    matter: Matter
    unit: str
    account: str
    yuan: Decimal | None

    @property
    def is_small(self) -> bool:
        return self.matter.spot and (self.yuan or 0) < SMALL

    def remedies(self, more: int = 0) -> list[RemedyLine]:
        """What is offered: a share of the amount in dispute, a sum, or something that costs nothing."""
        lines: list[RemedyLine] = [
            {"kind": kind, "value": self._worth(of), "payer": payer} for kind, of, payer in self.matter.remedies
        ]
        if more:
            lines.append({"kind": "voucher", "value": Decimal(more), "payer": "mall"})
        return lines

    def _worth(self, of: float) -> Decimal:
        share_of_amount = Decimal(str(of)) * (self.yuan or 0)
        return (share_of_amount if of <= 1 else Decimal(str(of))).quantize(Decimal("0.01"))


class Matters:
    """Draws what somebody complains about."""

    def __init__(self) -> None:
        told: dict[str, Any] = tree("complaints")
        self.words: dict[str, Any] = told["words"]
        self.all = {one["key"]: Matter(**one) for one in told["matters"]}
        self.usual = [matter for matter in self.all.values() if matter.often]
        self.small = [matter for matter in self.usual if matter.spot]
        self.grave = [matter for matter in self.all.values() if matter.grave]

    def draw(self, matters: list[Matter], fate: random.Random) -> Matter:
        return fate.choices(matters, weights=[matter.often or 1 for matter in matters])[0]

    def tell(self, matter: Matter, fate: random.Random, unit: str = "", yuan: int | None = None) -> Told:
        thing = fate.choice(matter.things)
        amount = yuan or (fate.randint(*matter.yuan) if matter.yuan else None)
        return Told(
            matter=matter,
            unit=unit or (fate.choice(matter.units) if matter.units else ""),
            account=fate.choice(matter.account).replace("{thing}", thing),
            yuan=None if amount is None else Decimal(amount),
        )
