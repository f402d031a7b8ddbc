"""What the answers say, with how many there are and how sure one can be (SAT-04, KPI-17, KPI-20 to KPI-25)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, stdev

Z = 1.96  # two-sided, 95 %
FEW = 10  # below it a figure is shown grey: it may mean anything


@dataclass(frozen=True)
class Figure:
    """One figure, how many answers it rests on, and between which numbers the truth lies. None: nobody answered."""

    n: int
    value: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def is_thin(self) -> bool:
        return self.n < FEW


def satisfied(answers: Sequence[int]) -> Figure:
    """Those who gave 4 or 5 of 5 (KPI-20, CTR-09)."""
    return share(sum(each >= 4 for each in answers), len(answers))


def very_satisfied(answers: Sequence[int]) -> Figure:
    return share(sum(each == 5 for each in answers), len(answers))


def share(hits: int, n: int) -> Figure:
    """A share from 0 to 1. Wilson's interval: honest also for few answers, and never outside of 0 to 1."""
    if n == 0:
        return Figure(0)
    p, spread = hits / n, Z * Z / n
    middle = (p + spread / 2) / (1 + spread)
    reach = Z * sqrt(p * (1 - p) / n + spread / (4 * n)) / (1 + spread)
    return Figure(n, p, max(0.0, middle - reach), min(1.0, middle + reach))


def mean(answers: Sequence[int], least: float, most: float) -> Figure:
    """The mean of a scale, with the interval of its standard error; a single answer has none."""
    n = len(answers)
    if n < 2:
        return Figure(n, fmean(answers) if n else None)
    middle, reach = fmean(answers), Z * stdev(answers) / sqrt(n)
    return Figure(n, middle, max(least, middle - reach), min(most, middle + reach))


def net_promoters(answers: Sequence[int]) -> Figure:
    """Those who gave 9 or 10 less those who gave 0 to 6, from -100 to 100 (KPI-21)."""
    return mean([100 if each >= 9 else -100 if each <= 6 else 0 for each in answers], -100, 100)
