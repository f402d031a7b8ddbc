"""Which answer card was read out: from the words the browser sends to the record in the directory."""

from __future__ import annotations

from django.utils.translation import gettext as _

from sisheng.desk.contacts.actions import Answer
from sisheng.ground.refusals import Unusable
from sisheng.mall.directory.models import Facility, Fact, Mall, Shop


def answer_named(mall: Mall, name: str) -> Answer:
    """The answer behind "shop:L2-C02", "facility:toilet-L1-A" or "fact:parking-fee" in this mall.

    Raises Unusable for a card that does not exist (any more).
    """
    kind, _colon, ref = name.partition(":")
    find = {"shop": _shop, "facility": _facility, "fact": _fact}.get(kind)
    answer = find(mall, ref) if find and ref else None
    if answer is None:
        raise Unusable(_("This answer card no longer exists. Reload the page to get today's cards."), field="answer")
    return answer


def _shop(mall: Mall, unit: str) -> Answer | None:
    shop = Shop.objects.here().filter(mall=mall, unit=unit).only("unit", "name", "mall").first()
    return Answer("shop", shop.unit, shop.name, shop) if shop else None


def _facility(mall: Mall, code: str) -> Answer | None:
    facility = Facility.objects.filter(mall=mall, code=code).only("code", "name").first()
    return Answer("facility", facility.code, facility.name) if facility else None


def _fact(mall: Mall, key: str) -> Answer | None:
    fact = Fact.objects.filter(mall=mall, key=key, is_in_use=True).only("key", "question").first()
    return Answer("fact", fact.key, fact.question) if fact else None
