"""What a policy is: one row of `config/policies.py`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from sisheng.ground.policies import due
from sisheng.ground.refusals import Unusable

DURATIONS = {"seconds", "minutes", "hours", "days", "workdays", "months"}
UNITS = DURATIONS | {"yuan", "percent", "count", "text", "rule"}
TEN_YEARS = {
    "seconds": 315_360_000,
    "minutes": 5_256_000,
    "hours": 87_600,
    "days": 3_650,
    "workdays": 2_500,
    "months": 120,
}
MOST = {**TEN_YEARS, "yuan": 100_000_000, "percent": 100, "count": 1_000_000}


@dataclass(frozen=True)
class Bound:
    """What the law, or sense, says about a number. It refuses, or `only_warns` and lets the manager decide."""

    law: Any  # the sentence that a manager reads
    least: int | None = None
    most: int | None = None
    only_warns: bool = False

    def is_broken_by(self, value: int) -> bool:
        return (self.least is not None and value < self.least) or (self.most is not None and value > self.most)


@dataclass(frozen=True)
class Policy:
    """A number that a mall may set: how long, how much, how often. The table holds what counts until it does."""

    key: str
    label: Any
    default: Any  # a whole number; for "text" a string; for "rule" a due rule as in due.py
    unit: str
    counted: str  # N natural time · O opening hours · W working days · "" for what is not a time
    source: str  # the rule of domain.md, "law" or "proposed"
    bounds: tuple[Bound, ...] = ()
    note: Any = ""
    pattern: str = ""  # what a text must look like

    @property
    def is_time(self) -> bool:
        return self.unit in DURATIONS or self.unit == "rule"

    @property
    def must_stay_counted(self) -> bool:
        """A legal ceiling in days is a ceiling in those days: counted otherwise it would lie elsewhere."""
        return self.unit in {"rule", "workdays"} or any(b.most is not None and not b.only_warns for b in self.bounds)

    def refuse_unless_sound(self, value: Any) -> None:
        """Raises Unusable, with a sentence, when a mall may not set this value."""
        if self.unit == "rule":
            if not due.is_rule(value):
                raise Unusable(_("This is not a rule for when something is due."), field="value")
            if value["rule"] == "given" and self.default["rule"] != "given":
                raise Unusable(
                    _("Nobody gives a date here. Choose a duration, a time of day or closing time."), field="value"
                )
        elif self.unit == "text":
            if not isinstance(value, str) or not re.fullmatch(self.pattern or r"\S.{0,199}", value):
                raise Unusable(_("“%(value)s” is not written as it must be here.") % {"value": value}, field="value")
        else:
            self._refuse_unless_a_sound_number(value)

    def _refuse_unless_a_sound_number(self, value: Any) -> None:
        if not isinstance(value, int) or isinstance(value, bool):
            raise Unusable(_("A whole number is needed here."), field="value")
        least = 1 if self.unit in DURATIONS and self.default != 0 else 0  # “at once” only where it was meant
        if not least <= value <= MOST[self.unit]:
            sentence = _("The number must lie between %(least)s and %(most)s.")
            raise Unusable(sentence % {"least": least, "most": MOST[self.unit]}, field="value")
        for bound in self.bounds:
            if not bound.only_warns and bound.is_broken_by(value):
                raise Unusable(bound.law, field="value")

    def warnings(self, value: Any) -> list[Any]:
        """Sentences for the manager about a value that is allowed, yet unwise."""
        return [bound.law for bound in self.bounds if bound.only_warns and bound.is_broken_by(value)]

    def problems(self) -> list[str]:
        """What is wrong with this row, in sentences; empty when it is sound."""
        found = []
        if not re.fullmatch(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+", self.key):
            found.append(f"“{self.key}” is not a key such as “inquiry.callback”")
        if self.unit not in UNITS:
            return [*found, f"{self.key}: there is no unit “{self.unit}”"]
        if self.counted not in ({"N", "O", "W"} if self.is_time else {""}):
            found.append(f"{self.key}: a value in {self.unit} cannot be counted “{self.counted}”")
        if self.unit == "workdays" and self.counted != "W":
            found.append(f"{self.key}: working days are counted W")
        if not self.source or not str(self.label):
            found.append(f"{self.key}: a policy says what it is and where it comes from")
        if self.bounds and self.unit in {"text", "rule"}:
            found.append(f"{self.key}: only a number can have bounds")
            return found
        try:
            self.refuse_unless_sound(self.default)
        except Unusable as refusal:
            found.append(f"{self.key}: {refusal}")
        else:
            found += [f"{self.key}: {sentence}" for sentence in self.warnings(self.default)]
        return found


def registry(*policies: Policy) -> dict[str, Policy]:
    """The table by key. Raises ValueError when a key is written down twice."""
    table = {policy.key: policy for policy in policies}
    if len(table) != len(policies):
        keys = [policy.key for policy in policies]
        raise ValueError(f"Written down twice: {', '.join(sorted({key for key in keys if keys.count(key) > 1}))}")
    return table


def policies() -> Mapping[str, Policy]:
    """The table of this site."""
    table: Mapping[str, Policy] = import_string(settings.SISHENG_POLICIES)
    return table
