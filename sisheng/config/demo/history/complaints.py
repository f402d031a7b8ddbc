"""Who complains on which day, and how it goes on."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sisheng.config.demo.history import lives, planted
from sisheng.config.demo.history.courses import KNOWN, NAMELESS, Going
from sisheng.config.demo.history.matters import SATURDAYS, Matters, Told
from sisheng.config.demo.history.stage import Course, Stage
from sisheng.config.demo.history.volume import COMPLAINTS, HOURS, draw, how_many
from sisheng.desk.complaints.models import Complaint
from sisheng.desk.contacts.models import Contact, Outcome
from sisheng.mall.customers.models import Customer

AGENTS = ("1008", "1009", "1010", "1008", "1009", "1010", "1007")
ON_SPOT, GRAVE, EXTERNAL, UNRESOLVED, REFUSED, WITHDRAWN = 0.19, 0.04, 0.055, 0.02, 0.07, 0.025
CHANNELS = {"counter": 68, "phone": 26, "site": 6}
OFTEN = 2  # complaints about one shop in a week that are no sign of anything
WEEK = timedelta(days=7)
FIRST_NUMBER = 1001  # of the telephones that were not known before


@dataclass(frozen=True)
class Coming:
    """Somebody comes with a complaint: the reception, and what it leads to."""

    contact: Contact
    course: Callable[[], Course]


class Complaints:
    """Draws the complaints of each day."""

    def __init__(self, stage: Stage, matters: Matters, now: datetime) -> None:
        self.stage, self.matters, self.now = stage, matters, now
        self.customers = list(Customer.objects.filter(mall=stage.mall, account_class="person").order_by("number"))
        self.about: dict[str, list[datetime]] = defaultdict(list)  # shop: when somebody complained about it
        self.by_matter: dict[str, list[Going]] = defaultdict(list)
        self.made = 0
        self.open = [self._planted(one) for one in planted.PLANTED]

    def of(self, on: date, days_ago: int) -> list[Coming]:
        """Those of one day, in no order; those that stand open at the end count among them."""
        fate = self.stage.fate(f"complaints:{days_ago}")
        standing = [coming for coming in self.open if coming.contact.on == on]
        wanted = max(2 if on.isoweekday() == 6 else 0, how_many(COMPLAINTS, on, fate) - len(standing))
        drawn = [self._drawn(on, fate, turn) for turn in range(wanted)]
        return [*standing, *(coming for coming in drawn if coming is not None)]

    def before(self, on: date) -> Iterator[Coming]:
        """Those standing open that began before the first of the days."""
        return (coming for coming in self.open if coming.contact.on < on)

    def origin_of(self, matter: str) -> Complaint | None:
        """The newest complaint of that matter that is still open and asks for an improvement."""
        for going in reversed(self.by_matter.get(matter, [])):
            case: Complaint | None = getattr(going, "case", None)
            if case is not None and Complaint.objects.filter(pk=case.pk, closed_at=None, improvement="").exists():
                return case
        return None

    # --- what is drawn ---

    def _drawn(self, on: date, fate: random.Random, turn: int) -> Coming | None:
        at = self._time(on, fate)
        if at is None:
            return None
        is_saturday_trouble = on.isoweekday() == 6 and turn < 2
        luck = fate.random()
        life, told = self._life(luck, fate, at) if not is_saturday_trouble else (lives.agreed, self._saturday(fate))
        going = self._going(told, at, fate.choice(AGENTS), draw(CHANNELS, fate), fate)
        return self._coming(going, at, lambda: life(going, at))

    def _life(self, luck: float, fate: random.Random, at: datetime) -> tuple[Callable[..., Course], Told]:
        if luck < GRAVE:
            return lives.agreed, self._tell(self.matters.grave, fate, at)
        if luck < GRAVE + ON_SPOT:
            told = self._tell(self.matters.small, fate, at)
            return (lives.on_spot if told.is_small else lives.agreed), told
        steps = ((lives.external, EXTERNAL), (lives.unresolved, UNRESOLVED), (lives.refused, REFUSED),
                 (lives.withdrawn, WITHDRAWN))  # fmt: skip
        so_far = GRAVE + ON_SPOT
        for life, share in steps:
            so_far += share
            is_long_ago = self.stage.until - at > timedelta(days=10)  # what stands open now is planted
            if luck < so_far and is_long_ago:
                return life, self._tell(self.matters.usual, fate, at)
        return lives.agreed, self._tell(self.matters.usual, fate, at)

    def _tell(self, matters: list[Any], fate: random.Random, at: datetime) -> Told:
        for _try in range(20):
            told = self.matters.tell(self.matters.draw(matters, fate), fate)
            lately = [when for when in self.about[told.unit] if abs(when - at) < WEEK]
            if not told.unit or len(lately) < OFTEN:
                break
        if told.unit:
            self.about[told.unit].append(at)
        return told

    def _saturday(self, fate: random.Random) -> Told:
        return self.matters.tell(self.matters.all[SATURDAYS], fate)

    def _time(self, on: date, fate: random.Random) -> datetime | None:
        for _try in range(30):
            at = datetime.combine(on, time(draw(HOURS, fate), fate.randrange(60), fate.randrange(60)))
            at = at.replace(tzinfo=self.stage.mall.zone)
            if self.stage.hours.is_open(at):
                return at
        return None

    # --- what is planted ---

    def _planted(self, one: planted.Planted) -> Coming:
        # what has just begun began just now, also when the desk has not been open for long
        now = self.stage.last_open(self.stage.until) if one.hours_ago < 1 else self.now
        wanted = now - timedelta(hours=one.hours_ago)
        at = self.stage.around(wanted, wanted - timedelta(days=2)).replace(microsecond=0)
        fate = self.stage.fate(f"planted:{one.matter}:{one.hours_ago}")
        told = self.matters.tell(self.matters.all[one.matter], fate, unit=one.unit, yuan=one.yuan)
        if told.unit:
            self.about[told.unit].append(at)
        going = self._going(told, at, one.agent, one.channel, fate, is_named=True)
        return self._coming(going, at, lambda: planted.course(one, going, at, now))

    # --- what both have in common ---

    def _going(self, told: Told, at: datetime, agent: str, channel: str, fate: random.Random,
               is_named: bool = False) -> Going:  # fmt: skip
        luck, self.made = fate.random(), self.made + 1
        is_nameless = luck < NAMELESS and channel != "phone" and told.is_small and not is_named
        customer = fate.choice(self.customers) if NAMELESS <= luck < NAMELESS + KNOWN else None
        phone = "" if is_nameless or customer else f"154 0000 {FIRST_NUMBER + self.made:04d}"
        contact = Contact(
            mall=self.stage.mall, at=at, on=self.stage.mall.today(at), desk=self.stage.desk, channel=channel,
            agent=self.stage.people[agent], need="0", outcome=Outcome.COMPLAINT, seconds=fate.randint(90, 420),
            customer=customer,
        )  # fmt: skip
        going = Going(self.stage, told, contact, contact.agent, fate, self.matters.words, phone, customer)
        self.by_matter[told.matter.key].append(going)
        return going

    @staticmethod
    def _coming(going: Going, at: datetime, course: Callable[[], Course]) -> Coming:
        assert going.contact is not None  # noqa: S101
        return Coming(going.contact, course)
