"""How to get there from the main desk, as one would say it: at most three clauses, and the step-free way beside it."""

from __future__ import annotations

from dataclasses import dataclass

from sisheng.config.demo.tables import rows
from sisheng.mall.directory.models import Desk, Facility, Mall, Route, Shop

SIDES = {"left": "左", "right": "右"}
ORDINALS = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh")
NO_STEPS = ("同一条路，全程没有台阶。", "The same way; there are no steps.")
METRES_A_FLOOR = 50
METRES_TO_ZONE = {"A": 30, "B": 10, "C": 45}


@dataclass(frozen=True)
class Said:
    """One way in both languages, and the one without steps."""

    say: str
    say_en: str
    step_free: str
    step_free_en: str


def routes(desk: Desk) -> list[Route]:
    """Unsaved routes from this desk to every shop and facility of its mall."""
    ways = {(way["floor"], way["zone"]): way for way in rows("ways")}
    spots = {spot["unit"]: spot for spot in rows("layout")}
    steps = {place["code"]: place for place in rows("facilities")}
    mall = desk.mall
    to_shops = [
        _route(desk, _to_shop(ways[shop.floor.code, shop.zone.code], spots[shop.unit], shop), shop=shop)
        for shop in mall.shops.select_related("floor", "zone")
        if shop.unit in spots
    ]
    to_facilities = [
        _route(desk, _to_facility(ways[place.floor.code, place.zone.code], steps[place.code]), facility=place)
        for place in mall.facilities.select_related("floor", "zone")
        if place.code in steps
    ]
    return to_shops + to_facilities


def _to_shop(way: dict[str, str], spot: dict[str, str], shop: Shop) -> Said:
    nth, side = int(spot["nth"]), spot["side"]
    count_en = f"{ORDINALS[nth]} shop on the {side}"
    return Said(
        say=f"{way['lead']}，{way['count']}第 {nth} 家，{SIDES[side]}手边{shop.look}。",
        say_en=_sentence(way["lead_en"], way["turn_en"], f"{count_en}: {shop.look_en}"),
        step_free=_lift_to_shop(way, spot) if way["free"] else NO_STEPS[0],
        step_free_en=_lift_to_shop_en(way, spot) if way["free"] else NO_STEPS[1],
    )


def _lift_to_shop(way: dict[str, str], spot: dict[str, str]) -> str:
    return f"{way['free']}，{way['free_count']}{SIDES[spot['lift_side']]}手第 {spot['lift_nth']} 家。"


def _lift_to_shop_en(way: dict[str, str], spot: dict[str, str]) -> str:
    return _sentence(way["free_en"], f"{ORDINALS[int(spot['lift_nth'])]} shop on the {spot['lift_side']}")


def _to_facility(way: dict[str, str], place: dict[str, str]) -> Said:
    say = f"{way['lead']}，{way['turn']}{place['last']}。"
    say_en = _sentence(way["lead_en"], way["turn_en"], place["last_en"])
    if place["step_free"] == "0":
        return Said(say, say_en, f"{place['free_last']}。", _sentence(place["free_last_en"]))
    if not way["free"]:
        return Said(say, say_en, *NO_STEPS)
    last, last_en = place["free_last"] or place["last"], place["free_last_en"] or place["last_en"]
    return Said(say, say_en, f"{way['free']}，{last}。", _sentence(way["free_en"], last_en))


def _sentence(*clauses: str) -> str:
    text = ", ".join(clause for clause in clauses if clause)
    return f"{text[0].upper()}{text[1:]}."


def _route(desk: Desk, said: Said, *, shop: Shop | None = None, facility: Facility | None = None) -> Route:
    return Route(
        mall=desk.mall,
        desk=desk,
        shop=shop,
        facility=facility,
        say=said.say,
        say_en=said.say_en,
        step_free=said.step_free,
        step_free_en=said.step_free_en,
        metres=_metres(desk.mall, shop or facility),
    )


def _metres(mall: Mall, place: Shop | Facility | None) -> int:
    """Roughly how far, so that of many toilets the nearest comes first."""
    assert place is not None  # noqa: S101
    storeys = abs(place.floor.level - 1) - (1 if place.floor.level < 0 else 0)  # there is no storey 0
    return storeys * METRES_A_FLOOR + METRES_TO_ZONE[place.zone.code]
