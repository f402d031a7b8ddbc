"""Plays one random life of two complaints, and says what was wrong with it."""

from __future__ import annotations

import logging
import random
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import translation

from sisheng.cases.models import Alert
from sisheng.cases.ringing import acknowledge, clear_alerts_of_ended_clocks, sweep
from sisheng.desk.complaints import actions
from sisheng.desk.complaints.models import Complaint
from sisheng.ground.act import Act
from sisheng.ground.events.models import Delivery
from sisheng.ground.events.reactions import run_reactions
from sisheng.ground.refusals import Refused
from tests.lives.faults import Broken, breaking, everything, somebody_between, what_differs
from tests.lives.house import BEGIN, House
from tests.lives.looking import wrong_in_the_end, wrong_with
from tests.lives.moves import LEADS_TO, MOVES, Move, One, Scene, acting, possible

ENDS = {"archived", "withdrawn", "merged"}
WAYS_OUT = ("withdraw", "merge", "go_external", "settle_external")  # a complaint comes to its end without these
A_WAY_TO_THE_END = (
    "unmerge", "hear_back", "investigate", "fail", "find", "decide", "ask", "propose", "offer_final", "write",
    "re_evaluate", "agree", "fulfil", "resolve", "archive",
)  # fmt: skip


@dataclass
class Ledger:
    """What was played in all the lives so far, and which write of each move breaks next."""

    moves: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)  # as the table says
    overtaken: int = 0
    broken: Counter[str] = field(default_factory=Counter)  # writes that were broken, by move
    next_write: Counter[str] = field(default_factory=Counter)
    rounds: Counter[str] = field(default_factory=Counter)  # how often every write of a move had its turn

    def __str__(self) -> str:
        whole = sum(1 for name in self.broken if self.rounds[name])
        return (
            f"{self.moves.total():,} moves of {len(self.moves)} kinds, {self.refused.total():,} refused as they should "
            f"be, {self.overtaken:,} from a page that was out of date, {self.broken.total():,} writes broken "
            f"(every write in turn for {whole} of {len(self.broken)} moves)"
        )


def play(house: House, seed: int, ledger: Ledger, *, moves: int = 12) -> list[str]:
    """One life from a seed, which leaves nothing behind; what was wrong, in sentences."""
    with transaction.atomic(), translation.override("en"), _quiet():
        life = Life(house, seed, ledger)
        try:
            life.play(moves)
        except Wrong:
            pass
        except Exception as error:
            life.wrong.append(f"{type(error).__name__}: {error}")
        transaction.set_rollback(True)
    return [f"seed {seed}: {told}\n  after {' → '.join(life.said)}" for told in life.wrong]


class Wrong(Exception):
    """There is no point in going on."""


