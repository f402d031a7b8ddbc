"""Writes the sixty days: all of them, or nothing."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import translation

from sisheng.config.demo.history.afterwards import Afterwards
from sisheng.config.demo.history.going import Going, open_now, while_open
from sisheng.config.demo.history.inquiries import Inquiries
from sisheng.config.demo.history.rated import rate_some
from sisheng.config.demo.history.receptions import Receptions, arrivals, come_again, keep_count
from sisheng.config.demo.history.told import gaps, tell
from sisheng.config.demo.history.volume import CONTACTS, DAYS, INQUIRIES, TYPHOON, fate_of, how_many
from sisheng.desk.contacts.models import Arrival, Contact, Outcome
from sisheng.desk.knowledge.models import Gap
from sisheng.mall.directory.models import Mall

Progress = Callable[[int, int], None]  # days done, days in all


@translation.override("zh-hans")
@transaction.atomic
def write(mall: Mall, at: datetime, progress: Progress = lambda done, of: None, days: int = DAYS) -> Counter[str]:
    """Write down what happened in the days before `at`, and answer how many of each kind. A mall in which
    anything has happened already is left alone."""
    made: Counter[str] = Counter()
    if Contact.objects.filter(mall=mall).exists():
        return made
    _close_for_the_typhoon(mall, mall.today(at) - timedelta(days=TYPHOON))
    desks = Days(Mall.objects.get(pk=mall.pk), at, days)  # with calendars that know of the typhoon
    for turn, days_ago in enumerate(range(days, -1, -1), 1):
        if days_ago != TYPHOON:
            made += desks.write(days_ago)
        progress(turn, days + 1)
    made += desks.later.close()
    unanswered = Contact.objects.filter(mall=mall, outcome=Outcome.UNANSWERED).order_by("at")
    made["gaps"] = len(Gap.objects.bulk_create(gaps(unanswered)))
    return made


def _close_for_the_typhoon(mall: Mall, on: date) -> None:
    mall.day_exceptions.get_or_create(
        on=on, kind="closed", hours=None, defaults={"reason": "台风停业", "reason_en": "closed for a typhoon"}
    )


class Days:
    """Writes one day after the other, up to the moment `at`."""

    def __init__(self, mall: Mall, at: datetime, days: int) -> None:
        self.mall, self.at = mall, at
        self.desks, self.brands = Receptions(mall), Inquiries(mall)
        self.open = open_now(mall, self.desks, self.brands, at)
        self.later = Afterwards(mall, at, while_open(mall, self.desks.desks["main"], at), days)

    def write(self, days_ago: int) -> Counter[str]:
        on, fate = self.mall.today(self.at) - timedelta(days=days_ago), fate_of(days_ago)
        going = [one for one in self.open if one.contact.on == on]
        complaining = self.later.who_complains(on, days_ago)
        contacts = self.desks.of(on, self.at, fate, besides=[one.contact for one in going] + complaining)
        asking = [*going, *self._who_asks_brands(contacts, going, on, fate)]
        for one in asking:
            _is_not_answered(one, self.brands)
        events = self._save(contacts, come_again(contacts, fate))
        keep_count(self.mall, on, len(contacts))
        for one in sorted(asking, key=lambda one: one.contact.at):
            one.contact.case = self.brands.play(one.contact, one.asked, self.at, fate, one.steps)
            one.contact.outcome = Outcome.INQUIRY
        Contact.objects.bulk_update([one.contact for one in asking], ["case", "outcome"])
        rate_some(contacts, self.at, self.later.stage.fate(f"rated:{days_ago}"))
        self.later.play(on, days_ago)
        return Counter({"contacts": len(contacts), "events": events, "inquiries": len(asking)})

    def _who_asks_brands(
        self, contacts: list[Contact], going: list[Going], on: date, fate: random.Random
    ) -> list[Going]:
        """Of those who asked about goods at the main desk, some had to wait for the brand."""
        waiting = {id(one.contact) for one in going}
        about_goods = [contact for contact in contacts if self._is_about_goods(contact) and id(contact) not in waiting]
        share = len(contacts) / max(1, how_many(CONTACTS, on, fate))  # of a day that is not over
        number = min(len(about_goods), round(share * how_many(INQUIRIES, on, fate)))
        return [Going(contact, self.brands.draw(fate)) for contact in fate.sample(about_goods, number)]

    def _is_about_goods(self, contact: Contact) -> bool:
        return contact.need == "4" and contact.desk == self.desks.desks["main"] and bool(contact.answer_ref)

    @staticmethod
    def _save(contacts: list[Contact], again: list[tuple[Contact, Contact]]) -> int:
        Contact.objects.bulk_create(contacts)
        for later, first in again:
            later.repeat_of = first
        Contact.objects.bulk_update([later for later, _first in again], ["repeat_of"])
        return tell(contacts, Arrival.objects.bulk_create(arrivals(contacts)))


def _is_not_answered(one: Going, brands: Inquiries) -> None:
    """As the desk logs it: a call back is promised only by the inquiry that follows."""
    contact, asked = one.contact, one.asked
    contact.outcome, contact.answered_at = Outcome.UNANSWERED, None
    contact.answer_kind = contact.answer_ref = contact.answer_title = ""
    contact.words, contact.understood_as, contact.shop = asked.question, asked.understood, brands.shops[asked.unit]
