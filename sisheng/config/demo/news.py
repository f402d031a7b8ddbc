"""What is on in the demo mall: promotions, announcements, and the escalator under repair."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from sisheng.config.demo.tables import add_missing, tree
from sisheng.mall.directory.models import Announcement, Mall, Promotion

UNDER_REPAIR = "escalator-B2"


def promotions(mall: Mall, today: date) -> int:
    shops = {shop.unit: shop for shop in mall.shops.all()}
    made = (
        Promotion(
            mall=mall,
            shop=shops[told["shop"]] if "shop" in told else None,
            title=told["title"],
            title_en=told["title_en"],
            text=told["text"],
            text_en=told["text_en"],
            from_at=_midnight(mall, today + timedelta(days=told["from"])),
            until_at=_midnight(mall, today + timedelta(days=told["until"] + 1)),
        )
        for told in tree("news")["promotions"]
    )
    return add_missing(made, by="title", within={"mall": mall})


def announcements(mall: Mall, at: datetime) -> int:
    facilities = {place.code: place for place in mall.facilities.all()}
    made = [
        Announcement(
            mall=mall,
            facility=facilities[told["facility"]] if "facility" in told else None,
            text=told["text"],
            text_en=told["text_en"],
            instead=told["instead"],
            instead_en=told["instead_en"],
            from_at=_begins(mall, at, told),
            until_at=_ends(mall, at, told),
        )
        for told in tree("news")["announcements"]
    ]
    new = add_missing(made, by="text", within={"mall": mall})
    if new:
        _close_the_escalator(mall, made[0].until_at)
    return new


def _close_the_escalator(mall: Mall, until: datetime) -> None:
    mall.facilities.filter(code=UNDER_REPAIR, closed_until=None).update(
        closed_until=until, closed_because="检修", closed_because_en="under repair"
    )


def _begins(mall: Mall, at: datetime, told: dict[str, Any]) -> datetime:
    day = mall.today(at) + timedelta(days=told["from_day"]) if "from_day" in told else mall.today(at)
    return _midnight(mall, day)


def _ends(mall: Mall, at: datetime, told: dict[str, Any]) -> datetime:
    today = mall.today(at)
    if "until_day" in told:
        return _midnight(mall, today + timedelta(days=told["until_day"] + 1))
    ends = datetime.combine(today, time.fromisoformat(told["until_time"]), mall.zone)
    return ends if ends > at else ends + timedelta(days=1)


def _midnight(mall: Mall, day: date) -> datetime:
    return datetime.combine(day, time(0), mall.zone)
