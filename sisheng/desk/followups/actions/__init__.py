"""Planning calls, making them, asking by link and at the counter."""

from sisheng.desk.followups.actions.calling import attempt, call_off, finish, give_up, number_to_ring, refuse
from sisheng.desk.followups.actions.planning import draw, plan
from sisheng.desk.followups.actions.ratings import rate, strike_words
from sisheng.desk.followups.actions.surveys import answer, opt_out

__all__ = [
    "answer",
    "attempt",
    "call_off",
    "draw",
    "finish",
    "give_up",
    "number_to_ring",
    "opt_out",
    "plan",
    "rate",
    "refuse",
    "strike_words",
]
