"""Where a customer stands, and where what they look for is."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.utils.translation import get_language

from sisheng.ground.search.finding import find
from sisheng.mall.directory.bilingual import in_language
from sisheng.mall.directory.cards import AnswerCard, facility_card, shop_card
from sisheng.mall.directory.doors import say_doors
from sisheng.mall.directory.models import Desk, Facility, Mall, Promotion, Shop

Thing = TypeVar("Thing", Shop, Facility)

MOST = 12
LONGEST = 40


@dataclass(frozen=True)
class Place:
    """Where a poster hangs: a shop, a facility, or a desk."""

    code: str
    name: str
    kind: str = ""  # shop, facility or desk


def place(mall: Mall, code: str) -> Place | None:
    """The place that a QR code names; nothing where there is no such place (any more)."""
    lang, code = get_language() or "", code.strip()[:LONGEST]
    shop = mall.shops.here().filter(unit=code).first()
    thing = (
        shop or mall.facilities.filter(code=code, is_for_staff=False).first() or mall.desks.filter(code=code).first()
    )
    return Place(code, in_language(thing, "name", lang), str(thing._meta.model_name)) if thing and code else None


def every_place(mall: Mall) -> list[Place]:
    """Wherever a poster may hang, by its code: to choose from."""
    lang = get_language() or ""
    things: list[tuple[str, Desk | Facility | Shop]] = [(desk.code, desk) for desk in mall.desks.all()]
    things += [(one.code, one) for one in mall.facilities.filter(is_for_staff=False).order_by("code")]
    things += [(shop.unit, shop) for shop in mall.shops.here().order_by("unit")]
    return [
        Place(code, in_language(thing, "name", lang), str(thing._meta.model_name)) for code, thing in things if code
    ]


def desk(mall: Mall, code: str) -> Desk | None:
    """The desk with this code; nothing where there is none (any more)."""
    code = code.strip()[:LONGEST]
    return mall.desks.filter(code=code).first() if code else None


def rated_desks(mall: Mall) -> list[Place]:
    """The desks that can be rated: those that have a code to be named by."""
    lang = get_language() or ""
    return [Place(desk.code, in_language(desk, "name", lang), "desk") for desk in mall.desks.exclude(code="")]


def found(mall: Mall, text: str, at: datetime) -> list[AnswerCard]:
    """Shops and facilities that answer to a name, its pinyin, its initials or a unit, as customers are told of them."""
    lang = get_language() or ""
    hits = find(mall.pk, text[:LONGEST], kinds={"shop", "facility"}, limit=MOST)
    units = [hit.ref for hit in hits if hit.kind == "shop"]
    codes = [hit.ref for hit in hits if hit.kind == "facility"]
    promotions: dict[int | None, list[Promotion]] = defaultdict(list)
    for promotion in mall.promotions.running(at).filter(shop__unit__in=units):
        promotions[promotion.shop_id].append(promotion)
    cards = {
        ("shop", shop.unit): shop_card(_of(mall, shop), at, lang, None, promotions[shop.pk])
        for shop in mall.shops.here().filter(unit__in=units).select_related("floor", "zone")
    } | {
        ("facility", thing.code): facility_card(_of(mall, thing), at, lang, None)
        for thing in mall.facilities.filter(code__in=codes, is_for_staff=False).select_related("floor", "zone")
    }
    return [cards[hit.kind, hit.ref] for hit in hits if (hit.kind, hit.ref) in cards]


def _of(mall: Mall, thing: Thing) -> Thing:
    thing.mall = mall  # with the calendars that were read already
    return thing


@dataclass(frozen=True)
class Counter:
    """A desk where somebody is there for people."""

    name: str
    where: str
    opening: str


def counters(mall: Mall, at: datetime) -> list[Counter]:
    lang = get_language() or ""
    return [_counter(mall, desk, at, lang) for desk in mall.desks.select_related("floor", "zone")]


def _counter(mall: Mall, desk: Desk, at: datetime, lang: str) -> Counter:
    spots = [in_language(part, "name", lang) for part in (desk.floor, desk.zone) if part]
    spots.append(in_language(desk, "spot", lang))
    said = {spot.casefold(): spot for spot in reversed(spots) if spot}  # 中庭 is said once, as the zone or as the spot
    where = " · ".join(reversed(said.values()))
    return Counter(in_language(desk, "name", lang), where, say_doors(mall.calendars.of(desk.hours_id), at))
