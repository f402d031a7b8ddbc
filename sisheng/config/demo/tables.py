"""Reads the files in data/, which people can read too."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable
from importlib.resources import files
from typing import Any

from django.db import models

DATA = files("sisheng.config.demo") / "data"


def rows(name: str) -> list[dict[str, str]]:
    """The lines of a table, each under the words of its heading."""
    lines = (DATA / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def tree(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


def add_missing(things: Iterable[models.Model], *, by: str | tuple[str, ...], within: dict[str, Any]) -> int:
    """Write down those that are not there yet, and answer how many that were. What is there stays as people left it."""
    things = list(things)
    if not things:
        return 0
    names = (by,) if isinstance(by, str) else by
    kind: Any = type(things[0])
    known = set(kind.objects.filter(**within).values_list(*names))
    new = [thing for thing in things if tuple(getattr(thing, name) for name in names) not in known]
    kind.objects.bulk_create(new)
    return len(new)
