"""Loads the demo mall and its practice mall. Loading again adds what is missing and touches nothing else."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from sisheng.config.demo import customers, house, news, people, places, ways
from sisheng.config.demo.tables import add_missing, tree
from sisheng.desk.knowledge.actions import give_phrases
from sisheng.mall.directory.findable import make_mall_findable
from sisheng.mall.directory.models import Mall


@dataclass
class Summary:
    """What loading has done."""

    mall: Mall
    practice: Mall
    made: Counter[str] = field(default_factory=Counter)  # how many were new, by kind
    new_codes: list[str] = field(default_factory=list)  # of the people who were given the password just now


@transaction.atomic
def load(*, password: str, at: datetime) -> Summary:
    """Write down 泊云汇 as it stands at this moment, a practice mall beside it, and the people, who log in with this
    password. Those who are there already keep theirs."""
    plan = tree("mall")
    mall, made = _build(plan["mall"], at)
    practice, made_too = _build({**plan["mall"], **plan["practice"]}, at, shadow_of=mall)
    summary = Summary(mall, practice, made + made_too)
    summary.made["staff"], summary.new_codes = people.staff(password)
    for place in (mall, practice):
        summary.made["posts"] += people.posts(place)
        summary.made["duty days"] += people.duty_days(place, place.today(at))
    summary.made["customers"] = customers.customers(mall, at)
    return summary


def _build(about: dict[str, str], at: datetime, shadow_of: Mall | None = None) -> tuple[Mall, Counter[str]]:
    mall, of_house = house.build(about, at, shadow_of)
    today = mall.today(at)
    made = Counter(of_house)
    made["shops"] = places.shops(mall, today)
    made["brand contacts"] = places.contacts(mall)
    made["facilities"] = places.facilities(mall)
    made["facts"] = places.facts(mall, today)
    made["routes"] = add_missing(
        ways.routes(mall.desks.get(code="main")), by=("shop_id", "facility_id"), within={"mall": mall}
    )
    made["promotions"] = news.promotions(mall, today)
    made["announcements"] = news.announcements(mall, at)
    made["phrases"] = give_phrases(mall)
    if made.total():
        mall.new_edition()
        make_mall_findable(mall)
    return mall, +made
