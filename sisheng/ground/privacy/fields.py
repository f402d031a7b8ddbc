"""Columns for personal data: what is encrypted, and what makes it findable."""

from __future__ import annotations

from typing import Any

from django.core import checks
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.forms import CharField

from sisheng.ground.privacy.sealed import DIGEST, Sealed, digests, seal, unseal


class _Opening(DeferredAttribute):
    """Decrypts when somebody asks. A row that nobody asks stays sealed, in memory too."""

    field: Any

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        if instance is None:
            return self
        value = super().__get__(instance, cls)
        if isinstance(value, Sealed):
            value = instance.__dict__[self.field.attname] = unseal(
                value, self.field.column_name, self.field.row(instance)
            )
        return value

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class EncryptedTextField(models.Field):  # type: ignore[type-arg]
    """A text that only the site can read: AES-256-GCM under a key that does not lie in the database.

    It is tied to its row by plain fields that never change (`bound_to`, by default the mall and the number of the
    record), because the primary key is not known before the row is written. Whoever can write to the database may copy
    the ciphertext of one row into another, or of one mall into another, but reading it there is refused. It does not
    protect against somebody who renames the whole row, nor against the return of an older value of the same row.

    It cannot be searched; a BlindIndexField beside it can. `update()` and `filter()` know no row and are refused.
    """

    descriptor_class = _Opening
    empty_strings_allowed = True

    def __init__(self, *args: Any, bound_to: tuple[str, ...] = ("mall_id", "number"), **kwargs: Any) -> None:
        self.bound_to = bound_to
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "bound_to": self.bound_to}

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        missing = [name for name in self.bound_to if not _has_field(self.model, name)]
        hint = "bound_to names plain fields of the row that are there before it is saved and never change."
        wrong = f"An encrypted field is tied to “{', '.join(missing)}”, which this model does not have."
        return [*super().check(**kwargs), *([checks.Error(wrong, hint, self, "sisheng.P002")] if missing else [])]

    def get_internal_type(self) -> str:
        return "BinaryField"

    @property
    def column_name(self) -> str:
        return f"{self.model._meta.label_lower}.{self.name}"

    def row(self, instance: models.Model) -> tuple[Any, ...]:
        """What names this row. Raises ValueError while it has no name yet."""
        row = tuple(getattr(instance, name) for name in self.bound_to)
        if None in row or "" in row:
            raise ValueError(f"{self.column_name}: give the row its {' and '.join(self.bound_to)} before it is saved.")
        return row

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = model_instance.__dict__.get(self.attname)
        if isinstance(value, Sealed):
            if add:  # a copy of another row would be written as something that nobody can ever read
                unseal(value, self.column_name, self.row(model_instance))
            return value
        return seal(value, self.column_name, self.row(model_instance)) if value else value

    def get_prep_value(self, value: Any) -> Any:
        if value and not isinstance(value, Sealed):
            raise TypeError(f"{self.column_name} is encrypted for its row: set it there and save, or ask its index.")
        return value

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        value = value if prepared else self.get_prep_value(value)
        return None if value is None else connection.Database.Binary(value.raw if value else b"")

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Sealed | str | None:
        raw = None if value is None else bytes(value)
        return Sealed(raw) if raw else "" if raw is not None else None

    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup(lookup_name) if lookup_name in {"isnull", "exact", "in"} else None

    def formfield(self, **kwargs: Any) -> Any:  # type: ignore[override]
        return super().formfield(**{"form_class": CharField, "max_length": self.max_length, **kwargs})


class BlindIndexField(models.BinaryField):  # type: ignore[type-arg]
    """The keyed digest (HMAC-SHA256) of an encrypted field of the same row, or of its last characters (`tail`).

    Equal texts of one mall and one column have equal digests, so that an exact text can be found without reading any
    row. Whoever has the database without the keys learns from it which rows of a mall share a text, nothing more; with
    the keys, the last four digits can be guessed. The mall is part of the key, therefore the column alone is indexed.
    """

    def __init__(self, *args: Any, of: str, tail: int = 0, **kwargs: Any) -> None:
        self.of, self.tail = of, tail
        super().__init__(*args, **{"null": True, "editable": False, "db_index": True, **kwargs, "max_length": DIGEST})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of, "tail": self.tail}

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        if not isinstance(model_instance.__dict__.get(self.of), Sealed):  # nobody has touched it
            setattr(model_instance, self.attname, self.digest_of(model_instance))
        return super().pre_save(model_instance, add)

    def digest_of(self, instance: Any) -> bytes | None:
        """What this row's digest is under the newest key; nothing for no text."""
        text = getattr(instance, self.of)
        return self.digests(text, instance.mall_id)[0] if text else None

    def digests(self, text: str, mall_id: int) -> list[bytes]:
        """What may stand in the index for this text: one digest for each key that is still in use."""
        return digests(text[-self.tail :], f"{self.model._meta.label_lower}.{self.name}", mall_id)


def _has_field(model: type[models.Model], name: str) -> bool:
    try:
        model._meta.get_field(name.removesuffix("_id"))
    except FieldDoesNotExist:
        return name in {field.attname for field in model._meta.concrete_fields}
    return True
