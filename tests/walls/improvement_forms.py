"""The forms of improvements, for the walls: what is sent at each step, and which rows it makes."""

from __future__ import annotations

from datetime import timedelta

from sisheng.desk.improvements import actions
from sisheng.desk.improvements.lifecycle import IMPROVEMENT
from sisheng.ground.lifecycle import shortest_path

EVENT = {"events.Event": 1}
WORDS = {"events.Event": 1, "events.EventDetail": 1}
STEPS = {
    "agree": ({"seen": "0"}, {"seen": "9"}, EVENT),
    "start": ({"seen": "1"}, {"seen": "9"}, EVENT),
    "finish": ({"words": "已写进手册"}, {"words": "已张贴"}, {**WORDS, "cases.Clock": 1}),
    "verify": ({"words": "没有新投诉", "effect_after": "1 起"}, {"words": "少多了"}, WORDS),
    "fall_short": ({"words": "还是老样子"}, {"words": "更多了"}, WORDS),
    "try_again": ({"measure": "换电子价签", "due_on": "2027-12-10"}, {"measure": "加派一人"},
                  {**WORDS, "cases.Clock": 1}),
    "standardise": ({"seen": "3"}, {"seen": "9"}, EVENT),
    "drop": ({"reason": "店要撤场"}, {"reason": "太贵"}, {**WORDS, "events.Delivery": 1}),
    "reply": ({"reply": "下周执行"}, {"reply": "不同意"}, WORDS),
}  # fmt: skip
BEGIN = {
    "problem": "价签没换",
    "measure": "当晚核对",
    "department": "招商部",
    "due_on": "2027-12-10",
    "source": "meeting",
}
FORMS = [
    {
        "page": "improvements:begin",
        "body": BEGIN,
        "other": {"measure": "每天核对"},
        "makes": {"cases.Case": 1, "improvements.Improvement": 1, "cases.Clock": 1, "search.SearchDoc": 1, **EVENT,
                  "events.Delivery": 2},
    },
    *(
        {"page": "improvements:step", "move": move, "body": body, "other": other, "makes": makes}
        for move, (body, other, makes) in STEPS.items()
    ),
]  # fmt: skip
DETAILS = {
    "finish": {"words": "做完了"},
    "verify": {"words": "有效"},
    "fall_short": {"words": "无效"},
}


def ready(act, mall, asks, does, decides, move):
    """An improvement that waits for this move."""
    due_at = act(asks).at + timedelta(days=400)
    improvement = actions.begin(act(asks), mall, owner=asks, problem="价签没换", measure="核对", department="招商部",
                                due_at=due_at)  # fmt: skip
    step = next((step for step in IMPROVEMENT.transitions if step.name == move and step.origins), None)
    ways = [shortest_path(IMPROVEMENT, origin) for origin in step.origins] if step else [[]]
    for name in min(ways, key=len):
        who = does if name == "finish" else decides
        getattr(actions, name)(act(who), improvement, **DETAILS.get(name, {}))
    return improvement
