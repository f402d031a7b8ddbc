"""Which card was read out to somebody with a need."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date

from sisheng.desk.contacts.models import Outcome
from sisheng.mall.directory.models import Facility, Fact, Mall, Shop

ANCHORS = {"B1-A01": 6, "L6-A01": 5, "L2-C02": 4, "L4-A03": 4, "L4-B01": 3, "L5-A03": 3}  # asked for more than others
FACTS = {
    "2": {"hours-today": 55, "holiday-hours": 12, "roof-garden": 18},
    "3": {"parking-fee": 60, "find-my-car": 20, "ev-charging": 12, "accessible-parking": 8},
    "4": {"faulty-goods": 30, "promise-seven-days": 30, "repair": 20, "refund-arrival": 15, "three-guarantees": 5},
    "5": {"points": 45, "tiers": 30, "gift-cards": 10, "vip-lounge": 8, "prepaid-card": 7},
    "6": {"wifi": 30, "phone-charging": 40, "smoking": 20, "pets": 10},
    "7": {"umbrella": 45, "stroller": 30, "wheelchair": 25},
    "8": {"bag-storage": 75, "not-stored": 10, "luggage-and-flight": 15},
    "9": {"lost": 70, "found": 30},
    "0": {"invoice": 35, "transport": 25, "complaint-times": 10, "leasing": 10, "broadcast-request": 10, "photos": 10},
}
NOT_DEDUCTED = "消费满额了停车费没有减"  # the same complaint every Saturday


@dataclass(frozen=True)
class Read:
    """What was read out, or that nothing was."""

    outcome: str
    kind: str = ""
    ref: str = ""
    title: str = ""
    shop: Shop | None = None
    words: str = ""


class Answers:
    """The cards of the mall, drawn as often as people ask for them."""

    def __init__(self, mall: Mall) -> None:
        self.shops = list(mall.shops.here().order_by("unit"))
        self.shop_weights = [ANCHORS.get(shop.unit, 1) for shop in self.shops]
        facilities = mall.facilities.filter(is_for_staff=False).order_by("code")
        self.places = [place for place in facilities if place.kind not in ("toilet", "nursing", "charging")]
        self.comforts = [place for place in facilities if place.kind in ("toilet", "nursing", "charging")]
        self.comfort_weights = [5 if place.floor_id == self._ground(mall) else 1 for place in self.comforts]
        self.facts = {fact.key: fact for fact in mall.facts.all()}

    def draw(self, need: str, on: date, fate: random.Random) -> Read:
        if need == "1":
            return self._shop(fate, Outcome.GUIDED) if fate.random() < 0.72 else self._place(self.places, None, fate)
        if need == "6" and fate.random() < 0.75:
            return self._place(self.comforts, self.comfort_weights, fate)
        if need in "24" and fate.random() < (0.15 if need == "2" else 0.6):
            return self._shop(fate, Outcome.ANSWERED)
        return self._fact(need, on, fate)

    def _shop(self, fate: random.Random, outcome: str) -> Read:
        shop = fate.choices(self.shops, weights=self.shop_weights)[0]
        return Read(outcome, "shop", shop.unit, shop.name, shop)

    def _place(self, places: list[Facility], weights: list[int] | None, fate: random.Random) -> Read:
        place = fate.choices(places, weights=weights)[0]
        return Read(Outcome.GUIDED, "facility", place.code, place.name)

    def _fact(self, need: str, on: date, fate: random.Random) -> Read:
        shares = FACTS[need]
        fact: Fact = self.facts[fate.choices(tuple(shares), weights=tuple(shares.values()))[0]]
        is_saturday_trouble = fact.key == "parking-fee" and on.isoweekday() == 6 and fate.random() < 0.35
        words = NOT_DEDUCTED if is_saturday_trouble else ""
        return Read(Outcome.ANSWERED, "fact", fact.key, fact.question, words=words)

    @staticmethod
    def _ground(mall: Mall) -> int:
        return mall.floors.get(code="L1").pk
