"""A plan as people read it: some lines on the screen, every row in a file."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sisheng.ground.tables.grid import listed, quoted
from sisheng.ground.tables.plan import Changed, New, Plan, Problem, Twin

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run what begins like that


@dataclass(frozen=True)
class Line:
    """What becomes of one row of the file."""

    number: int
    outcome: str
    told: str

    def __str__(self) -> str:
        return _("Row %(row)d · %(outcome)s · %(told)s") % {
            "row": self.number,
            "outcome": self.outcome,
            "told": self.told,
        }


def summary(plan: Plan) -> str:
    return _("%(new)d new · %(changed)d changed · %(same)d as they were · %(twins)d twice · %(problems)d wrong") % (
        plan.counts
    )


def lines(plan: Plan) -> Iterator[Line]:
    """What would change, what is wrong and what is said twice, in the order of the file; rows that change nothing are
    not told."""
    rows: list[Any] = [*plan.new, *plan.changed, *plan.twins, *plan.problems]
    for row in sorted(rows, key=lambda row: row.number):
        yield _line(row, plan)


def save(plan: Plan, path: Path) -> None:
    """Every line, as a csv file that opens well in Excel and runs nothing there."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([_("row"), _("outcome"), _("what")])
        for line in lines(plan):
            writer.writerow([line.number, line.outcome, harmless(line.told)])


def harmless(words: str) -> str:
    """Text that a spreadsheet shows instead of running it."""
    return f"'{words}" if words.startswith(FORMULA) else words


def _line(row: New | Changed | Twin | Problem, plan: Plan) -> Line:
    spec = plan.spec
    if isinstance(row, New):
        return Line(row.number, pgettext("row of a file", "new"), spec.called(row.values))
    if isinstance(row, Changed):
        told = {"thing": spec.called(row.values | row.known.values), "changes": _changes(row, plan)}
        return Line(row.number, pgettext("row of a file", "changed"), _("%(thing)s: %(changes)s") % told)
    if isinstance(row, Twin):
        return Line(row.number, pgettext("row of a file", "twice"), _twin(row, plan))
    place = _("column %(column)s: ") % {"column": row.column} if row.column else ""
    written = quoted([row.written]) + " " if row.written else ""
    return Line(row.number, pgettext("row of a file", "wrong"), f"{place}{written}{row.sentence}")


def _changes(row: Changed, plan: Plan) -> str:
    return listed(
        _("%(field)s %(before)s → %(after)s")
        % {
            "field": field.label,
            "before": field.show(row.changes[field.key][0]) or "—",
            "after": field.show(row.changes[field.key][1]),
        }
        for field in plan.spec.fields
        if field.key in row.changes
    )


def _twin(row: Twin, plan: Plan) -> str:
    if not row.differs:
        return _("says the same as row %(first)d") % {"first": row.first}
    labels = quoted(field.label for field in plan.spec.fields if field.key in row.differs)
    return _("%(thing)s is in row %(first)d with another %(fields)s; that row counts") % {
        "thing": plan.spec.called(row.values),
        "first": row.first,
        "fields": labels,
    }
