"""The registry as a page for people: docs/policies.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.utils.translation import override

from sisheng.ground.policies.table import Bound, Policy
from sisheng.ground.policies.value import Value

COUNTED = {"N": "natural time", "O": "opening hours", "W": "working days", "": ""}
HEAD = """# Policies

How long, how much, how often: what counts until a mall decides otherwise. A decision is dated, has a reason, and holds
from its moment on; a clock that runs keeps the version under which it started. What the law forbids is refused.

Made from `sisheng/config/policies.py` by `sisheng policies --markdown`; a test compares. “Source” is a rule of
`rules.tsv`, a section of the domain reference, the law, or our own proposal.

| Key | What | Default | Counted in | Source | Bounds and notes |
|---|---|---|---|---|---|
"""


def page(table: Mapping[str, Policy]) -> str:
    """The whole page, in English."""
    with override("en"):
        return HEAD + "".join(_row(policy) for policy in table.values())


def lines(table: Mapping[str, Policy]) -> Iterator[str]:
    """One line for each policy, in the language of the reader."""
    for policy in table.values():
        yield f"{policy.key:40} {default_of(policy)!s:22} {policy.label}"


def default_of(policy: Policy) -> Value:
    return Value(policy.key, policy.default, policy.unit, policy.counted)


def _row(policy: Policy) -> str:
    remarks = [*(_bound(bound, policy) for bound in policy.bounds), *([str(policy.note)] if policy.note else [])]
    cells = [
        f"`{policy.key}`",
        policy.label,
        default_of(policy),
        COUNTED[policy.counted],
        policy.source,
        " ".join(remarks),
    ]
    return "| " + " | ".join(str(cell) for cell in cells) + " |\n"


def _bound(bound: Bound, policy: Policy) -> str:
    side, number = ("At least", bound.least) if bound.most is None else ("At most", bound.most)
    value = Value(policy.key, number, policy.unit, policy.counted)
    return f"{side} {value}{' (a warning)' if bound.only_warns else ''}: {bound.law}"
