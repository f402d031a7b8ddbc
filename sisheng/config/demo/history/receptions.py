"""One day at the desks: who came, what they asked, and what was answered. Written in bulk."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from sisheng.config.demo.history.answers import Answers, Read
from sisheng.config.demo.history.volume import (
    ASKED_AGAIN,
    CHANNELS,
    CONTACTS,
    DESKS,
    HOURS,
    KNOWN,
    LEFT,
    NEEDS,
    PEOPLE,
    STAMPED,
    UNANSWERED,
    draw,
    how_many,
    seconds_to_answer,
    seconds_to_greet,
)
from sisheng.config.demo.tables import tree
from sisheng.desk.contacts.models import Arrival, Contact, Outcome
from sisheng.mall.customers.models import Customer
from sisheng.mall.directory.models import Mall, Sequence
from sisheng.mall.staff.models import Staff

HELPED = (Outcome.ANSWERED, Outcome.GUIDED)
TRIES = 30  # to find a time at which the desk is staffed


class Receptions:
    """Makes the contacts of a day, as the desks would have logged them."""

    def __init__(self, mall: Mall) -> None:
        self.mall = mall
        self.answers = Answers(mall)
        self.desks = {desk.code: desk for desk in mall.desks.all()}
        self.people = Staff.objects.in_bulk([code for codes in PEOPLE.values() for code in codes], field_name="code")
        self.customers = list(Customer.objects.filter(mall=mall).order_by("number"))
        self.unanswered = tree("history")["unanswered"]

    def of(self, on: date, until: datetime, fate: random.Random, besides: Iterable[Contact] = ()) -> list[Contact]:
        """In the order in which they came, numbered, not saved. Nobody came after `until`."""
        drawn = [*besides, *(self._contact(on, fate) for _turn in range(how_many(CONTACTS, on, fate)))]
        contacts = sorted((contact for contact in drawn if contact.at <= until), key=lambda contact: contact.at)
        for turn, contact in enumerate(contacts, 1):
            contact.number = f"JD-{on:%y%m%d}-{turn:04d}"
        return contacts

    def asking(self, at: datetime, agent: str, customer: int) -> Contact:
        """Somebody who comes at that moment with a question that a brand has to answer."""
        return Contact(
            mall=self.mall, at=at, on=self.mall.today(at), desk=self.desks["main"], agent=self.people[agent],
            channel="counter", need="4", outcome=Outcome.ANSWERED, seconds=31,
            customer=self.customers[customer] if self.customers else None,
        )  # fmt: skip

    def _contact(self, on: date, fate: random.Random) -> Contact:
        need = draw(NEEDS, fate)
        desk, at = self._desk_and_time(on, fate)
        read = self._answer(need, on, fate)
        channel = draw(CHANNELS, fate) if desk == "main" else "counter"
        contact = Contact(
            mall=self.mall, at=at, on=on, desk=self.desks[desk], agent=self.people[fate.choice(PEOPLE[desk])],
            channel=channel, need=need, words=read.words, answer_kind=read.kind, answer_ref=read.ref,
            answer_title=read.title, shop=read.shop, outcome=read.outcome, seconds=seconds_to_answer(need, fate),
            party_size=draw({1: 82, 2: 12, 3: 4, 4: 2}, fate),
            customer=fate.choice(self.customers) if self.customers and fate.random() < KNOWN else None,
            answered_at=at if read.outcome in HELPED else None,
        )  # fmt: skip
        if desk == "main" and channel == "counter" and fate.random() < STAMPED:
            contact.greeted_at = at - timedelta(seconds=contact.seconds)
            contact.arrived_at = contact.greeted_at - timedelta(seconds=seconds_to_greet(fate))
        return contact

    def _answer(self, need: str, on: date, fate: random.Random) -> Read:
        luck = fate.random()
        if luck < UNANSWERED:
            asked = fate.choice([told for told in self.unanswered if told["need"] == need] or self.unanswered)
            return Read(Outcome.UNANSWERED, words=asked["words"])
        if luck < UNANSWERED + LEFT:
            return Read(Outcome.LEFT)
        return self.answers.draw(need, on, fate)

    def _desk_and_time(self, on: date, fate: random.Random) -> tuple[str, datetime]:
        """A desk, and a busy or a quiet hour in which somebody stands at it."""
        code = draw(DESKS, fate)
        for _try in range(TRIES):
            hour = draw(HOURS, fate)
            clock = time(hour, fate.randrange(60), fate.randrange(60))
            at = datetime.combine(on, clock, self.mall.zone)
            if self.mall.calendar("O", self.desks[code]).is_open(at):
                return code, at
        return "main", datetime.combine(on, time(12, 30), self.mall.zone)


def come_again(contacts: list[Contact], fate: random.Random) -> list[tuple[Contact, Contact]]:
    """Some of the known come again about the same on that day (INQ-06). The later contacts are rewritten in place;
    answers each with the one that it repeats."""
    known = [contact for contact in contacts if contact.customer_id and contact.outcome in HELPED]
    pairs = []
    for first, later in zip(known[::2], known[1::2], strict=False):
        if fate.random() < ASKED_AGAIN:
            for name in ("customer", "need", "shop", "answer_kind", "answer_ref", "answer_title", "words", "outcome"):
                setattr(later, name, getattr(first, name))
            pairs.append((later, first))
    return pairs


def arrivals(contacts: list[Contact]) -> list[Arrival]:
    """The stamps from which waiting was measured."""
    return [
        Arrival(
            mall=contact.mall,
            desk=contact.desk,
            arrived_at=contact.arrived_at,
            greeted_at=contact.greeted_at,
            greeted_by=contact.agent,
            contact=contact,
        )
        for contact in contacts
        if contact.arrived_at
    ]


def keep_count(mall: Mall, on: date, last: int) -> None:
    """The next one who comes on that day gets the next number."""
    Sequence.objects.create(mall=mall, prefix="JD", period=f"{on:%y%m%d}", last=last)
