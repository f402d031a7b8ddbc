"""Which shop a row is about.

A row is about the shop that is in its unit under its name, or nearly that name; else about the shop of that name that
is nowhere else in the file: it has moved. Where another shop is still in the unit nobody can tell whether it was
renamed or has gone, and the row is refused: a new tenant must not inherit the record of the old one.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from sisheng.ground.refusals import Unusable
from sisheng.ground.tables.plan import ALL_AT_ONCE, Found, Known, Spec, Values
from sisheng.ground.tables.values import fold
from sisheng.mall.directory.imports.fields import shop_fields
from sisheng.mall.directory.models import BrandContact, Mall, Shop

UNIT = re.compile(r"(?P<floor>[A-Z]*\d+[A-Z]?)-?(?P<zone>[A-Z]+)[\d-]*")  # L2-C02: floor L2, zone C
ASKED = (
    *("unit", "name", "name_en", "aliases", "category", "category_en", "floor", "zone", "hours", "returns_class"),
    *("extension", "status", "notice_until", "is_prepaid", "licence_until", "note"),
)


def shop_spec(mall: Mall) -> Spec:
    """What the rows of a table of shops are, for this mall."""
    fields = shop_fields(mall)
    read = {field.key: field.read for field in fields}

    def complete(row: Values) -> Values:
        """The floor and the zone follow from the unit, where the table does not name them."""
        if parts := UNIT.fullmatch(row["unit"]):
            for key in ("floor", "zone"):
                if key not in row and (place := _or_nothing(read[key], parts[key])):
                    row[key] = place
        return row

    return Spec(
        fields=fields,
        key=_key,
        find=lambda rows: _Search(mall).find(rows),
        called=lambda row: f"{row['name']} {row['unit']}",
        complete=complete,
        check=_check,
        are_twins_refused=True,
        at_once=ALL_AT_ONCE,  # whether a shop has moved can be told only when all rows are known
    )


def _key(row: Values) -> Hashable:
    return (row["unit"], row["name"] if row.get("status") == Shop.Status.CLOSED else "")


def _or_nothing(read: Any, written: str) -> Any:
    try:
        return read(written)
    except Unusable:
        return None


def _check(row: Values, known: Known | None) -> None:
    now = (known.values if known else {}) | row
    if now.get("floor") is None or now.get("zone") is None:
        raise Unusable(
            _("Floor and zone cannot be told from the unit. Add the columns “floor” and “zone”."),
            field="unit",
        )
    if now.get("status") == Shop.Status.MOVING and not now.get("notice_until"):
        raise Unusable(_("A shop that moves needs its last day here (column “last day”)."), field="status")
    if now.get("contact_name") and not now.get("contact_phone"):
        raise Unusable(_("A contact person needs a phone number (column “phone”)."), field="contact_name")


class _Search:
    """All rows against all shops of the mall."""

    def __init__(self, mall: Mall) -> None:
        contacts = {
            contact.shop_id: contact
            for contact in BrandContact.objects.filter(mall=mall, topic=BrandContact.Topic.ANY, position=1)
        }
        shops = mall.shops.select_related("floor", "zone", "hours")
        self._shops = {shop.pk: shop for shop in shops}
        self._known = {shop.pk: Known(shop.pk, told(shop, contacts.get(shop.pk))) for shop in shops}
        self._there = {shop.unit: shop for shop in shops if shop.status != Shop.Status.CLOSED}

    def find(self, rows: Sequence[Values]) -> list[Found]:
        found: dict[int, Shop] = {}  # by the place of the row
        for place, row in enumerate(rows):
            if shop := self._in_its_unit(row):
                found[place] = shop
        staying = {shop.pk for shop in found.values()}
        for place, row in enumerate(rows):
            if place not in found and (moved := self._of_its_name(row, staying)):
                found[place] = moved
                staying.add(moved.pk)
        leaving = {shop.unit for place, shop in found.items() if _leaves(shop, rows[place])}
        return [self._answer(row, found.get(place), leaving) for place, row in enumerate(rows)]

    def _in_its_unit(self, row: Values) -> Shop | None:
        here = self._there.get(row["unit"])
        if here and is_nearly(here.name, row["name"]):
            return here
        if row.get("status") == Shop.Status.CLOSED:
            gone = [s for s in self._shops.values() if s.unit == row["unit"] and is_nearly(s.name, row["name"])]
            return gone[-1] if gone else None
        return None

    def _of_its_name(self, row: Values, staying: set[int]) -> Shop | None:
        """The only shop of this name that is not spoken of in another row."""
        name = fold(row["name"])
        of_name = [shop for shop in self._there.values() if fold(shop.name) == name and shop.pk not in staying]
        return of_name[0] if len(of_name) == 1 else None

    def _answer(self, row: Values, shop: Shop | None, leaving: set[str]) -> Found:
        here = self._there.get(row["unit"])
        is_free = here is None or here is shop or here.unit in leaving or row.get("status") == Shop.Status.CLOSED
        if not is_free and here:
            return Unusable(
                _(
                    "“%(shop)s” is in this unit. If it has gone, close it first (status “closed”); if it was renamed, "
                    "rename it in the directory."
                )
                % {"shop": here.name},
                field="unit",
            )
        return self._known[shop.pk] if shop else None


def told(shop: Shop, contact: BrandContact | None) -> Values:
    """What is known of a shop, in the words of the table."""
    values = {key: getattr(shop, key) for key in ASKED}
    values["contact_name"] = contact.name if contact else ""
    values["contact_phone"] = contact.extension if contact else ""
    return values


def _leaves(shop: Shop, row: Values) -> bool:
    return row["unit"] != shop.unit or row.get("status") == Shop.Status.CLOSED


def is_nearly(one: str, other: str) -> bool:
    """The same shop by another spelling: 行远箱包 and 行远箱包（旗舰店）."""
    short, long = sorted((fold(one), fold(other)), key=len)
    return short == long or (len(short) >= 2 and short in long)
