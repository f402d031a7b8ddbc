"""What is kept about one person, found by the links themselves: what points to them, and what points to that.

Nothing is registered: a new kind of case, or a row beside a case, is found because it points there. What is kept about
somebody without such a link must be named in tests/walls/test_people_can_be_forgotten.py, with why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from django.db import models

Key = tuple[type[models.Model], Any]


def kept_about(person: models.Model) -> list[models.Model]:
    """The person's own record first, then all that belongs to it, each with the fields of its kind.

    A record that names another person, such as the case of somebody else that arose from theirs, is not entered.
    """
    found: dict[Key, models.Model] = {_key(person): person}
    fresh = [person]
    while fresh:
        new = {_key(row): row for row in _pointing_to(fresh) if _key(row) not in found and _is_about(person, row)}
        found |= new
        fresh = list(new.values())
    general = {
        (parent, row.pk)
        for row in found.values()
        for parent in row._meta.all_parents  # a case that was also found as an inquiry
    }
    return [row for key, row in found.items() if key not in general]


def links_to(model: type[models.Model]) -> Iterator[models.ForeignObjectRel]:
    """Every foreign key, of any model, by which a row can point to one of these."""
    for link in model._meta.get_fields(include_hidden=True):
        if isinstance(link, models.ManyToOneRel):
            yield link


def _pointing_to(rows: Iterable[models.Model]) -> Iterator[models.Model]:
    by_model = sorted(rows, key=lambda row: row._meta.label)
    for model, some in groupby(by_model, key=type):
        keys = [row.pk for row in some]
        for link in links_to(model):
            yield from link.related_model._base_manager.filter(**{f"{link.field.name}__in": keys}).order_by("pk")


def _is_about(person: models.Model, row: models.Model) -> bool:
    named = {
        getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.related_model is type(person)
    }
    return named <= {None, person.pk}


def _key(row: models.Model) -> Key:
    return type(row), row.pk
