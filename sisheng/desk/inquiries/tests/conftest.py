"""How the tests come by an inquiry: by real transitions, as people make them."""

from __future__ import annotations

import csv
from datetime import timedelta
from pathlib import Path

import pytest

from sisheng.desk.inquiries import actions
from sisheng.desk.inquiries.lifecycle import INQUIRY
from sisheng.ground.lifecycle import shortest_path

HERE = Path(__file__).parent


def table(name):
    """A hand-written table of expectations: {row: {column: cell}}."""
    lines = [line for line in (HERE / name).read_text(encoding="utf8").splitlines() if not line.startswith("#")]
    rows = csv.DictReader(lines, delimiter="\t")
    key = rows.fieldnames[0]
    return {row.pop(key): row for row in rows}


DETAILS = {
    "ask": {},
    "reach": {"result": "reached", "who": "店长"},
    "answer": {"answer": "冷水手洗，阴干。"},
    "call_back": {},
    "miss": {"reason": "三次无人接听"},
    "close": {"outcome": "answered"},
    "withdraw": {"reason": "顾客说不用了"},
}


@pytest.fixture
def play(act, boss):
    """Make one transition by its action, as the view does."""

    def play(inquiry, name, *, by=None, at=None, **details):
        step = act(by or boss, at=at)
        details = {**DETAILS.get(name, {}), **details}
        if name == "renew":
            details.setdefault("promise_at", step.at + timedelta(hours=2))
        action = actions.try_brand if name == "reach" else getattr(actions, name)
        return action(step, inquiry, **details)

    return play


@pytest.fixture
def make_inquiry(riverside, luggage, counter, boss, act, play):
    """Make an inquiry and take it, by real transitions, to the state that a test needs."""

    def make(state=INQUIRY.begin.to, *, at=None, **details):
        asked = {
            "question": "真皮箱子沾了墨水怎么洗？",
            "anonymous_label": "蓝衣先生",
            "handler": boss,
            "desk": counter,
        }
        inquiry = actions.begin(act(boss, at=at), riverside, shop=luggage, **{**asked, **details})
        for name in shortest_path(INQUIRY, state):
            play(inquiry, name, at=at)
        return inquiry

    return make
