"""A policy as it holds in one mall at one moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sisheng.ground import hours
from sisheng.ground.policies import due


@dataclass(frozen=True)
class Value:
    """What counts, and by which version: a clock keeps the version under which it started (domain 1.34)."""

    key: str
    value: Any
    unit: str
    counted: str
    version: int = 0  # 0 is the default of config/policies.py

    @property
    def amount(self) -> timedelta:
        """The length of a duration. Months have none, nor has a sum of money: raises TypeError."""
        if self.unit not in due.PER_UNIT:
            raise TypeError(f"{self.key} is a value in {self.unit} and has no length; ask for its due_at.")
        return timedelta(0) + self.value * due.PER_UNIT[self.unit]

    def rule(self, given: datetime | None = None) -> hours.Rule:
        """By when something is due, for `ground.hours` to reckon and to explain. A date that is given, on an order or
        with a promise, wins. Raises Unusable when only a given date can say and none was given, TypeError for what is
        not a time."""
        if self.unit == "rule":
            return due.read(self.value, self.counted, given)
        if given:
            return hours.GivenTime(given)
        if self.unit not in due.PER_UNIT:
            raise TypeError(f"{self.key} is a value in {self.unit} and no rule for a calendar.")
        return due.after(self.value, self.unit, self.counted)

    def due_at(self, start: datetime, calendar: hours.Calendar, given: datetime | None = None) -> datetime:
        """When it is due on that calendar: the mall's own for `counted`."""
        if self.unit == "months" and not given:
            return due.months_later(start, self.value, calendar.zone)
        return hours.due(self.rule(given), start, calendar)

    def __str__(self) -> str:
        if self.unit == "rule":
            return due.spoken_rule(self.value, self.counted)
        return str(self.value) if self.unit == "text" else due.spoken(self.value, self.unit)
