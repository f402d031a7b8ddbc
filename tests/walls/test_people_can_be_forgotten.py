"""Whoever is forgotten is forgotten everywhere: what is personal hangs on a customer, or says why not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest
from django.apps import apps
from django.db import models
from django.db.models import Value

from sisheng.cases.models import Case
from sisheng.cases.models.case import kinds
from sisheng.ground.privacy.actions import _forgotten, blank_of
from sisheng.ground.privacy.declared import personal
from sisheng.ground.privacy.kept import links_to
from sisheng.mall.customers.models import Customer

# Personal data of somebody else than a customer, or not tied to one.
APART = {
    "events.EventDetail": "erased with the events about each record",
    "staff.Staff": "who works here; a colleague who leaves is another matter",
    "training.Exam": "how a colleague did in an exam; a colleague who leaves is another matter",
    "knowledge.Gap": "what many asked, without who; the words of the one contact go with the contact",
    "directory.BrandContact": "who answers for a shop",
    "quality.Review": "goes with the record that was checked (quality.actions.forget_note)",
    "followups.Rating": "said at a counter without a name; struck out one by one (followups.actions.strike_words)",
    "board.SavedView": "what a colleague calls a list of their own",
    "files.KeptFile": "taken from the disk with the evidence that it is (Evidence.forget_elsewhere)",
}
MODELS = [
    model for model in apps.get_models() if model.__module__.startswith("sisheng.") and "tests" not in model.__module__
]


def _reached(start: type[models.Model]) -> set[type[models.Model]]:
    found, fresh = {start}, [start]
    while fresh:
        fresh = [link.related_model for model in fresh for link in links_to(model) if link.related_model not in found]
        found |= set(fresh)
    return found


REACHED = _reached(Customer)


@pytest.mark.rule("PRV-01")
def test_every_table_with_personal_data_hangs_on_a_customer_or_says_why_not():
    beside = {model._meta.label for model in MODELS if personal(model) and model not in REACHED}

    assert beside == APART.keys()


@pytest.mark.rule("PRV-01")
def test_every_kind_of_case_and_what_stands_beside_it_is_reached():
    assert set(kinds().values()) <= REACHED
    assert {model for model in MODELS if _points_to_a_case(model)} <= REACHED


def _points_to_a_case(model: type[models.Model]) -> bool:
    to = (field.related_model for field in model._meta.fields if isinstance(field, models.ForeignKey))
    return any(issubclass(other, Case) for other in to)


def _constraints(reached: Iterable[type[models.Model]]) -> Iterator[tuple[type[models.Model], models.CheckConstraint]]:
    for model in reached:
        for constraint in model._meta.constraints:
            if isinstance(constraint, models.CheckConstraint):
                yield model, constraint


@pytest.mark.django_db
@pytest.mark.rule("PRV-01")
def test_no_constraint_forbids_to_forget():
    """What stands in a row afterwards satisfies its table, whatever else was never filled in."""
    for model, constraint in _constraints(REACHED):
        after = {name: blank_of(model._meta.get_field(name)) for name in personal(model)} | _forgotten(model)
        if set(_fields_of(constraint.condition)) & after.keys():
            row = {field.name: Value(after.get(field.name), field) for field in model._meta.local_fields}
            assert constraint.condition.check(row), f"{constraint.name}: {model._meta.label} cannot be forgotten"


def _fields_of(condition: models.Q) -> Iterator[str]:
    for part in condition.children:
        if isinstance(part, models.Q):
            yield from _fields_of(part)
        else:
            yield part[0].split("__")[0]
