"""Planning calls, making them, and asking by link."""

from sisheng.desk.followups.actions.calling import attempt, call_off, finish, give_up, number_to_ring, refuse
from sisheng.desk.followups.actions.planning import draw, plan
from sisheng.desk.followups.actions.surveys import answer, opt_out

__all__ = ["answer", "attempt", "call_off", "draw", "finish", "give_up", "number_to_ring", "opt_out", "plan", "refuse"]
