"""Inquiries as they went: each step is taken through the same door as at the desk, at its own time."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sisheng.config.demo.tables import tree
from sisheng.desk.contacts.models import Contact
from sisheng.desk.inquiries import actions
from sisheng.desk.inquiries.models import BrandTry, Inquiry
from sisheng.ground.act import Act
from sisheng.ground.hours import Calendar
from sisheng.mall.directory.models import BrandContact, Mall

SLOW = "L4-C05"  # the brand that answers slowly (TEN-02)
TO_SLOW = 0.1  # of all inquiries
ANONYMOUS = ("蓝外套女士", "推婴儿车的爸爸", "戴草帽的老先生", "背琴的学生", "穿校服的两位")
WITHDRAWN, UNREACHABLE, NO_REPLY_FIRST = 0.04, 0.02, 0.18

Step = tuple[float, Callable[[Act, Inquiry], Any]]  # so many open minutes after the step before it


@dataclass(frozen=True)
class Asked:
    """What one customer wanted to know, of which shop, and what the shop said in the end."""

    unit: str
    question: str
    understood: str
    topic: str
    answer: str


class Inquiries:
    """Plays the inquiries of a mall."""

    def __init__(self, mall: Mall) -> None:
        self.mall = mall
        self.shops = {shop.unit: shop for shop in mall.shops.all()}
        self.people = _by_shop_and_topic(mall)
        told = tree("history")["inquiries"]
        self.asked = [
            Asked(unit, one["question"], one["understood"], one["topic"], one["answer"])
            for one in told
            for unit in one["shops"]
        ]

    def draw(self, fate: random.Random) -> Asked:
        wants_slow = fate.random() < TO_SLOW
        return fate.choice([asked for asked in self.asked if (asked.unit == SLOW) is wants_slow])

    def about(self, unit: str) -> Asked:
        return next(asked for asked in self.asked if asked.unit == unit)

    def play(
        self, contact: Contact, asked: Asked, until: datetime, fate: random.Random, steps: Iterable[Step] | None = None
    ) -> Inquiry:
        """From the contact in which it was asked to its end, or to where it stands at `until`, or after these steps."""
        inquiry = self._begin(contact, asked, fate)
        at, calendar = contact.at, self.mall.calendar("O", contact.desk)
        for minutes, take in self._steps(asked, calendar, fate) if steps is None else steps:
            at = calendar.add(at, timedelta(minutes=minutes))
            if at > until:
                break
            take(Act(by=contact.agent, at=at), inquiry)
        return inquiry

    def tried(self, asked: Asked, result: str, place: int = 0) -> Callable[[Act, Inquiry], Any]:
        """The shop was rung: its first contact, or the deputy."""
        return _try(self.people[asked.unit, asked.topic][place], result)

    def _begin(self, contact: Contact, asked: Asked, fate: random.Random) -> Inquiry:
        who: dict[str, Any] = {"customer": contact.customer} if contact.customer else {}
        return actions.begin(
            Act(by=contact.agent, at=contact.at), self.mall, question=asked.question, understood_as=asked.understood,
            topic_name=asked.topic, shop=self.shops[asked.unit], handler=contact.agent, desk=contact.desk,
            channel=contact.channel, contact_number=contact.number,
            **(who or {"anonymous_label": fate.choice(ANONYMOUS)}),
        )  # fmt: skip

    def _steps(self, asked: Asked, calendar: Calendar, fate: random.Random) -> Iterator[Step]:
        if fate.random() < WITHDRAWN:
            yield fate.uniform(4, 20), _withdraw
            return
        yield from self._reaching(asked, calendar, fate)
        yield fate.uniform(2, 12), answered(asked)
        if fate.random() < UNREACHABLE:
            yield fate.uniform(3, 10), _miss
            return
        yield fate.uniform(1, 8), _call_back
        yield fate.uniform(0.3, 2), _close

    def _reaching(self, asked: Asked, calendar: Calendar, fate: random.Random) -> Iterator[Step]:
        """Ringing the shop until somebody answers. A slow one answers after the promise has had to be renewed, or
        after it was broken."""
        first, deputy = self.people[asked.unit, asked.topic]
        if asked.unit == SLOW:
            yield fate.uniform(5, 12), _try(first, BrandTry.Result.NO_REPLY)
            yield fate.uniform(12, 20), _try(deputy, BrandTry.Result.WILL_RING)
            if fate.random() < 0.5:
                yield fate.uniform(10, 20), _renew(calendar)
            yield fate.uniform(20, 45), _try(deputy, BrandTry.Result.REACHED)
            return
        if fate.random() < NO_REPLY_FIRST:
            yield fate.uniform(3, 9), _try(first, BrandTry.Result.BUSY)
            yield fate.uniform(3, 8), _try(deputy, BrandTry.Result.REACHED)
            return
        yield fate.uniform(3, 14), _try(first, BrandTry.Result.REACHED)


def _by_shop_and_topic(mall: Mall) -> dict[tuple[str, str], list[BrandContact]]:
    people: dict[tuple[str, str], list[BrandContact]] = {}
    for person in mall.brand_contacts.select_related("shop").order_by("position"):
        people.setdefault((person.shop.unit, person.topic), []).append(person)
    return people


def _try(person: BrandContact, result: str) -> Callable[[Act, Inquiry], Any]:
    return lambda act, inquiry: actions.try_brand(act, inquiry, result=result, contact=person)


def _renew(calendar: Calendar) -> Callable[[Act, Inquiry], Any]:
    hour = timedelta(hours=1)
    return lambda act, inquiry: actions.renew(act, inquiry, promise_at=calendar.add(act.at, hour))


def answered(asked: Asked) -> Callable[[Act, Inquiry], Any]:
    return lambda act, inquiry: actions.answer(act, inquiry, answer=asked.answer)


def _call_back(act: Act, inquiry: Inquiry) -> None:
    actions.call_back(act, inquiry)


def _close(act: Act, inquiry: Inquiry) -> None:
    actions.close(act, inquiry, outcome="answered")


def _miss(act: Act, inquiry: Inquiry) -> None:
    actions.miss(act, inquiry, reason="打了三次没有接")


def _withdraw(act: Act, inquiry: Inquiry) -> None:
    actions.withdraw(act, inquiry, reason="顾客自己问到了")
