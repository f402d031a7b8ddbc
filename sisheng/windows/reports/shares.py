"""A share as people may read it: never without how many it rests on, and not at all when these are too few."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sisheng.desk.followups.figures import FEW

FEW_CONTACTS = 100  # below it a number per thousand is made up


@dataclass(frozen=True)
class Share:
    """So many of so many, and what we aim at; an aim may be a ceiling."""

    key: str
    label: Any
    hits: int
    n: int
    aim: int | None = None
    is_ceiling: bool = False

    @property
    def is_thin(self) -> bool:
        return self.n < FEW

    @property
    def percent(self) -> int | None:
        return None if self.is_thin else round(100 * self.hits / self.n)

    @property
    def told(self) -> str:
        if self.n == 0:
            return "—"
        return _("%(hits)d of %(n)d") % vars(self) if self.is_thin else f"{self._rounded()}%"

    def _rounded(self) -> str:
        """With the digits it takes to see on which side of the aim it lies: never “5 %, above the aim of 5 %”."""
        exact = 100 * self.hits / self.n
        shown = [f"{exact:.{digits}f}" for digits in range(4)]
        if self.aim is None:
            return shown[0]
        return next((one for one in shown if (float(one) == self.aim) == (exact == self.aim)), shown[-1])

    @property
    def aim_told(self) -> str:
        return "" if self.aim is None else f"{'≤' if self.is_ceiling else '≥'} {self.aim}%"

    @property
    def is_reached(self) -> bool:
        """Reckoned with the whole numbers: 89.6 % is no 90 %."""
        if self.aim is None:
            return True
        gap = 100 * self.hits - self.aim * self.n
        return gap <= 0 if self.is_ceiling else gap >= 0

    @property
    def verdict(self) -> str:
        """In a word, what the number means; too few mean nothing."""
        if self.n == 0:
            return _("nothing to measure")
        if self.is_thin:
            return _("n = %(n)d, too few for a share") % {"n": self.n}
        if self.aim is None:
            return ""
        if self.is_reached:
            return pgettext("aim", "reached")
        return pgettext("aim", "above the aim") if self.is_ceiling else pgettext("aim", "below the aim")


def per_thousand(complaints: int, contacts: int) -> str:
    """Complaints for every thousand contacts (KPI-12); nothing where too few came."""
    return f"{1000 * complaints / contacts:.1f}" if contacts >= FEW_CONTACTS else ""


@dataclass(frozen=True)
class Hours:
    """How long something took: half of them no longer than the median, nine of ten no longer than `most`."""

    took: list[float]  # in order

    @property
    def n(self) -> int:
        return len(self.took)

    @property
    def is_thin(self) -> bool:
        return self.n < FEW

    @property
    def median(self) -> str:
        """The middle one, or the mean of the two in the middle."""
        if not self.took:
            return ""
        half = self.n // 2
        return f"{(self.took[half] + self.took[~half]) / 2:.1f}"

    @property
    def most(self) -> str:
        """The ninth of ten, by rank."""
        return f"{self.took[ceil(0.9 * self.n) - 1]:.1f}" if self.took else ""
