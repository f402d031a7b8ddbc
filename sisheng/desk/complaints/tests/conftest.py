"""How the tests come by a complaint: by real actions, as people take them."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from sisheng.desk.complaints import actions
from sisheng.desk.complaints.lifecycle import COMPLAINT
from sisheng.ground.events.reactions import run_reactions
from sisheng.ground.lifecycle import shortest_path
from sisheng.kit.approvals import actions as approvals
from sisheng.kit.approvals.models import Approval
from sisheng.mall.directory.models import Shop

VOUCHER = {"kind": "voucher", "value": Decimal(30), "payer": "mall"}
TOLD = {
    "category": "price.price_tag",
    "account": "货架标价 88 元，收银台收了 98 元。",
    "claims": ["compensation"],
    "phone": "15400000001",
    "amount": Decimal(88),
}


@pytest.fixture
def skincare(riverside, floor, wing):
    """盐花护肤, the shop of most complaints."""
    return Shop.objects.create(
        mall=riverside, unit="L1-A06", floor=floor, zone=wing, name="盐花护肤", name_en="Saltflower",
        hours=riverside.hours, extension="6006",
    )  # fmt: skip


@pytest.fixture
def receive(riverside, counter, skincare, mei, act):
    """Take a complaint down and accept it at the counter."""

    def receive(*, by=None, at=None, **told):
        told = {"shop": skincare, **TOLD, **told}
        who = by or mei
        return actions.receive(act(who, at=at), riverside, owner=who, desk=counter, **told)

    return receive


@pytest.fixture
def play_complaint(act, boss, mei):
    """Make one transition by its action, as the pages do."""

    def play(complaint, name, *, by=None, at=None, **details):
        # who may decide alone asks nobody
        step = act(by or (mei if name == "ask" else boss), at=at)
        return PLAYED.get(name, _plain(name))(step, complaint, **details)

    def decide(step, complaint, **details):
        approval = Approval.objects.get(case=complaint, state="waiting")
        approvals.decide(act(boss, at=step.at), approval, yes=True, **details)
        run_reactions(step.at + timedelta(seconds=1))
        complaint.refresh_from_db()
        complaint.forget_offers()
        return complaint

    PLAYED["answer"] = decide
    return play


@pytest.fixture
def play(play_complaint):
    return play_complaint


def _plain(name):
    return lambda step, complaint, **details: getattr(actions, name)(
        step, complaint, **{**DETAILS.get(name, {}), **details}
    )


def _written(step, complaint, *, is_final=False, remedies=(VOUCHER,)):
    if complaint.status == "re_evaluating" and not complaint.re_evaluation:
        actions.re_evaluate(step, complaint, words="再看了一遍监控，确是我们标错了。")
    return actions.write_proposal(step, complaint, words="退差价，送一张券。", remedies=remedies, is_final=is_final)


def _propose(step, complaint, **details):
    if complaint.offer is None or complaint.offer.offered_at:
        _written(step, complaint)
    return actions.propose(step, complaint, **details)


def _offer_final(step, complaint, **details):
    _written(step, complaint, is_final=True)
    return actions.offer_final(step, complaint, **details)


def _ask(step, complaint, **details):
    _written(step, complaint, remedies=({"kind": "refund", "value": Decimal(640), "payer": "brand"},))
    return actions.ask(step, complaint, **details)


def _go_ahead(step, complaint, **details):
    for _time in range(2):
        actions.remind(step, complaint)
    return actions.go_ahead(step, complaint, **{"reason": "两次提醒没有回音", **details})


def _resolve(step, complaint, **details):
    for remedy in complaint.agreed.remedies.filter(done_at=None):
        actions.fulfil(step, complaint, remedy=remedy)
    return actions.resolve(step, complaint, **details)


def _archive(step, complaint, **details):
    actions.trace(step, complaint, cause="process.not_followed", whys=["为什么"] * 5)
    actions.decide_improvement(step, complaint, because="当天已改好价签")
    actions.hear_customer(step, complaint, words="可以接受")
    return actions.archive(step, complaint, **details)


PLAYED = {
    "propose": _propose, "offer_final": _offer_final, "ask": _ask, "go_ahead": _go_ahead, "resolve": _resolve,
    "archive": _archive,
    "refuse_final": lambda step, complaint, **details: actions.refuse(step, complaint, **details),
    "await_follow_up": lambda step, complaint: complaint.transition("await_follow_up", step),
}  # fmt: skip

DETAILS = {
    "settle": {"words": "退差价，送券。", "remedies": [VOUCHER], "cause": "process.not_followed",
               "responsibility": "price", "is_done": False},
    "fail": {"reason": "顾客要书面说明"},
    "find": {"finding": "标价签没有更换。", "substantiated": "yes", "responsibility": "price"},
    "withdraw": {"reason": "顾客说算了"},
    "reopen": {"reason": "差价没有到账"},
    "resume": {"reason": "撤错了单"},
    "hear_back": {"words": "退回由商场处理"},
    "settle_external": {"words": "调解达成一致"},
    "merge": {"reason": "同一件事"},
    "unmerge": {"reason": "是两件事"},
}  # fmt: skip


@pytest.fixture
def make_complaint(receive, riverside, counter, skincare, boss, act, play_complaint):
    """Make a complaint and take it, by real actions, to the state that a test needs."""

    def make(state="accepted", *, at=None, by=None, **told):
        if state in {"draft", "discarded"}:
            draft = {"shop": skincare, **TOLD, **told}
            complaint = actions.take_down(act(by or boss, at=at), riverside, owner=by or boss, desk=counter, **draft)
        else:
            complaint = receive(by=by or boss, at=at, **told)
        path = shortest_path(COMPLAINT, state)
        for name in path if state in {"draft", "discarded"} else path[1:]:
            details = {}
            if name == "merge":
                details = {"into": receive(by=by or boss, at=at, phone="15400000002")}
            if name == "go_external":
                details = {"authority": "12315", "received_on": riverside.today(act(boss, at=at).at)}
            play_complaint(complaint, name, at=at, by=by, **details)
        return complaint

    return make


# What each step of the pages needs before it can be taken: the state, and what was done there

READY = {
    "accept": ("draft",), "discard": ("draft",), "mediate": ("accepted",), "settle": ("on_spot",),
    "fail": ("on_spot",), "investigate": ("accepted",), "find": ("investigating",),
    "re_evaluate": ("re_evaluating",), "write": ("proposing",), "ask": ("proposing", "dear"),
    "propose": ("proposing", "written"), "offer_final": ("re_evaluating", "final"),
    "agree": ("awaiting_customer",), "refuse": ("awaiting_customer",), "refuse_final": ("final_offered",),
    "remind": ("awaiting_customer",), "go_ahead": ("awaiting_customer", "reminded"), "resolve": ("executing",
    "fulfilled"), "trace": ("executing",), "improve": ("executing",), "heard": ("follow_up",),
    "archive": ("follow_up", "complete"), "reopen": ("archived",), "merge": ("accepted", "another"),
    "unmerge": ("merged",), "go_external": ("accepted",), "hear_back": ("external",),
    "settle_external": ("external",), "withdraw": ("accepted",), "resume": ("withdrawn",),
}  # fmt: skip


@pytest.fixture
def make_ready(make_complaint, receive, act, mei, boss):
    """Make a complaint with which a step of the pages can be taken now; the other steps go with an accepted one."""

    def ready(step):
        state, *done = READY.get(step, ("accepted",))
        complaint = make_complaint(state)
        if "dear" in done:
            _written(act(mei), complaint, remedies=({"kind": "refund", "value": Decimal(640), "payer": "brand"},))
        if "written" in done:
            _written(act(boss), complaint)
        if "final" in done:
            _written(act(boss), complaint, is_final=True)
        if "reminded" in done:
            for _time in range(2):
                actions.remind(act(boss), complaint)
        if "fulfilled" in done:
            for remedy in complaint.agreed.remedies.all():
                actions.fulfil(act(boss), complaint, remedy=remedy)
        if "complete" in done:
            actions.trace(act(boss), complaint, cause="process.not_followed", whys=["为什么"] * 5)
            actions.decide_improvement(act(boss), complaint, because="当天已改好价签")
            actions.hear_customer(act(boss), complaint, words="可以接受")
        if "another" in done:
            receive(phone="15400000002")
        complaint.refresh_from_db()
        return complaint

    return ready
