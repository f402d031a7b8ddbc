"""What of the directory the search knows, and by which words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sisheng.ground.search.actions import drop, index_many
from sisheng.ground.search.documents import Document
from sisheng.mall.directory.models import Facility, Fact, Mall, Shop


def make_findable(things: Iterable[Any]) -> None:
    """Put shops, facilities and facts into the index as they are now, and take out those that are not offered any
    more. Whoever writes them past the actions (an import, the demo mall) calls this in the same transaction."""
    things = [thing for thing in things if isinstance(thing, Shop | Facility | Fact)]
    index_many(document(thing) for thing in things if _is_offered(thing))
    for thing in things:
        if not _is_offered(thing):
            drop(*key(thing))


def make_mall_findable(mall: Mall) -> None:
    """The whole directory of a mall; the first of the index is what was there first."""
    facts = mall.facts.order_by("-key")
    facilities = mall.facilities.select_related("floor", "zone").order_by("-code")
    make_findable([*facts, *facilities, *mall.shops.order_by("-unit")])


def key(thing: Shop | Facility | Fact) -> tuple[int, str, str]:
    """Mall, kind and ref: what names it in the index, and in the quick log as “shop:L2-C02”."""
    match thing:
        case Shop():
            return thing.mall_id, "shop", thing.unit
        case Facility():
            return thing.mall_id, "facility", thing.code
        case Fact():
            return thing.mall_id, "fact", thing.key


def document(thing: Shop | Facility | Fact) -> Document:
    mall_id, kind, ref = key(thing)
    aliases = thing.aliases.split()
    match thing:
        case Shop():
            return Document(
                mall_id, kind, ref, thing.name, thing.name_en,
                names=[thing.name], aliases=aliases, codes=[thing.unit, thing.extension],
                body=f"{thing.category} {thing.category_en}", extra={"code": f"{thing.unit} {thing.extension}".strip()},
            )  # fmt: skip
        case Facility():
            return Document(
                mall_id, kind, ref, thing.name, thing.name_en,
                names=[thing.name], aliases=aliases, codes=[thing.unit],
                body=f"{thing.spot} {thing.spot_en}", extra={"code": thing.unit},
            )  # fmt: skip
        case Fact():
            return Document(
                mall_id, kind, ref, thing.question, thing.question_en,
                names=[thing.question], aliases=aliases, body=f"{thing.answer} {thing.answer_en}",
            )  # fmt: skip


def _is_offered(thing: Shop | Facility | Fact) -> bool:
    match thing:
        case Shop():
            return thing.status != Shop.Status.CLOSED
        case Facility():
            return not thing.is_for_staff
        case Fact():
            return thing.is_in_use
