"""The shops with their people, the facilities, and the answers everybody knows."""

from __future__ import annotations

import random
from datetime import date, timedelta

from sisheng.config.demo.tables import add_missing, rows, tree
from sisheng.mall.directory.models import BrandContact, Facility, Fact, Mall, Shop

SEED = 20261122
SURNAMES = (
    "许沈韩唐冯邓曹彭曾萧田董袁潘蒋蔡余杜叶程苏魏吕丁任卢姚崔钟谭陆汪范金石廖贾"
    "夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
LEAVING, MOVED, LICENCE_RUNS_OUT = "L2-B03", "L5-B02", "L4-A06"  # what the demo shows on purpose
LONG_UNCHECKED = {"gift-cards", "luggage-and-flight"}


def shops(mall: Mall, today: date) -> int:
    floors = {floor.code: floor for floor in mall.floors.all()}
    zones = {zone.code: zone for zone in mall.zones.all()}
    hours = {pattern.code: pattern for pattern in mall.opening_hours.all()}
    categories = tree("mall")["categories"]
    fate = random.Random(SEED)  # noqa: S311 (the same every time, on purpose)
    made = (
        Shop(
            mall=mall,
            unit=row["unit"],
            floor=floors[row["unit"][:2]],
            zone=zones[row["unit"][3]],
            name=row["name"],
            name_en=row["name_en"],
            aliases=row["aliases"],
            category=row["category"],
            category_en=categories[row["category"]],
            hours=hours[row["hours"]],
            returns_class=row["returns_class"],
            extension=row["extension"],
            look=row["look"],
            look_en=row["look_en"],
            note=row["note"],
            note_en=row["note_en"],
            is_prepaid=row["returns_class"] == "V-PREPAID",
            licence_until=_licence(row["unit"], today, fate),
            notice_until=today + timedelta(days=30) if row["unit"] == LEAVING else None,
            moved_from="L5-C03" if row["unit"] == MOVED else "",
            moved_on=_in_last_month(today) if row["unit"] == MOVED else None,
        )
        for row in rows("shops")
    )
    return add_missing(made, by="unit", within={"mall": mall})


def _licence(unit: str, today: date, fate: random.Random) -> date:
    days = fate.randint(120, 900)
    return today + timedelta(days=20 if unit == LICENCE_RUNS_OUT else days)


def _in_last_month(today: date) -> date:
    return (today.replace(day=1) - timedelta(days=1)).replace(day=18)


def contacts(mall: Mall) -> int:
    """Everywhere somebody for goods, for returns and for complaints, and a deputy who stands behind them (TEN-01)."""
    made = []
    for turn, shop in enumerate(mall.shops.order_by("unit")):
        manager = (f"{SURNAMES[turn]}店长", shop.extension)
        second = (f"{SURNAMES[-1 - turn]}副店长", f"154 0000 {2001 + turn}")
        ladders = {"goods": (second, manager), "returns": (second, manager), "complaints": (manager, second)}
        made += [
            BrandContact(mall=mall, shop=shop, topic=topic, position=position, name=name, extension=extension)
            for topic, ladder in ladders.items()
            for position, (name, extension) in enumerate(ladder, 1)
        ]
    return add_missing(made, by=("shop_id", "topic", "position"), within={"mall": mall})


def facilities(mall: Mall) -> int:
    floors = {floor.code: floor for floor in mall.floors.all()}
    zones = {zone.code: zone for zone in mall.zones.all()}
    hours = {pattern.code: pattern for pattern in mall.opening_hours.all()}
    made = (
        Facility(
            mall=mall,
            code=row["code"],
            kind=row["kind"],
            name=row["name"],
            name_en=row["name_en"],
            aliases=row["aliases"],
            floor=floors[row["floor"]],
            zone=zones[row["zone"]],
            spot=row["spot"],
            spot_en=row["spot_en"],
            hours=hours[row["hours"]] if row["hours"] else None,
            is_step_free=row["step_free"] == "1",
            is_for_staff=row["staff_only"] == "1",
        )
        for row in rows("facilities")
    )
    return add_missing(made, by="code", within={"mall": mall})


def facts(mall: Mall, today: date) -> int:
    made = (
        Fact(
            mall=mall,
            key=key,
            need=told["need"],
            question=told["question"],
            question_en=told["question_en"],
            answer=told["answer"],
            answer_en=told["answer_en"],
            detail=told.get("detail", ""),
            detail_en=told.get("detail_en", ""),
            aliases=told["aliases"],
            owner=told["owner"],
            published_in=told["published"],
            checked_on=today - timedelta(days=45 if key in LONG_UNCHECKED else 3 + turn % 20),
            review_days=told.get("review", 30),
        )
        for turn, (key, told) in enumerate(tree("facts").items())
    )
    return add_missing(made, by="key", within={"mall": mall})
