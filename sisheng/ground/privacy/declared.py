"""What is personal and what is plain, said by each model about each of its fields (PRV-01).

    class Customer(models.Model):
        PERSONAL = {"salutation": _("to address the customer")}  # field: what it is kept for
        PLAIN = ("number", "tier", "created_at")

A class says it of the fields that it adds; what it inherits was said there. Some fields cannot say anything about
anybody and need no word: the key of the row, links to other rows, yes and no, moments (not days: a birthday is one),
blind indexes. A wall fails on a field of which nothing is said, so that nobody adds a personal one without noticing.
"""

from __future__ import annotations

from typing import Any

from django.db import models

from sisheng.ground.privacy.fields import BlindIndexField

SILENT = (
    models.AutoField,
    models.BigAutoField,
    models.ForeignKey,
    models.BooleanField,
    models.DateTimeField,
    BlindIndexField,
)


def personal(model: type[models.Model]) -> dict[str, Any]:
    """The personal fields of a model, each with what it is kept for."""
    return {
        name: purpose for kind in reversed(model.__mro__) for name, purpose in vars(kind).get("PERSONAL", {}).items()
    }


def plain(model: type[models.Model]) -> list[str]:
    return [name for kind in reversed(model.__mro__) for name in vars(kind).get("PLAIN", ())]


def problems(model: type[models.Model]) -> list[str]:
    """What this model has not said, or said wrongly, in sentences; empty when it is complete."""
    kept, shown = personal(model), plain(model)
    fields = {field.name: field for field in model._meta.local_fields}
    inherited = {field.name for field in model._meta.fields} - fields.keys()
    said = {*kept, *shown}
    label = model._meta.label
    return [
        *(
            f"{label}.{name}: is it personal or plain?"
            for name, field in fields.items()
            if _asks(field) and name not in said
        ),
        *(f"{label}.{name} is called personal and plain" for name in sorted(kept.keys() & set(shown))),
        *(f"{label} has no field {name}" for name in sorted(said - fields.keys() - inherited)),
        *(f"{label}.{name}: personal, for what purpose?" for name, purpose in kept.items() if not str(purpose)),
    ]


def _asks(field: Any) -> bool:
    return not isinstance(field, SILENT) and not field.primary_key
