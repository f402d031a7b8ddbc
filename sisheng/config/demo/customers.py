"""Two hundred invented customers (domain 4.6). Their numbers begin with 154-0000, which belongs to nobody."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from sisheng.config.demo.tables import add_missing
from sisheng.mall.customers.models import Consent, Customer
from sisheng.mall.directory.models import Mall, Sequence

SEED = 20261122
FIRST_NUMBER = 8531  # so that the next one who comes is GK-0008731
HOW_MANY, SILVER, GOLD = 200, 38, 12
WITHOUT_CONSENT, TENANTS, LARGE_PRINT = 15, 6, 4
FROM_ABROAD = {60: ("ja", "佐藤様"), 110: ("ko", "박 손님"), 170: ("en", "Ms Taylor")}
SURNAMES = "林陈黄郑何梁宋谢罗高朱胡郭马徐孙吴周赵李王张刘杨沈韩许邓冯曹彭曾萧田董潘袁蔡蒋余叶程苏吕魏"
TITLES = ("女士", "先生", "女士", "先生", "老师", "小姐", "阿姨")
VERSION = "2026-11"


def customers(mall: Mall, at: datetime) -> int:
    """Records as years of work leave them: some confirmed lately, some not; some agreed to news, some took it back."""
    people = list(_people(mall, at))
    new = add_missing(people, by="number", within={"mall": mall})
    if new:
        _consents(mall, at)
        Sequence.objects.get_or_create(
            mall=mall, prefix="GK", period="", defaults={"last": FIRST_NUMBER + HOW_MANY - 1}
        )
    return new


def _people(mall: Mall, at: datetime) -> Iterator[Customer]:
    fate = random.Random(SEED)  # noqa: S311 (the same every time, on purpose)
    turns = list(range(HOW_MANY))
    fate.shuffle(turns)
    places = [turn for turn in turns if turn not in FROM_ABROAD]
    gold, silver = set(places[:GOLD]), set(places[GOLD : GOLD + SILVER])
    ordinary = places[GOLD + SILVER :]
    tenants, large_print = set(ordinary[:TENANTS]), set(ordinary[TENANTS : TENANTS + LARGE_PRINT])
    for turn in range(HOW_MANY):
        known_for, confirmed = fate.randint(100, 900), fate.randint(1, 170)
        language, salutation = FROM_ABROAD.get(turn, ("zh", fate.choice(SURNAMES) + fate.choice(TITLES)))
        tier = "gold" if turn in gold else "silver" if turn in silver else "ordinary"
        yield Customer(
            mall=mall,
            number=f"GK-{FIRST_NUMBER + turn:07d}",
            phone=f"+861540000{turn + 1:04d}",
            salutation=salutation,
            language=language,
            tier=tier,
            tier_until=None if tier == "ordinary" else _end_of_next_year(mall.today(at)),
            tier_reason={"gold": "12 个月消费满 50,000 元", "silver": "12 个月消费满 8,000 元"}.get(tier, ""),
            account_class="tenant" if turn in tenants else "person",
            is_large_print=turn in large_print,
            quiet_from=time(21) if turn % 9 == 0 else None,
            quiet_until=time(9) if turn % 9 == 0 else None,
            confirmed_at=at - timedelta(days=confirmed),
            created_at=at - timedelta(days=known_for),
        )


def _end_of_next_year(today: date) -> date:
    return date(today.year + 1, 12, 31)


def _consents(mall: Mall, at: datetime) -> None:
    """Fifteen ordinary members agreed to nothing; of the others most agreed to news, and a few took it back."""
    fate = random.Random(SEED)  # noqa: S311 (the same every time, on purpose)
    people = list(Customer.objects.filter(mall=mall, consents=None).order_by("number"))
    silent = set(fate.sample([person.pk for person in people if person.tier == "ordinary"], WITHOUT_CONSENT))
    made = []
    for person in people:
        if person.pk in silent:
            continue
        made.append(_consent(person, "membership", None))
        if fate.random() < 0.6:
            took_back = person.created_at + (at - person.created_at) / 2 if fate.random() < 0.1 else None
            made.append(_consent(person, "marketing", took_back))
    Consent.objects.bulk_create(made)


def _consent(person: Customer, purpose: str, withdrawn_at: datetime | None) -> Consent:
    return Consent(
        mall=person.mall,
        customer=person,
        purpose=purpose,
        version=VERSION,
        channel="desk",
        given_at=person.created_at,
        withdrawn_at=withdrawn_at,
    )
