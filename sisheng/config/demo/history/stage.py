"""Plays what took days: each course of events goes on when its moment has come, one after the other."""

from __future__ import annotations

import heapq
import itertools
import random
from collections.abc import Generator
from datetime import datetime, timedelta
from typing import Any

from sisheng.config.demo.history.volume import SEED
from sisheng.ground.act import SYSTEM, Act
from sisheng.ground.events.reactions import run_reactions
from sisheng.ground.hours import Calendar
from sisheng.kit.messages.actions import told
from sisheng.kit.messages.models import Message
from sisheng.mall.directory.models import Mall
from sisheng.mall.staff.models import Staff

Course = Generator[datetime, datetime, None]  # yields when it wants to go on, and is told when it does

A_MOMENT = timedelta(minutes=2)
SOON_TOLD = timedelta(hours=2)  # what was said to nobody yet, at the moment of loading


class Stage:
    """The mall over the days, with the people who work in it."""

    def __init__(self, mall: Mall, until: datetime) -> None:
        self.mall, self.until = mall, until
        self.desk = mall.desks.get(code="main")
        self.hours: Calendar = mall.calendar("O", self.desk)
        self.people = {person.code: person for person in Staff.objects.all()}
        self.settled: dict[int, Any] = {}  # complaint: its course, should it be opened again
        self._turn = itertools.count()
        self._waiting: list[tuple[datetime, int, Course]] = []
        self._begun: set[int] = set()

    def fate(self, of: object) -> random.Random:
        return random.Random(f"{SEED}:{of}")  # noqa: S311 (the same every time, on purpose)

    def add(self, at: datetime, course: Course) -> None:
        heapq.heappush(self._waiting, (at, next(self._turn), course))

    def run(self, until: datetime) -> None:
        """Let everything happen that happens up to that moment."""
        while self._waiting and self._waiting[0][0] <= until:
            at, turn, course = heapq.heappop(self._waiting)
            try:
                wanted = course.send(at) if turn in self._begun else next(course)
            except StopIteration:
                self._begun.discard(turn)
            else:
                self._begun.add(turn)
                heapq.heappush(self._waiting, (max(wanted, at), turn, course))
            self.follow(at)

    def follow(self, at: datetime) -> None:
        """What follows, follows at once; and the customer hears what there is to hear."""
        while run_reactions(at):
            pass
        if at < self.until - SOON_TOLD:
            self._tell_customers(at)

    def _tell_customers(self, at: datetime) -> None:
        """At the counter or on the telephone; and where a gateway would bring it, it has brought it."""
        waiting = Message.objects.filter(mall=self.mall, state=Message.State.WAITING, at__lte=at)
        for message in waiting.select_related("case__handler", "case__owner", "customer", "mall"):
            case = message.case
            by = (case.handler or case.owner if case else None) or self.people["1006"]
            if message.channel == Message.Channel.SLIP:
                told(Act(by=by, at=at), message)
            else:
                Message.objects.filter(pk=message.pk).update(state=Message.State.SENT, sent_at=at)
                message.record("message.sent", Act(by=SYSTEM, at=at, via="worker"), provider_id="")

    # When

    def after(self, at: datetime, least: float, most: float, fate: random.Random) -> datetime:
        """So many open minutes later."""
        return self.hours.add(at, timedelta(minutes=fate.uniform(least, most))).replace(microsecond=0)

    def around(self, wanted: datetime, after: datetime) -> datetime:
        """That moment if somebody is there, else shortly before the closing before it, else when they come again."""
        wanted = max(wanted, after + A_MOMENT)
        if self.hours.is_open(wanted):
            return wanted
        closed = self.last_open(wanted) - 10 * A_MOMENT
        return closed if closed > after + A_MOMENT else self.hours.next_opening(wanted) + 3 * A_MOMENT

    def last_open(self, at: datetime) -> datetime:
        """When the desk closed last before that moment; the moment itself if it is open."""
        if self.hours.is_open(at):
            return at
        day = self.mall.today(at)
        while True:
            closings = [closes for _opens, closes in self.hours.spans_on(day) if closes <= at]
            if closings:
                return closings[-1]
            day -= timedelta(days=1)