class Life:
    def __init__(self, house: House, seed: int, ledger: Ledger) -> None:
        self.chance = random.Random(seed)
        self.ledger = ledger
        start = BEGIN + timedelta(seconds=self.chance.randrange(20 * 86400))
        self.scene = Scene(house, self.chance, start, [])
        self.said: list[str] = []
        self.wrong: list[str] = []
        self.before = start

    def play(self, moves: int) -> None:
        for number in range(2):
            self._receive(number)
        for _turn in range(moves):
            self._time_passes()
            one = self.chance.choice(self.scene.family)
            self._one_turn(one)
            self._look(one)
        for one in self.scene.family:
            self._to_the_end(one)
        for _round in range(4):
            self.scene.now += timedelta(hours=2)
            self._react()
        for one in self.scene.family:
            self._look(one)
        self._told(wrong_in_the_end(self.scene.family))

    # What happens

    def _receive(self, number: int) -> None:
        house = self.scene.house
        severe = self.chance.random()
        act = Act(by=house.people["agent"], at=self.scene.now)
        told = {
            "shop": house.shops[number], "category": "price.price_tag", "account": "标价 88 元，收了 98 元。",
            "claims": ["compensation"], "phone": f"1540000000{number}",
            "amount": Decimal(88) if severe < 0.5 else Decimal(900),
            "flags": ["injury"] if severe > 0.9 else [],
        }  # fmt: skip
        if self.chance.random() < 0.2:
            self._break("receive", lambda: actions.receive(act, house.mall, owner=act.by, desk=house.desk, **told))
        made = actions.receive(act, house.mall, owner=act.by, desk=house.desk, **told)
        one = One(made.pk, made.number, severity=made.severity)
        one.history.append("begin")
        one.goes("accept", self.scene.now)
        one.clocks.start("complaint.progress_update", self.scene.now, "progress")
        one.writes("complaint.accepted", [])
        if made.severity in {"S1", "S2"}:
            one.says("complaint.raised")
        self.scene.family.append(one)
        self.said.append(f"receive {number}")
        self._look(one)

    def _time_passes(self) -> None:
        self.before = self.scene.now
        unit = self.chance.choice([1, 1, 60, 600, 3600, 3600, 36000, 86400])
        self.scene.now += timedelta(seconds=unit * self.chance.randint(1, 5))
        if self.chance.random() < 0.6:
            self._sweep()
        if self.chance.random() < 0.7:
            self._react()

    def _sweep(self) -> None:
        """Two workers at once, and now and then a write that fails."""
        now = self.scene.now
        with self._trouble("sweep", lambda: sweep(now)):
            sweep(now)
        sweep(now)
        clear_alerts_of_ended_clocks(now)
        for one in self.scene.family:
            one.clocks.swept(now)
        self.said.append("sweep")
        hanging = Alert.objects.filter(cleared_at=None).select_related("clock__case__mall", "to").first()
        if hanging and self.chance.random() < 0.3:
            acknowledge(hanging.clock, Act(by=hanging.to, at=now), hanging.to)

    def _react(self) -> None:
        now = self.scene.now
        with self._trouble("react", lambda: run_reactions(now)):
            run_reactions(now)
        for _again in range(3):  # what a reaction tells is followed as well
            run_reactions(now + timedelta(seconds=11))
        waiting = {
            delivery.event.topic for delivery in Delivery.objects.filter(handled_at=None).select_related("event")
        }
        for one in self.scene.family:
            if one.number not in waiting:
                self._heard(one)
        self.said.append("react")

    def _heard(self, one: One) -> None:
        """What others decided comes back to the complaint."""
        for number, yes in one.decided:
            one.offer.approval = "approved" if yes else "declined"
            one.goes("answer", self.scene.now)
            del number
        one.decided.clear()
        if one.has_just_ended and one.status == "resolved":
            one.goes("await_follow_up", self.scene.now)
        one.has_just_ended = False

    @contextmanager
    def _trouble(self, name, other):
        """The other worker comes in between, or a write fails, or nothing of the kind."""
        kind = self.chance.random()
        if kind < 0.4:
            with somebody_between(self.chance.randint(1, 12), other):
                yield
        elif kind < 0.6:
            with breaking(self._next_write(name)) as writes:
                yield
            self._note_broken(name, writes)
        else:
            yield

    def _one_turn(self, one: One) -> None:
        kind = self.chance.random()
        if kind < 0.1:
            self._what_the_table_refuses(one)
        ways = possible(self.scene, one)
        if not ways:
            return
        move = self._choose(ways)
        if kind > 0.9:
            self._from_a_page_out_of_date(one, move, self._choose(ways))
            return
        self._do(one, move, breaks=0.6 < kind < 0.85)

    def _choose(self, ways: list[Move]) -> Move:
        return self.chance.choices(ways, [move.weight for move in ways])[0]

    def _do(self, one: One, move: Move, *, breaks: bool = False) -> None:
        details = move.draw(self.scene, one)
        said_at = None
        if self.before < self.scene.now and self.chance.random() < 0.1:  # written down a little later
            said_at = self.scene.now - timedelta(seconds=1)
        act = acting(self.scene, move, said_at)
        if breaks:
            self._break(move.name, lambda: move.do(act, self._loaded(one), **details))
        self.said.append(f"{one.number[-2:]} {move.name}")
        result = move.do(act, self._loaded(one), **details)
        move.after(self.scene, one, result, act.happened_at, details)
        self.ledger.moves[move.name] += 1

    def _what_the_table_refuses(self, one: One) -> None:
        """Whatever the hand-written table does not list is refused, and leaves nothing behind."""
        names = [name for name, move in MOVES.items() if name not in LEADS_TO[one.status] and _is_a_transition(name)]
        move = MOVES[self.chance.choice(names)]
        if not _could_be_asked(one, move):
            return
        before = everything()
        try:
            with transaction.atomic():
                move.do(acting(self.scene, move), self._loaded(one), **_some_details(self.scene, one, move))
        except Refused:
            self.ledger.refused[move.name] += 1
        else:
            self._told([f"“{move.name}” was let through in “{one.status}”"])
        self._told(f"refused, {move.name} left {name}" for name in what_differs(before, everything()))

    def _from_a_page_out_of_date(self, one: One, first: Move, second: Move) -> None:
        """Somebody else was faster: the slower one is told so, or what they do still makes sense."""
        stale, details = self._loaded(one), second.draw(self.scene, one)
        self._do(one, first)
        self.said.append(f"{one.number[-2:]} ({second.name})")
        self.scene.now += timedelta(seconds=1)
        act = acting(self.scene, second)
        still = second.name in {move.name for move in possible(self.scene, one)}
        try:
            with transaction.atomic():
                result = second.do(act, stale, **details)
        except Refused:
            self.ledger.overtaken += 1
            return
        if not still:
            self._told([f"“{second.name}” from a page of before “{first.name}” was let through in “{one.status}”"])
        second.after(self.scene, one, result, act.happened_at, details)

    def _break(self, name: str, do) -> None:
        """The same act, but one of its writes fails: nothing of it is left."""
        before = everything()
        try:
            with breaking(self._next_write(name)) as writes, transaction.atomic():
                do()
                transaction.set_rollback(True)
        except Broken:
            pass
        self._note_broken(name, writes)
        self._told(f"broken at write {writes.seen}, {name} left {kept}" for kept in what_differs(before, everything()))

    def _next_write(self, name: str) -> int:
        self.ledger.next_write[name] += 1
        return self.ledger.next_write[name]

    def _note_broken(self, name: str, writes) -> None:
        if writes.seen >= writes.breaks_at:
            self.ledger.broken[name] += 1
        elif writes.seen:  # it has no more: from the first one again
            self.ledger.next_write[name] = 0
            self.ledger.rounds[name] += 1

    def _to_the_end(self, one: One) -> None:
        """Whatever came before, a complaint can be brought to its end by the people of the desk."""
        for _step in range(25):
            if one.status in ENDS:
                return
            self.scene.now += timedelta(minutes=self.chance.randint(1, 300))
            self._react()
            ways = {move.name: move for move in possible(self.scene, one)}
            name = next((name for name in A_WAY_TO_THE_END if name in ways), None)
            if name is None and one.status == "reopened":
                name = "investigate"
            if name is None and one.status not in ENDS:
                if one.status in {"resolved"}:
                    continue
                self._told([f"nothing leads on from “{one.status}”"])
            self._do(one, ways[name])
            self._look(one)
        self._told([f"it does not come to an end: “{one.status}”"])

    # How it is

    def _loaded(self, one: One) -> Complaint:
        return Complaint.objects.select_related("mall", "desk").get(pk=one.pk)

    def _look(self, one: One) -> None:
        self._told(f"{one.number[-2:]}: {told}" for told in wrong_with(one))

    def _told(self, faults) -> None:
        self.wrong += faults
        if self.wrong:
            raise Wrong


def _is_a_transition(name: str) -> bool:
    return any(name in names for names in LEADS_TO.values())


def _could_be_asked(one: One, move: Move) -> bool:
    """Both kinds of no are one action; and only what needs no row of its own can be asked out of turn."""
    return move.name not in {"refuse", "refuse_final", "archive", "merge"} and move.name != "ask"


def _some_details(scene: Scene, one: One, move: Move):
    return move.draw(scene, one)


@contextmanager
def _quiet():
    """What we break ourselves is no news."""
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)
