"""Encrypting everything again under the newest key, in batches, while the desk works on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils.module_loading import autodiscover_modules

from sisheng.ground.privacy import keys
from sisheng.ground.privacy.fields import BlindIndexField, EncryptedTextField
from sisheng.ground.privacy.sealed import Sealed, Unreadable, seal

BATCH = 500  # rows in one transaction: short, so that the desk never waits for long


@dataclass
class Tally:
    """How far it is. Rows that somebody changed meanwhile count as renewed: they were written with the newest key."""

    seen: int = 0
    renewed: int = 0
    unreadable: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)


Rotation = Callable[[Tally], Iterator[Tally]]
_beside: list[Rotation] = []


def rotates(function: Rotation) -> Rotation:
    """Register what is encrypted elsewhere than in a column; it stands in the rotation.py of its app."""
    _beside.append(function)
    return function


def rotate() -> Iterator[Tally]:
    """Renew every row that is not under the newest key; yields after each batch. Broken off, it may begin again: what
    is done is known by the name of its key."""
    autodiscover_modules("rotation")
    tally = Tally()
    for model in apps.get_models():
        columns = [column for column in model._meta.local_fields if isinstance(column, EncryptedTextField)]
        if columns:
            yield from _rotate(model, columns, tally)
    for function in _beside:
        yield from function(tally)


def _rotate(model: type[models.Model], columns: list[EncryptedTextField], tally: Tally) -> Iterator[Tally]:
    last: Any = None
    while True:
        rows = model._base_manager.order_by("pk")
        with transaction.atomic():
            batch = list((rows.filter(pk__gt=last) if last is not None else rows)[:BATCH])
            for row in batch:
                tally.seen += 1
                _renew(row, columns, tally)
        if not batch:
            return
        last = batch[-1].pk
        yield tally


def _renew(row: Any, columns: list[EncryptedTextField], tally: Tally) -> None:
    newest = keys.name_of(keys.ring().newest)
    before = {column.name: row.__dict__[column.attname] for column in columns}
    old = {name for name, value in before.items() if isinstance(value, Sealed) and value.key_name != newest}
    if not old:
        return
    try:
        after: dict[str, Any] = {
            column.name: seal(getattr(row, column.name), column.column_name, column.row(row))
            for column in columns
            if column.name in old
        }
        after |= {index.name: index.digest_of(row) for index in _indexes(row, old)}
    except Unreadable:
        tally.unreadable.append(f"{row._meta.label} {row.pk}")
        return
    # by comparing: what somebody has written in the meantime stays
    same = {name: before[name] for name in old}
    try:
        with transaction.atomic():
            type(row)._base_manager.filter(pk=row.pk, **same).update(**after)
    except IntegrityError:  # two rows of one number, written at the same moment under two keys
        tally.twice.append(f"{row._meta.label} {row.pk}")
        return
    tally.renewed += 1


def _indexes(row: models.Model, names: set[str]) -> list[BlindIndexField]:
    return [index for index in row._meta.local_fields if isinstance(index, BlindIndexField) and index.of in names]
