"""What a table would change: compared row by row with what is known, before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from sisheng.ground.refusals import Unusable
from sisheng.ground.tables import limits, values
from sisheng.ground.tables.fields import Field
from sisheng.ground.tables.grid import quoted
from sisheng.ground.tables.reading import Row, Table

ALL_AT_ONCE = limits.ROWS

Values = dict[str, Any]  # of a record, by the key of the field


@dataclass(frozen=True, slots=True)
class Known:
    """A record that is there already. Fields that are not among its values are never compared."""

    ref: Any
    values: Values


Found = Known | None | Unusable  # None: it is about a new thing; Unusable: nobody can tell


@dataclass(frozen=True)
class Spec:
    """What the rows of a table are. A blank cell says nothing: it neither erases nor changes what is known."""

    fields: tuple[Field, ...]
    key: Callable[[Values], Hashable]  # two rows with one key mean the same thing
    find: Callable[[Sequence[Values]], Sequence[Found]]  # for each row what it is about
    called: Callable[[Values], str]  # a row by its name, as a report may print it
    complete: Callable[[Values], Values] = lambda values: values  # what follows from what is said
    check: Callable[[Values, Known | None], None] = lambda _values, _known: None  # raises Unusable with its field
    are_twins_refused: bool = False  # two rows with one key: refuse the second, or let the first count
    at_once: int = 500  # rows for one `find`


@dataclass(frozen=True, slots=True)
class New:
    number: int
    values: Values


@dataclass(frozen=True, slots=True)
class Changed:
    number: int
    known: Known
    changes: dict[str, tuple[Any, Any]]  # field: before, after
    values: Values  # what the row says


@dataclass(frozen=True, slots=True)
class Twin:
    """A row about the same thing as an earlier one. `differs` names the fields in which it said something else."""

    number: int
    first: int
    differs: tuple[str, ...]
    values: Values


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that cannot be used: where exactly, and what to do."""

    number: int
    column: str  # D “联系电话”; empty where the whole row is meant
    sentence: str
    written: str = ""  # what stands there; empty for personal data


@dataclass
class Plan:
    """What would happen, row by row. Nothing has happened yet."""

    spec: Spec
    new: list[New] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    same: int = 0
    twins: list[Twin] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def changes_nothing(self) -> bool:
        return not self.new and not self.changed

    @property
    def counts(self) -> dict[str, int]:
        return {
            "new": len(self.new),
            "changed": len(self.changed),
            "same": self.same,
            "twins": len(self.twins),
            "problems": len(self.problems),
        }


def plan(table: Table, spec: Spec, *, watch: Callable[[int], None] = lambda _row: None) -> Plan:
    """Read the whole table and say what it would change. `watch` hears of each row that is read."""
    made = Plan(spec)
    seen: dict[Hashable, New] = {}
    rows = iter(_understood(table, spec, made, watch))
    while batch := list(islice(rows, spec.at_once)):
        fresh = [row for row in batch if not _is_twin(row, spec, seen, made, table)]
        for row, known in zip(fresh, spec.find([row.values for row in fresh]), strict=True):
            _place(row, known, made, table)
    made.problems.sort(key=lambda problem: problem.number)
    return made


def _understood(table: Table, spec: Spec, made: Plan, watch: Callable[[int], None]) -> Iterator[New]:
    """The rows that make sense by themselves; each of the others leaves its problems."""
    for row in table.rows():
        watch(row.number)
        said, problems = _read(row, table, spec.fields)
        if problems:
            made.problems.extend(problems)
        else:
            yield New(row.number, spec.complete(said))


def _read(row: Row, table: Table, fields: Iterable[Field]) -> tuple[Values, list[Problem]]:
    if row.is_overlong:
        sentence = _("There are more cells than titles. Put quotation marks round a cell that has a delimiter in it.")
        return {}, [Problem(row.number, "", sentence)]
    said: Values = {}
    problems = []
    for each in fields:
        if each.key not in row.cells:
            continue
        written = row.cells[each.key]
        try:
            value = each.read(written)
            if value is None and each.is_required:
                raise Unusable(_("Must not be blank. Fill it in, or delete the row."))
        except Unusable as refused:
            shown = "" if each.is_personal else values.shown(values.tidy(written))
            problems.append(Problem(row.number, table.address(each.key), str(refused), shown))
        else:
            if value is not None:
                said[each.key] = value
    return said, problems


def _is_twin(row: New, spec: Spec, seen: dict[Hashable, New], made: Plan, table: Table) -> bool:
    key = spec.key(row.values)
    first = seen.setdefault(key, row)
    if first is row:
        return False
    differs = tuple(field for field in row.values | first.values if row.values.get(field) != first.values.get(field))
    if differs and spec.are_twins_refused:
        sentence = _("This is in row %(first)d already, with another %(fields)s. Delete the wrong one of the two.")
        labels = quoted(each.label for each in spec.fields if each.key in differs)
        made.problems.append(Problem(row.number, "", sentence % {"first": first.number, "fields": labels}))
    else:
        made.twins.append(Twin(row.number, first.number, differs, row.values))
    return True


def _place(row: New, known: Found, made: Plan, table: Table) -> None:
    try:
        if isinstance(known, Unusable):
            raise known
        made.spec.check(row.values, known)
    except Unusable as refused:
        column = table.address(refused.field) if refused.field in table.header.columns else ""
        made.problems.append(Problem(row.number, column, str(refused)))
        return
    if known is None:
        made.new.append(row)
    elif changes := _differences(row.values, known.values):
        made.changed.append(Changed(row.number, known, changes, row.values))
    else:
        made.same += 1


def _differences(said: Values, known: Values) -> dict[str, tuple[Any, Any]]:
    return {key: (known[key], value) for key, value in said.items() if key in known and known[key] != value}
