"""Every answer of a desk at one moment, small enough for a browser to hold and to search while one types (ux S2)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from sisheng.ground.search.packed import pack
from sisheng.ground.search.readings import Entry
from sisheng.mall.directory.cards import AnswerCard, facility_card, fact_card, shop_card
from sisheng.mall.directory.doors import next_change
from sisheng.mall.directory.models import Desk, Facility, Mall, NeedType, Promotion, Route

FAR = 10_000  # metres: what has no measured way comes last

IN_THE_NAMES = {"kind", "ref", "title"}
FACILITY_NEEDS = {
    Facility.Kind.PARKING: NeedType.PARKING,
    Facility.Kind.STORAGE: NeedType.BAGS,
    Facility.Kind.GATE: NeedType.DIRECTIONS,
    Facility.Kind.TRANSPORT: NeedType.DIRECTIONS,
    Facility.Kind.DESK: NeedType.DIRECTIONS,
}


@dataclass(frozen=True)
class AnswerSheet:
    """The answers of a desk, and until when each word of them stays true if nobody changes the directory."""

    said: dict[str, str]  # packed.js puts it together again
    entries: list[dict[str, Any]]
    version: str  # for an ETag: desk.edition.until
    fresh_until: datetime

    def as_json(self) -> str:
        told = {"version": self.version, "fresh_until": self.fresh_until.isoformat(), "said": self.said}
        return json.dumps({**told, "entries": self.entries}, ensure_ascii=False, separators=(",", ":"))


def answer_sheet(mall: Mall, at: datetime, desk: Desk | None) -> AnswerSheet:
    answers = list(_answers(mall, at, desk))
    said, small = pack(names for names, _more in answers)
    entries = [{**packed, **more} for packed, (_names, more) in zip(small, answers, strict=True)]
    fresh_until = _fresh_until(mall, at)
    version = f"{desk.pk if desk else 0}.{mall.edition}.{int(fresh_until.timestamp())}"
    return AnswerSheet(said, entries, version, fresh_until)


def is_still_true(version: str, mall: Mall, at: datetime, desk: Desk | None) -> bool:
    """Whether a sheet with this version need not be made again. Asks nothing of the database."""
    try:
        of_desk, edition, until = map(int, version.split("."))
    except ValueError:
        return False
    return (of_desk, edition) == (desk.pk if desk else 0, mall.edition) and at.timestamp() < until


def answer_entries(mall: Mall, at: datetime, desk: Desk | None) -> list[dict[str, Any]]:
    """The same, not packed: for pages and tests."""
    return [{**names.as_json(), **more} for names, more in _answers(mall, at, desk)]


Answer = tuple[Entry, dict[str, Any]]  # what it answers to; its place and its card in both languages


def _answers(mall: Mall, at: datetime, desk: Desk | None) -> Iterator[Answer]:
    """Shops by unit, facilities with the nearest first, then facts. Of two that answer equally well the earlier is
    meant, so 洗手间 is the nearest one."""
    routes = _routes(mall, desk)
    yield from _shops(mall, at, routes)
    yield from _facilities(mall, at, routes)
    yield from _facts(mall, at)


Routes = dict[tuple[str, int | None], Route]


def _routes(mall: Mall, desk: Desk | None) -> Routes:
    return {
        ("shop", route.shop_id) if route.shop_id else ("facility", route.facility_id): route
        for route in mall.routes.filter(desk=desk)
    }


def _shops(mall: Mall, at: datetime, routes: Routes) -> Iterator[Answer]:
    promotions: dict[int | None, list[Promotion]] = defaultdict(list)
    for promotion in mall.promotions.running(at):
        promotions[promotion.shop_id].append(promotion)
    for shop in mall.shops.here().select_related("floor", "zone"):
        route = routes.get(("shop", shop.pk))
        cards = {lang: shop_card(shop, at, lang, route, promotions[shop.pk]) for lang in ("zh", "en")}
        names = Entry.of(
            f"shop:{shop.unit}",
            shop.name,
            title_en=shop.name_en,
            aliases=shop.aliases.split(),
            codes=(shop.unit, shop.extension),
        )
        yield names, _told(cards, code=shop.unit)


def _facilities(mall: Mall, at: datetime, routes: Routes) -> Iterator[Answer]:
    facilities = mall.facilities.filter(is_for_staff=False).select_related("floor", "zone")
    away = {place.pk: _metres(routes.get(("facility", place.pk))) for place in facilities}
    for place in sorted(facilities, key=lambda place: away[place.pk]):
        route = routes.get(("facility", place.pk))
        cards = {lang: facility_card(place, at, lang, route) for lang in ("zh", "en")}
        names = Entry.of(
            f"facility:{place.code}",
            place.name,
            title_en=place.name_en,
            aliases=place.aliases.split(),
            codes=(place.unit,),
        )
        need = FACILITY_NEEDS.get(Facility.Kind(place.kind), NeedType.FACILITIES)
        yield names, _told(cards, code=place.unit, need=need.value, metres=route.metres if route else None)


def _facts(mall: Mall, at: datetime) -> Iterator[Answer]:
    for fact in mall.facts.filter(is_in_use=True):
        cards = {lang: fact_card(fact, at, lang) for lang in ("zh", "en")}
        names = Entry.of(f"fact:{fact.key}", fact.question, title_en=fact.question_en, aliases=fact.aliases.split())
        yield names, _told(cards, need=fact.need)


def _told(cards: dict[str, AnswerCard], **more: Any) -> dict[str, Any]:
    """What goes to the browser besides the names. What is empty stays at home, and so does English that is no other
    than the Chinese: the browser falls back to that."""
    zh, en = vars(cards["zh"]), vars(cards["en"])
    return {
        **{key: value for key, value in more.items() if value},
        "zh": {key: value for key, value in zh.items() if value and key not in IN_THE_NAMES},
        "en": {key: value for key, value in en.items() if value != zh[key] and key not in IN_THE_NAMES},
    }


def _metres(route: Route | None) -> int:
    return route.metres if route and route.metres is not None else FAR


def _fresh_until(mall: Mall, at: datetime) -> datetime:
    """The next moment at which a sentence would have to be another: something opens, closes, begins, ends, or the day
    turns."""
    midnight = datetime.combine(mall.today(at) + timedelta(days=1), time(0), mall.zone)
    changes = [midnight, *_door_changes(mall, at), *_news_changes(mall, at)]
    return min(change for change in changes if change > at).astimezone(UTC)


def _door_changes(mall: Mall, at: datetime) -> Iterable[datetime]:
    changes = (next_change(mall.calendars.of(hours.pk), at) for hours in mall.opening_hours.all())
    return (change for change in changes if change is not None)


def _news_changes(mall: Mall, at: datetime) -> Iterable[datetime]:
    coming = mall.promotions.filter(until_at__gt=at).values_list("from_at", "until_at")
    yield from (moment for dates in coming for moment in dates if moment > at)
    for place in mall.facilities.filter(closed_until__gt=at):
        if place.closed_until:
            yield place.closed_until
