"""How the tests come by an improvement: by real actions, as people take them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from sisheng.desk.improvements import actions
from sisheng.desk.improvements.lifecycle import IMPROVEMENT
from sisheng.ground.lifecycle import shortest_path

TOLD = {
    "problem": "价签换季时没有统一更换",
    "measure": "每次促销结束当晚由店长核对全部价签",
    "department": "招商部",
    "metric": "标价不符的投诉数",
    "effect_before": "每月 6 起",
}


def table(name):
    """A hand-written table: the first word of each line, and its other words."""
    lines = (Path(__file__).parent / name).read_text(encoding="utf8").splitlines()
    return dict(line.split("\t") for line in lines if not line.startswith("#"))


@pytest.fixture
def ask(act, riverside, mei, now):
    """Mei asks for an improvement."""

    def ask(*, by=None, at=None, **told):
        who = by or mei
        told = {"owner": who, "due_at": now + timedelta(days=14), **TOLD, **told}
        return actions.begin(act(who, at=at), riverside, **told)

    return ask


@pytest.fixture
def play(act, mei, boss, now):
    """Take one step by its action; Mei does the work, the manager decides."""
    details = {
        "finish": {"words": "已写进店长手册"},
        "verify": {"words": "三周没有新的投诉", "effect_after": "每月 1 起"},
        "fall_short": {"words": "还是每周一起", "effect_after": "每月 5 起"},
        "try_again": {"measure": "换成电子价签", "due_at": now + timedelta(days=60)},
        "drop": {"reason": "店要撤场"},
    }

    def play(improvement, name, *, by=None, at=None, **more):
        who = by or (mei if name in {"start", "finish"} else boss)
        return getattr(actions, name)(act(who, at=at), improvement, **{**details.get(name, {}), **more})

    return play


@pytest.fixture
def make(ask, play):
    """An improvement in the state that a test needs."""

    def make(state="proposed", **told):
        improvement = ask(**told)
        for name in shortest_path(IMPROVEMENT, state):
            play(improvement, name)
        return improvement

    return make
