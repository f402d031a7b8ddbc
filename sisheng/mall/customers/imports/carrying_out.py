"""What was planned for the customers, done at once or not at all, however many they are.

They come in one transaction. While it lasts nobody else can write to SQLite, so everything that takes thought (numbers,
encryption) is done before it begins.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, time
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from sisheng.ground.act import Act
from sisheng.ground.events.models import Event, Telling
from sisheng.ground.privacy.declared import personal
from sisheng.ground.refusals import Overtaken
from sisheng.ground.tables.plan import Changed, Plan, Values
from sisheng.ground.tables.source import Source
from sisheng.mall.customers.imports.people import COMPARED
from sisheng.mall.customers.imports.writing import in_pieces, insert, prepared, update
from sisheng.mall.customers.models import Customer
from sisheng.mall.directory.imports.telling import tell_import
from sisheng.mall.directory.models import Mall, Sequence

Watch = Callable[[int], None]


def import_customers(act: Act, mall: Mall, plan: Plan, source: Source, *, watch: Watch = lambda _done: None) -> None:
    """New customers are remembered and known ones are brought up to date. `watch` hears how many are prepared.

    One event tells of the whole file and gives the numbers of the new customers, from first to last: so it is on
    record for each of them where they came from, without a hundred thousand events that say the same. A customer who
    was known before has an event of their own with what changed.

    Raises NotAllowed, and Overtaken when a customer has changed since the file was compared.
    """
    act.must("imports.run", mall)
    if plan.changes_nothing:
        return
    numbers = Sequence.next_block(mall, "GK", len(plan.new), digits=7) if plan.new else []
    people = (_person(act, mall, row.values, number) for row, number in zip(plan.new, numbers, strict=True))
    rows = prepared(people, watch)
    try:
        with transaction.atomic():
            _refuse_overtaken(mall, plan.changed)
            insert(Customer, rows)
            _change(act, mall, plan.changed)
            tell_import(act, mall, "customers", plan, source, **_from_to(numbers))
    except IntegrityError:  # somebody has just written down one of the new numbers
        raise _overtaken() from None


def _person(act: Act, mall: Mall, said: Values, number: str) -> Customer:
    """Numbered before it is written, since what is encrypted is tied to its number. Should the import fail now, the
    numbers are a gap, which is harmless."""
    since = said.get("since")
    known_since = datetime.combine(since, time(), mall.zone) if since else act.happened_at
    return Customer(
        mall=mall, number=number, created_at=known_since, **{key: said[key] for key in said if key != "since"}
    )


def _refuse_overtaken(mall: Mall, changed: list[Changed]) -> None:
    """Everything that is to be changed is still as it was when it was compared, and stays so until we are done."""
    for rows in in_pieces(changed):
        then = {row.known.ref: tuple(row.known.values[key] for key in COMPARED) for row in rows}
        here = Customer.objects.select_for_update().filter(mall=mall, pk__in=then).order_by("pk")
        now = {pk: tuple(values) for pk, *values in here.values_list("pk", *COMPARED)}
        if now != then:
            raise _overtaken()


def _change(act: Act, mall: Mall, changed: list[Changed]) -> None:
    by_columns: dict[tuple[str, ...], list[Changed]] = defaultdict(list)
    for row in changed:
        by_columns[tuple(row.changes)].append(row)
    for columns, rows in by_columns.items():
        update(Customer, columns, [(row.known.ref, [after for _before, after in row.changes.values()]) for row in rows])
    for piece in in_pieces(changed):
        numbers = dict(Customer.objects.filter(pk__in=[row.known.ref for row in piece]).values_list("pk", "number"))
        told = [_told(f"customer:{numbers[row.known.ref]}", row) for row in piece]
        Event.record_many("customer.changed", act, told, mall_id=mall.pk)


def _told(topic: str, row: Changed) -> Telling:
    """What lies about people goes beside the event, where it can be erased."""
    about_people = personal(Customer)
    both: dict[str, Any] = {key: [before, after] for key, (before, after) in row.changes.items()}
    beside = {key: both.pop(key) for key in list(both) if key in about_people}
    named = [str(Customer._meta.get_field(key).verbose_name) for key in row.changes]  # type: ignore[union-attr]
    return Telling(topic, {"fields": get_text_list(named, _("and")), "changes": both}, beside or None)


def _from_to(numbers: list[str]) -> dict[str, Any]:
    return {"first": numbers[0], "last": numbers[-1]} if numbers else {}


def _overtaken() -> Overtaken:
    return Overtaken(_("A customer was changed while the file was read. Nothing was imported; start again."))
