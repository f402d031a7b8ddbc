"""What people do with a complaint in a random life: when it is possible, how it is done, and what must come of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.db import transaction

from sisheng.desk.complaints import actions
from sisheng.desk.complaints.models import Complaint, ExternalCase, Remedy
from sisheng.desk.complaints.tests.reading import moves as expected_moves
from sisheng.ground.act import Act
from sisheng.kit.approvals import actions as approvals
from sisheng.kit.approvals.models import Approval
from sisheng.kit.evidence import actions as evidence
from sisheng.kit.evidence.models import ShopStatement
from tests.lives.house import House
from tests.lives.oracle import ClockOracle

LEADS_TO = expected_moves()
UNDECIDED = {
    "accepted", "on_spot", "investigating", "proposing", "approval", "re_evaluating", "reopened", "awaiting_customer",
    "final_offered",
}  # fmt: skip
OFFERED = {"awaiting_customer", "final_offered"}
OVER = {"draft", "discarded", "withdrawn", "archived", "merged"}
WORKED_ON = set(LEADS_TO) - OVER
KNOWN = set(LEADS_TO) - {"draft", "discarded"}
HOUR = timedelta(hours=1)
SMALL, LARGE = Decimal(30), Decimal(640)  # an agent may promise the one, and has to ask for the other


@dataclass
class Offer:
    n: int
    is_final: bool
    approval: str  # "", needed, waiting, approved, declined
    is_offered: bool = False


@dataclass
class One:
    """One complaint as it must be, by what people did with it."""

    pk: int
    number: str
    status: str = "draft"
    severity: str = ""
    history: list[str] = field(default_factory=list)  # the transitions
    told: dict[str, int] = field(default_factory=dict)  # other events, by kind
    messages: dict[str, int] = field(default_factory=dict)  # to its customer, by purpose
    clocks: ClockOracle = field(default_factory=ClockOracle)
    offer: Offer | None = None
    re_evaluated: bool = False
    reminders: int = 0
    asked_from: str = ""
    merged_from: str = ""
    into: One | None = None
    withdrawn_at: datetime | None = None
    remedies: list[int] = field(default_factory=list)  # still owed
    statements: dict[int, str] = field(default_factory=dict)  # still open: its part, and the shop
    files: dict[int, str] = field(default_factory=dict)  # of authorities, not replied to: its deadline
    decided: list[tuple[str, bool]] = field(default_factory=list)  # approvals decided, of which it has not heard yet
    is_restated: bool = False
    has_just_ended: bool = False  # and the follow-up is not planned yet

    def goes(self, name: str, at: datetime) -> None:
        """A transition was made."""
        goal = LEADS_TO[self.status][name] if name not in {"begin"} else "draft"
        if name == "unmerge":
            goal, self.merged_from = self.merged_from, ""
        if name == "answer":
            goal = self.asked_from
        if name == "merge":
            self.merged_from = self.status
        if name == "ask":
            self.asked_from = self.status
        self.status = goal
        self.history.append(name)
        self.clocks.transition(name, at)
        if name in {"resolve", "settle_external"}:
            self.has_just_ended = True

    def says(self, kind: str) -> None:
        self.told[kind] = self.told.get(kind, 0) + 1

    def writes(self, purpose: str, family: list[One]) -> None:
        for one in (self, *(other for other in family if other.into is self)):
            one.messages[purpose] = one.messages.get(purpose, 0) + 1


@dataclass
class Scene:
    """Where and among whom a move is made."""

    house: House
    chance: Random
    now: datetime
    family: list[One]


Do = Callable[..., Any]


@dataclass(frozen=True)
class Move:
    name: str
    by: str
    do: Do  # (act, complaint, **details)
    after: Callable[[Scene, One, Any, datetime, dict[str, Any]], None]
    states: frozenset[str]
    when: Callable[[Scene, One], bool] = lambda scene, one: True
    draw: Callable[[Scene, One], dict[str, Any]] = lambda scene, one: {}
    weight: int = 2


MOVES: dict[str, Move] = {}


def move(name: str, *, by: str = "agent", states: Any = None, **more: Any) -> Callable[[Do], Do]:
    """The decorated function says what must come of it: (scene, one, result, at, details)."""
    where = frozenset(states) if states else frozenset(state for state, names in LEADS_TO.items() if name in names)

    def named(after: Do) -> Do:
        do = more.pop("do", None) or getattr(actions, name)
        MOVES[name] = Move(name, by, do, after, where, **more)
        return after

    return named


# The way of a complaint


@move("mediate", when=lambda scene, one: one.severity == "S4")
def _(scene, one, result, at, details):
    one.goes("mediate", at)


LINES = {"small": [{"kind": "voucher", "value": SMALL, "payer": "mall"}],
         "large": [{"kind": "refund", "value": LARGE, "payer": "brand"}],
         "two": [{"kind": "apology"}, {"kind": "discount", "value": SMALL, "payer": "mall"}]}  # fmt: skip


@move("settle", draw=lambda scene, one: {"is_done": scene.chance.random() < 0.6},
      do=lambda act, one, *, is_done: actions.settle(
          act, one, words="退差价。", remedies=LINES["small"], cause="process.not_followed", responsibility="price",
          is_done=is_done))  # fmt: skip
def _(scene, one, result, at, details):
    one.goes("settle", at)
    one.offer = Offer(1, is_final=False, approval="", is_offered=True)
    one.says("complaint.drafted")
    _owe(one, at)
    if details["is_done"]:
        for remedy in list(one.remedies):
            _done(one, remedy, at)
        _resolved(scene, one, at)


@move("fail", do=lambda act, one: actions.fail(act, one, reason="要书面说明"))
def _(scene, one, result, at, details):
    one.goes("fail", at)


@move("investigate", weight=4)
def _(scene, one, result, at, details):
    one.goes("investigate", at)


@move("find", weight=4, do=lambda act, one: actions.find(
    act, one, finding="标价签没有更换。", substantiated="yes", responsibility="price"))  # fmt: skip
def _(scene, one, result, at, details):
    one.goes("find", at)


def _may_write(scene, one):
    if one.status == "re_evaluating" and not one.re_evaluated:
        return False
    if one.offer is None or not one.offer.is_offered:
        return True
    return one.offer.n < 4 or one.status == "re_evaluating"


def _draw_offer(scene, one):
    made = one.offer.n if one.offer and one.offer.is_offered else 0
    is_final = one.status == "re_evaluating" and (made >= 4 or scene.chance.random() < 0.4)
    return {"what": scene.chance.choice(list(LINES)), "is_final": is_final}


@move("write", states={"proposing", "re_evaluating"}, when=_may_write, draw=_draw_offer, weight=4,
      do=lambda act, one, *, what, is_final: actions.write_proposal(
          act, one, words="退差价，送一张券。", remedies=LINES[what], is_final=is_final))  # fmt: skip
def _(scene, one, result, at, details):
    n = 1
    if one.offer:
        n = one.offer.n + one.offer.is_offered
    one.offer = Offer(n, details["is_final"], "needed" if details["what"] == "large" else "")
    one.says("complaint.drafted")


@move("ask", weight=6, when=lambda scene, one: bool(
    one.offer and not one.offer.is_offered and one.offer.approval in {"needed", "declined"}))  # fmt: skip
def _(scene, one, result, at, details):
    one.goes("ask", at)
    one.offer.approval = "waiting"
    one.says("approval.asked")
    one.clocks.start("approval.decide", at, Approval.objects.get(case=one.pk, state="waiting").number)


def _decide(act, complaint, *, yes):
    approval = Approval.objects.with_people().get(case=complaint, state="waiting")
    return approvals.decide(act, approval, yes=yes, words="" if yes else "太多了")


@move("decide", by="lead", states={"approval"}, when=lambda scene, one: not one.decided, weight=6, do=_decide,
      draw=lambda scene, one: {"yes": scene.chance.random() < 0.7})  # fmt: skip
def _(scene, one, result, at, details):
    one.says("approval.approved" if details["yes"] else "approval.declined")
    one.clocks.done("approval.decide", at, result.number)
    one.decided.append((result.number, details["yes"]))


def _may_offer(one, *, is_final):
    offer = one.offer
    return bool(offer and not offer.is_offered and offer.is_final == is_final and offer.approval in {"", "approved"})


def _offered(scene, one, at, name):
    one.goes(name, at)
    one.offer.is_offered, one.reminders = True, 0
    one.clocks.start("complaint.customer_reply", at, f"offer:{one.offer.n}")
    one.clocks.renew("complaint.progress_update", at, "progress")
    one.writes("complaint.offered", scene.family)


@move("propose", when=lambda scene, one: _may_offer(one, is_final=False), weight=6)
def _(scene, one, result, at, details):
    _offered(scene, one, at, "propose")


@move("offer_final", when=lambda scene, one: _may_offer(one, is_final=True), weight=6)
def _(scene, one, result, at, details):
    _offered(scene, one, at, "offer_final")


@move("remind", states=OFFERED, weight=3)
def _(scene, one, result, at, details):
    one.reminders += 1
    one.says("complaint.reminded")
    one.clocks.renew("complaint.customer_reply", at, f"offer:{one.offer.n}")
    one.writes("complaint.reminded", [])  # whoever is only a part of it has nothing to answer


def _owe(one, at):
    one.remedies = list(
        Remedy.objects.filter(proposal__complaint=one.pk, proposal__answer__in=["agreed", "silent"], done_at=None)
        .order_by("pk").values_list("pk", flat=True)
    )  # fmt: skip
    if not one.remedies and one.history[-1] == "settle":  # settled and carried out in one breath
        newest = Remedy.objects.filter(proposal__complaint=one.pk).latest("pk").proposal
        one.remedies = list(newest.remedies.order_by("pk").values_list("pk", flat=True))
    for remedy in one.remedies:
        one.clocks.start("complaint.remedy", at, f"remedy:{remedy}")


@move("agree", by="agent", weight=3)
def _(scene, one, result, at, details):
    one.goes("agree", at)
    _owe(one, at)


@move("refuse", weight=3)
def _(scene, one, result, at, details):
    one.goes("refuse", at)
    one.re_evaluated = False


@move("refuse_final", weight=3, do=lambda act, one: actions.refuse(act, one))
def _(scene, one, result, at, details):
    one.goes("refuse_final", at)
    one.re_evaluated = False
    one.says("complaint.ways_told")
    one.writes("complaint.unresolved", scene.family)


@move("go_ahead", by="manager", when=lambda scene, one: one.reminders >= 2, weight=6,
      do=lambda act, one: actions.go_ahead(act, one, reason="没有回音"))  # fmt: skip
def _(scene, one, result, at, details):
    one.goes("go_ahead", at)
    _owe(one, at)


@move("re_evaluate", states={"re_evaluating"}, weight=4,
      do=lambda act, one: actions.re_evaluate(act, one, words="再看了一遍。"))  # fmt: skip
def _(scene, one, result, at, details):
    one.re_evaluated = True
    one.says("complaint.re_evaluated")


def _done(one, remedy, at):
    one.clocks.done("complaint.remedy", at, f"remedy:{remedy}")
    one.remedies.remove(remedy)
    one.says("complaint.fulfilled")


@move("fulfil", states={"executing"}, when=lambda scene, one: bool(one.remedies), weight=6,
      draw=lambda scene, one: {"remedy": scene.chance.choice(one.remedies)},
      do=lambda act, one, *, remedy: actions.fulfil(act, one, remedy=Remedy.objects.get(pk=remedy)))  # fmt: skip
def _(scene, one, result, at, details):
    _done(one, details["remedy"], at)


def _resolved(scene, one, at):
    one.goes("resolve", at)
    one.writes("complaint.resolved", scene.family)


@move("resolve", when=lambda scene, one: not one.remedies, weight=6)
def _(scene, one, result, at, details):
    _resolved(scene, one, at)


@transaction.atomic
def _archive(act, complaint):
    actions.trace(act, complaint, cause="process.not_followed", whys=["为什么"] * 5)
    actions.decide_improvement(act, complaint, because="当天已改好价签")
    actions.hear_customer(act, complaint, words="可以接受")
    return actions.archive(act, complaint)


@move("archive", by="supervisor", do=_archive)
def _(scene, one, result, at, details):
    for kind in ("traced", "improvement_decided", "customer_heard"):
        one.says(f"complaint.{kind}")
    one.goes("archive", at)
    _lapse(one)


@move("reopen", weight=1, do=lambda act, one: actions.reopen(act, one, reason="差价没有到账"))
def _(scene, one, result, at, details):
    one.goes("reopen", at)
    one.offer, one.re_evaluated = None, False
    one.clocks.start("complaint.progress_update", at, "progress")


@move("resume", by="supervisor", when=lambda scene, one: scene.now <= one.withdrawn_at + 24 * HOUR,
      do=lambda act, one: actions.resume(act, one, reason="撤错了单"))  # fmt: skip
def _(scene, one, result, at, details):
    one.goes("resume", at)
    one.offer, one.re_evaluated = None, False
    one.clocks.start("complaint.progress_update", at, "progress")


@move("withdraw", weight=1, when=lambda scene, one: not any(other.into is one for other in scene.family),
      do=lambda act, one: actions.withdraw(act, one, reason="算了"))  # fmt: skip
def _(scene, one, result, at, details):
    one.goes("withdraw", at)
    one.withdrawn_at = at
    _call_off(one)
    _lapse(one)


def _lapse(one):
    """No shop owes a statement to what is over."""
    for _statement in one.statements:
        one.says("statement.lapsed")
    one.statements.clear()


def _call_off(one):
    if one.offer and one.offer.approval == "waiting":
        one.offer.approval = "needed"
        if not one.decided:
            one.says("approval.lapsed")
    one.decided.clear()


# Authorities


def _letter(scene, one):
    authority = scene.chance.choice(["12315", "12345", "court"])
    due = scene.now + timedelta(days=scene.chance.randint(1, 9))
    return {"authority": authority, "reply_due_at": due, "received_on": scene.house.mall.today(scene.now)}


def _filed(one, at, details):
    file = ExternalCase.objects.filter(complaint=one.pk).latest("pk")
    known = {"12315": "complaint.external.reply_12315", "12345": "complaint.external.reply_12345"}
    one.files[file.pk] = known.get(details["authority"], "complaint.external.reply")
    one.clocks.start(one.files[file.pk], at, f"external:{file.pk}", due=details["reply_due_at"])
    one.says("complaint.external_registered")


@move("go_external", by="lead", draw=_letter, weight=1)
def _(scene, one, result, at, details):
    one.goes("go_external", at)
    _call_off(one)
    _filed(one, at, details)


@move("register_external", states=KNOWN, draw=_letter, weight=1)
def _(scene, one, result, at, details):
    _filed(one, at, details)


@move("reply_external", by="lead", states=KNOWN, when=lambda scene, one: bool(one.files),
      draw=lambda scene, one: {"file": scene.chance.choice(list(one.files))},
      do=lambda act, one, *, file: actions.reply_external(
          act, one, file=ExternalCase.objects.get(pk=file), reply="已按约定处理。"))  # fmt: skip
def _(scene, one, result, at, details):
    one.clocks.done(one.files.pop(details["file"]), at, f"external:{details['file']}")
    one.says("complaint.external_replied")


@move("hear_back", weight=4, do=lambda act, one: actions.hear_back(act, one, words="退回由商场处理"))
def _(scene, one, result, at, details):
    one.goes("hear_back", at)
    one.offer = None


@move("settle_external", by="lead", do=lambda act, one: actions.settle_external(act, one, words="调解达成一致"))
def _(scene, one, result, at, details):
    one.goes("settle_external", at)


# Two complaints are one


def _others(scene, one):
    if one.decided or any(other.into is one for other in scene.family):
        return []
    return [other for other in scene.family if other is not one and other.status in UNDECIDED]


@move("merge", by="lead", when=lambda scene, one: bool(_others(scene, one)),
      draw=lambda scene, one: {"into": scene.chance.choice(_others(scene, one)).pk},
      do=lambda act, one, *, into: actions.merge(
          act, one, into=Complaint.objects.get(pk=into), reason="同一件事"))  # fmt: skip
def _(scene, one, result, at, details):
    one.goes("merge", at)
    one.into = next(other for other in scene.family if other.pk == details["into"])
    one.into.says("complaint.took_in")


@move("unmerge", by="lead", weight=6, do=lambda act, one: actions.unmerge(act, one, reason="是两件事"))
def _(scene, one, result, at, details):
    one.goes("unmerge", at)
    one.into.says("complaint.let_go")
    one.into = None


# Beside the way


@move("inform", states={*WORKED_ON, "merged"}, do=lambda act, one: actions.inform(act, one, news="还在查。"))
def _(scene, one, result, at, details):
    one.says("complaint.informed")
    one.clocks.renew("complaint.progress_update", at, "progress")
    one.writes("complaint.informed", scene.family)


@move("chase", states={*WORKED_ON, "merged"}, weight=1)
def _(scene, one, result, at, details):
    one.says("complaint.chased")


@move("judge", states=WORKED_ON, weight=1, do=lambda act, one: actions.judge(act, one, responsibility="price"))
def _(scene, one, result, at, details):
    one.says("complaint.judged")


@move("hand_on", states=WORKED_ON, weight=1,
      draw=lambda scene, one: {"to": scene.house.people[scene.chance.choice(["lead", "supervisor"])]},
      do=lambda act, one, *, to: actions.hand_on(act, one, to=to, reason="换人谈"))  # fmt: skip
def _(scene, one, result, at, details):
    one.says("complaint.handed_on")


@move("apologise", states=WORKED_ON, weight=1, do=lambda act, one: actions.apologise(act, one, way="spoken"))
def _(scene, one, result, at, details):
    one.says("complaint.apologised")


@move("restate", states=WORKED_ON, weight=1, when=lambda scene, one: not one.is_restated)
def _(scene, one, result, at, details):
    one.is_restated = True
    one.says("complaint.restated")


@move("regrade", by="lead", states=WORKED_ON, weight=1, when=lambda scene, one: one.severity not in {"S1", "S2"},
      do=lambda act, one: actions.regrade(act, one, severity="S2", reason="有人受伤"))  # fmt: skip
def _(scene, one, result, at, details):
    one.severity = "S2"
    one.says("complaint.regraded")
    one.says("complaint.raised")
    if one.status == "on_spot":  # what is grave is not settled at the counter
        one.goes("fail", at)


def _until(scene, one):
    final, line = one.clocks.live("complaint.final"), one.clocks.live("complaint.wilful_delay")
    if not final or not line or not final.due or final.due <= scene.now:
        return None
    until = final.due + HOUR * scene.chance.randint(1, 60)
    return until if until <= line.due else None


@move("extend", by="manager", states=UNDECIDED, weight=1, when=lambda scene, one: _until(scene, one) is not None,
      draw=lambda scene, one: {"until": _until(scene, one)},
      do=lambda act, one, *, until: until and actions.extend(act, one, until=until, reason="等鉴定结果"))  # fmt: skip
def _(scene, one, result, at, details):
    if details["until"]:
        one.clocks.extend("complaint.final", details["until"])
        one.says("deadline.extended")
        one.writes("complaint.extended", scene.family)


# Statements of shops


def _unasked(scene, one):
    return [shop for shop in scene.house.shops if shop.name not in one.statements.values()]


@move("ask_statement", states=UNDECIDED, when=lambda scene, one: bool(_unasked(scene, one)),
      draw=lambda scene, one: {"shop": scene.chance.choice(_unasked(scene, one))},
      do=lambda act, one, *, shop: evidence.ask_statement(act, one, shop, question="请说明当天情况。"))  # fmt: skip
def _(scene, one, result, at, details):
    one.statements[result.pk] = details["shop"].name
    one.clocks.start("complaint.brand_statement", at, f"statement:{result.pk}")
    one.says("statement.asked")


def _statement(scene, one):
    return {"statement": scene.chance.choice(list(one.statements))}


def _with_statement(action, **more):
    return lambda act, one, *, statement: action(act, ShopStatement.objects.get(pk=statement), **more)


ASKED_STILL = {"states": WORKED_ON, "when": lambda scene, one: bool(one.statements), "draw": _statement}
ASKED = {"states": KNOWN, "when": lambda scene, one: bool(one.statements), "draw": _statement}


@move("receive_statement", do=_with_statement(evidence.receive_statement, text="是我们标错了。"), weight=4, **ASKED)
def _(scene, one, result, at, details):
    del one.statements[details["statement"]]
    one.clocks.done("complaint.brand_statement", at, f"statement:{details['statement']}")
    one.says("statement.received")
    one.says("evidence.kept")


@move("nudge", do=_with_statement(evidence.nudge), **ASKED_STILL)
def _(scene, one, result, at, details):
    one.says("statement.nudged")


@move("excuse", do=_with_statement(evidence.excuse, why="店已撤场"), **ASKED_STILL)
def _(scene, one, result, at, details):
    del one.statements[details["statement"]]
    one.clocks.not_needed("complaint.brand_statement", at, f"statement:{details['statement']}")
    one.says("statement.excused")


def possible(scene: Scene, one: One) -> list[Move]:
    """What may be done with it now."""
    return [move for move in MOVES.values() if one.status in move.states and move.when(scene, one)]


def acting(scene: Scene, move: Move, said_at: datetime | None = None) -> Act:
    return Act(by=scene.house.people[move.by], at=scene.now, said_at=said_at)
