"""Lets the days pass, ten minutes at a time."""

from __future__ import annotations

import heapq
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

from django.conf import settings
from django.utils import translation

from sisheng.cases.models import Alert
from sisheng.cases.ringing import acknowledge, clear_alerts_of_ended_clocks, sweep
from sisheng.config.demo.loading import load
from sisheng.desk.complaints.models import Complaint
from sisheng.ground.act import Act
from sisheng.ground.events.models import Delivery
from sisheng.ground.events.reactions import run_reactions
from sisheng.kit.messages.sending import send_due
from sisheng.mall.directory.models import Mall
from sisheng.mall.staff.models import DutyDay, Staff
from tests.fakes.sms import SmsService
from tests.month.calls import answer_some, by_itself, ring_round, somebody_asks
from tests.month.people import come_and_go, next_step, receive, tell_how_it_goes

STEP = timedelta(minutes=10)
BEGIN = datetime(2026, 11, 22, 16, 0, tzinfo=UTC)  # midnight of a Monday on the wall
KEY = "a-key-that-only-the-mall-and-the-service-know"


class Telephones(SmsService):
    """A service for short messages that notes when each came, by the clock of the simulation."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__(KEY, clock=lambda: now().timestamp())
        self.now, self.came_at = now, []

    def take(self, headers, body):
        self.came_at.append(self.now())
        return super().take(headers, body)


@dataclass
class Month:
    seed: int
    days: int
    a_day: int
    now: datetime = BEGIN
    mall: Mall | None = None
    received: int = 0
    steps: int = 0
    rung: int = 0
    reacted: int = 0
    sent: int = 0
    came_at: list[datetime] = field(default_factory=list)
    held_back: Counter[str] = field(default_factory=Counter)  # calls that were tried too early, too late, too often

    def play(self, tell: Callable[[str], object] = print) -> None:
        """On the database of this process, which must be empty."""
        self.chance = random.Random(self.seed)
        self.todo: list[tuple[datetime, int, int]] = []
        self.turn = count()
        self.mall = load(password="four-tones-2026", at=self.now).mall
        self._name_duty_managers()
        before = settings.SISHENG_CHANNELS, settings.SISHENG_PUBLIC_ORIGIN
        with Telephones(lambda: self.now) as telephones, translation.override("zh-hans"):
            settings.SISHENG_PUBLIC_ORIGIN = "https://desk.example"
            settings.SISHENG_CHANNELS = {"sms": {"url": telephones.url, "key": KEY, "timeout": 5}}
            try:
                for day in range(self.days):
                    self._one_day()
                    tell(f"day {day + 1}: {self.received} complaints, {self.rung} rings, {self.sent} messages")
            finally:
                settings.SISHENG_CHANNELS, settings.SISHENG_PUBLIC_ORIGIN = before
        self.came_at = telephones.came_at

    def _name_duty_managers(self) -> None:
        """Day about, as the demo does; also for days that it did not foresee."""
        people = [Staff.objects.get(code=code) for code in ("1004", "1005")]
        first = self.mall.today(self.now)
        for ahead in range(self.days + 1):
            day = first + timedelta(days=ahead)
            DutyDay.objects.get_or_create(mall=self.mall, on=day, defaults={"staff": people[day.toordinal() % 2]})

    def _one_day(self) -> None:
        opens = self.now + timedelta(hours=10)
        arrivals = sorted(opens + timedelta(minutes=self.chance.randrange(12 * 60)) for _one in range(self.a_day))
        for _step in range(int(timedelta(days=1) / STEP)):
            come_and_go(self.mall, self.now)
            while arrivals and arrivals[0] <= self.now:
                arrivals.pop(0)
                self._receive()
            self._work()
            self._talk()
            self._worker()
            self.now += STEP

    def _receive(self) -> None:
        customer = self.chance.randrange(self.a_day * self.days // 2 + 1)  # some come again
        made = receive(self.mall, self.now, self.chance, f"154{customer:08}")
        if made is not None:
            self.received += 1
            self._plan(made.pk, timedelta(minutes=self.chance.choice([10, 10, 20, 30, 90])))

    def _plan(self, key: int, after: timedelta) -> None:
        heapq.heappush(self.todo, (self.now + after, next(self.turn), key))

    def _work(self) -> None:
        if not 10 <= self.now.astimezone(self.mall.zone).hour < 22:
            return
        while self.todo and self.todo[0][0] <= self.now:
            _when, _turn, key = heapq.heappop(self.todo)
            complaint = Complaint.objects.select_related("mall", "desk", "handler", "customer").get(pk=key)
            after = next_step(complaint, self.now, self.chance)
            self.steps += 1
            if after is not None:
                self._plan(key, after)
        tell_how_it_goes(self.mall, self.now, self.chance)
        if self.chance.random() < 0.3:  # somebody answers for one of the alarms
            alert = (
                Alert.objects.filter(cleared_at=None, stage__gte=4).select_related("clock__case__mall", "to").first()
            )
            if alert and alert.to.can("cases.acknowledge", self.mall):
                acknowledge(alert.clock, Act(by=alert.to, at=self.now), alert.to)

    def _talk(self) -> None:
        """Customers are rung, and ask: at any hour when somebody is at the desk, whatever the limits say."""
        planned = {key for _when, _turn, key in self.todo}
        for key in ring_round(self.mall, self.now, self.chance, self.held_back):
            if key not in planned:  # it was over, and is opened again
                self._plan(key, timedelta(hours=1))
        if self.chance.random() < 0.2:
            somebody_asks(self.mall, self.now, self.chance, f"153{self.chance.randrange(3000):08}")
        answer_some(self.now, self.chance)

    def _worker(self) -> None:
        by_itself(self.mall, self.now)
        self.rung += sweep(self.now)
        for _round in range(20):
            self.reacted += run_reactions(self.now)
            if not Delivery.objects.waiting(self.now).exists():
                break
        clear_alerts_of_ended_clocks(self.now)
        self.sent += send_due(lambda: self.now)
