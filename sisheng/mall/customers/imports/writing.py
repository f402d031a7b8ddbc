"""Very many rows written in very little time.

The ORM thinks about each object while it writes it: a hundred thousand customers would hold the writer's turn of SQLite
for half a minute, and every desk would wait. Here all values are in the form of the database before the transaction
begins, and what is left to do in it is to hand them over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from django.db import connection, models

AT_ONCE = 500  # rows in one statement: with thirty columns still below what SQLite takes as parameters

Row = Sequence[Any]


def prepared(objects: Iterable[models.Model], watch: Callable[[int], None]) -> list[Row]:
    """New objects of one model as rows for `insert`, encrypted where they are to be."""
    rows: list[Row] = []
    for done, thing in enumerate(objects, start=1):
        values = ((field, field.pre_save(thing, add=True)) for field in _columns(type(thing)))
        rows.append([field.get_db_prep_save(value, connection) for field, value in values])
        watch(done)
    return rows


def insert(model: type[models.Model], rows: Sequence[Row]) -> None:
    """The database checks every constraint; the model does not look at the rows again."""
    quoted = connection.ops.quote_name
    columns = _columns(model)
    names = ", ".join(quoted(field.column) for field in columns)
    one = f"({', '.join(['%s'] * len(columns))})"
    begin = f"INSERT INTO {quoted(model._meta.db_table)} ({names}) VALUES "  # noqa: S608 - names of our own
    with connection.cursor() as cursor:
        for several in in_pieces(rows):
            cursor.execute(begin + ", ".join([one] * len(several)), list(chain.from_iterable(several)))


def update(model: type[models.Model], columns: Sequence[str], rows: Sequence[tuple[Any, Row]]) -> None:
    """Set these columns of each row, given by its primary key, to these values."""
    fields: list[Any] = [model._meta.get_field(name) for name in columns]
    quoted = connection.ops.quote_name
    to = ", ".join(f"{quoted(field.column)} = %s" for field in fields)
    statement = f"UPDATE {quoted(model._meta.db_table)} SET {to} WHERE {quoted('id')} = %s"  # noqa: S608 - the same
    values = [
        [*(field.get_db_prep_save(value, connection) for field, value in zip(fields, row, strict=True)), pk]
        for pk, row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(statement, values)


def in_pieces(things: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (things[begin : begin + AT_ONCE] for begin in range(0, len(things), AT_ONCE))


def _columns(model: type[models.Model]) -> list[Any]:
    return [field for field in model._meta.concrete_fields if not field.primary_key]
