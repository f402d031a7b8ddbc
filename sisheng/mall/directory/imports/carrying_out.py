"""What was planned for the shops, done at once or not at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sisheng.ground.act import Act
from sisheng.ground.events.models import Event
from sisheng.ground.refusals import Overtaken
from sisheng.ground.search.actions import drop
from sisheng.ground.tables.plan import Changed, New, Plan, Values
from sisheng.ground.tables.source import Source
from sisheng.mall.directory.actions import tell, topic_of
from sisheng.mall.directory.findable import key as key_of
from sisheng.mall.directory.findable import make_findable
from sisheng.mall.directory.imports.shops import told
from sisheng.mall.directory.imports.telling import tell_import
from sisheng.mall.directory.models import BrandContact, Mall, Shop

CONTACT = {"contact_name": "name", "contact_phone": "extension"}


def import_shops(
    act: Act, mall: Mall, plan: Plan, source: Source, *, watch: Callable[[int], None] = lambda _done: None
) -> None:
    """New shops come into the directory and known ones say what the table says, each told as an event.

    Raises NotAllowed, and Overtaken when the directory has changed since it was compared with the table.
    """
    act.must("imports.run", mall)
    if plan.changes_nothing:
        return
    try:
        with transaction.atomic():
            _write(act, mall, plan, watch)
            tell_import(act, mall, "shops", plan, source)
    except IntegrityError:
        raise _overtaken() from None


def _write(act: Act, mall: Mall, plan: Plan, watch: Callable[[int], None]) -> None:
    shops = {shop.pk: shop for shop in mall.shops.select_for_update().order_by("pk")}
    for row in plan.changed:
        _refuse_overtaken(shops.get(row.known.ref), row)
    moved = [row.known.ref for row in plan.changed if "unit" in row.changes]
    for row in plan.changed:
        drop(*key_of(shops[row.known.ref]))  # the search knows a shop by its unit
    for pk in moved:  # two shops may change places
        Shop.objects.filter(pk=pk).update(unit=f"~{pk}")
    there = [shops[row.known.ref] for row in plan.changed]
    closings_first = sorted(plan.changed, key=lambda row: row.values.get("status") != Shop.Status.CLOSED)
    for done, row in enumerate(closings_first, start=1):
        _change(act, mall, shops[row.known.ref], row)
        watch(done)
    for done, each in enumerate(plan.new, start=len(plan.changed) + 1):
        there.append(_add(act, mall, each))
        watch(done)
    make_findable(shop for shop in there if shop.status != Shop.Status.CLOSED)  # who has left is dropped already
    mall.new_edition()


def _refuse_overtaken(shop: Shop | None, row: Changed) -> None:
    if shop is None:
        raise _overtaken()
    now = told(shop, _first_contact(shop))
    if any(now[key] != before for key, (before, _after) in row.changes.items()):
        raise _overtaken()


def _change(act: Act, mall: Mall, shop: Shop, row: Changed) -> None:
    changes = {key: both for key, both in row.changes.items() if key not in CONTACT}
    for key, (_before, after) in changes.items():
        setattr(shop, key, after)
    if changes:
        shop.save(update_fields=list(changes))
        tell(act, mall, shop, changes)
    if len(changes) < len(row.changes):
        _set_contact(act, mall, shop, row.values)


def _add(act: Act, mall: Mall, row: New) -> Shop:
    shop = Shop.objects.create(mall=mall, **{key: v for key, v in row.values.items() if key not in CONTACT})
    Event.record("directory.added", topic_of(shop), act, mall_id=mall.pk, thing=str(shop))
    if row.values.get("contact_phone"):
        _set_contact(act, mall, shop, row.values)
    return shop


def _set_contact(act: Act, mall: Mall, shop: Shop, said: Values) -> None:
    """Whom the desk rings there first, about anything. Without a name it is the shop itself."""
    contact = _first_contact(shop) or BrandContact(mall=mall, shop=shop, name=shop.name[:40])
    new: dict[str, Any] = {name: said[key] for key, name in CONTACT.items() if key in said}
    changes = {name: (getattr(contact, name), value) for name, value in new.items() if getattr(contact, name) != value}
    for name, value in new.items():
        setattr(contact, name, value)
    contact.save()
    tell(act, mall, contact, changes)


def _first_contact(shop: Shop) -> BrandContact | None:
    return shop.contacts.filter(topic=BrandContact.Topic.ANY, position=1).first()


def _overtaken() -> Overtaken:
    return Overtaken(_("The directory was changed while the file was read. Nothing was imported; start again."))
