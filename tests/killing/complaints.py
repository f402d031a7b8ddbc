"""People who take complaints down and bring them to their end, over HTTP, and what must be found of each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from sisheng.cases.models import Clock
from sisheng.desk.complaints.models import Complaint
from sisheng.ground.events.models import Delivery, Event
from sisheng.ground.events.verifying import verify
from sisheng.ground.once.models import Receipt
from sisheng.kit.messages.models import Message
from sisheng.mall.directory.models import Mall
from tests.killing.people import Person, Wish, _key

STEPS = (  # a step, what is filled in, the events that tell of it
    ("investigate", {}, ["complaint.investigate"]),
    ("inform", {"news": "还在查。"}, ["complaint.informed"]),
    ("find", {"finding": "标价签没有更换。", "substantiated": "yes", "responsibility": "price"}, ["complaint.find"]),
    ("write", {"words": "退差价，当面致歉。"}, ["complaint.drafted"]),
    ("propose", {}, ["complaint.propose"]),
    ("agree", {"words": "可以"}, ["complaint.agree"]),
    ("resolve", {}, ["complaint.resolve"]),
)
TAKEN_DOWN = ["complaint.begin", "complaint.accept"]
SELDOM = 0.25  # of the forms begin a new complaint while others are under way

# which clocks run after how many steps; written by hand from domain 3.4
FROM_THE_START = {"complaint.propose", "complaint.final", "complaint.wilful_delay", "complaint.progress_update"}
RUNNING = (
    {*FROM_THE_START, "complaint.start", "complaint.investigate"},
    {*FROM_THE_START, "complaint.investigate"},
    {*FROM_THE_START, "complaint.investigate"},
    FROM_THE_START,
    FROM_THE_START,
    FROM_THE_START - {"complaint.propose"} | {"complaint.customer_reply"},
    {"complaint.progress_update"},
    set(),
)
MESSAGES = {"complaint.accepted": 0, "complaint.informed": 2, "complaint.offered": 5, "complaint.resolved": 7}


@dataclass
class Complainer(Person):
    """Works on complaints of their own, one step after the other."""

    in_hand: list[tuple[str, int]] = field(default_factory=list)  # number, steps done

    __hash__ = Person.__hash__

    def _next(self) -> Wish:
        self._put_down()
        mark = f"{self.seed}-{self.code}-{len(self.wishes)}"
        if not self.in_hand or self.random.random() < SELDOM:
            body = {
                "against": "other", "against_words": "收银", "category": "price.price_tag",
                "account": f"{mark} 多收十元",
                "claims": "compensation", "phone": f"154{self.random.randrange(10**8):08}", "may_contact": "on",
                "amount": "400", "recording": "none", "once": _key(),
            }  # fmt: skip
            return Wish(f"/{self.mall}/desk/complaints/new/", body, mark)
        number, done = self.in_hand.pop(self.random.randrange(len(self.in_hand)))
        name, filled, _events = STEPS[done]
        return Wish(f"/{self.mall}/desk/complaints/{number}/{name}/", {**filled, "once": _key()}, f"{number}:{done}")

    def _put_down(self) -> None:
        """What has just been answered waits for its next step."""
        if not self.wishes or not self.wishes[-1].number:
            return
        last = self.wishes[-1]
        done = int(last.mark.rpartition(":")[2]) + 1 if ":" in last.mark else 0
        if done < len(STEPS) and (last.number, done) not in self.in_hand:
            self.in_hand.append((last.number, done))


class FoundComplaints:
    """Compares what people were told with what is there."""

    def __init__(self, mall: Mall, wishes: list[Wish]) -> None:
        self.lost: list[str] = []
        self.doubled: list[str] = []
        self.half_made: list[str] = []
        self.reactions = [f"{one} was not run: {one.last_error}" for one in Delivery.objects.filter(handled_at=None)]
        self.events = Counter(Event.objects.filter(mall_id=mall.pk).values_list("kind", "topic"))
        told = [wish for wish in wishes if wish.number]
        steps = Counter(wish.number for wish in told if ":" in wish.mark)
        begun = {wish.number: wish for wish in told if ":" not in wish.mark}
        there = {complaint.number: complaint for complaint in Complaint.objects.filter(mall=mall)}
        self.lost += [f"{number} is not there" for number in begun.keys() - there.keys()]
        self.doubled += [f"{number} belongs to nobody’s form" for number in there.keys() - begun.keys()]
        for number, complaint in there.items():
            if number in begun and not complaint.account.startswith(begun[number].mark):
                self.doubled.append(f"{number} was told for {begun[number].mark}, and is {complaint.account}")
            self._one(complaint, steps[number])
        receipts = Receipt.objects.filter(made__startswith="complaints.complaint:").count()
        if receipts != len(told):
            self.doubled.append(f"{receipts} receipts for {len(told)} forms")

    @property
    def wrong(self) -> list[str]:
        return [
            *(f"lost: {told}" for told in self.lost),
            *(f"doubled: {told}" for told in self.doubled),
            *(f"half made: {told}" for told in self.half_made),
            *(f"reaction: {told}" for told in self.reactions),
            *(f"seal: {told}" for told in verify()),
        ]

    def _one(self, complaint: Complaint, done: int) -> None:
        number = complaint.number
        kinds = [*TAKEN_DOWN, *(kind for _name, _filled, kinds in STEPS[:done] for kind in kinds)]
        if done == len(STEPS):
            kinds.append("complaint.await_follow_up")
        for kind in {*kinds, *(kind for _name, _filled, more in STEPS for kind in more)}:
            found, wanted = self.events[kind, number], kinds.count(kind)
            if found != wanted:
                (self.lost if found < wanted else self.doubled).append(f"{number} has {found} × {kind}, not {wanted}")
        live = sorted(Clock.objects.filter(case=complaint).live().values_list("deadline", flat=True))
        if live != sorted(RUNNING[done]):
            self.half_made.append(f"{number} after {done} steps has the clocks {live}")
        messages = dict(Counter(Message.objects.filter(case=complaint).values_list("purpose", flat=True)))
        wanted = {purpose: 1 for purpose, after in MESSAGES.items() if after <= done}
        if messages != wanted:
            self.half_made.append(f"{number} after {done} steps told {messages}, not {wanted}")
