"""What stands on a call sheet."""

from __future__ import annotations

from typing import Any

from sisheng.desk.followups import forms
from sisheng.desk.followups.actions.calling import is_trained, keep_trying, not_now
from sisheng.desk.followups.limits import part_of_day
from sisheng.desk.followups.models import Attempt, FollowUp
from sisheng.desk.followups.questions import QUESTIONS
from sisheng.ground.privacy.actions import REASONS, SHOWN_FOR
from sisheng.mall.staff.names import spoken_names, told
from sisheng.mall.staff.request import DeskRequest


def context_of(request: DeskRequest, call: FollowUp, **more: Any) -> dict[str, Any]:
    clocks = list(call.clocks.order_by("started_at", "pk"))
    for clock in clocks:
        clock.case = call
    tries = list(call.attempts.all())
    names = spoken_names({each.by for each in tries})
    trained = request.user.can("followups.call", request.mall) and is_trained(request.user, request.mall)
    moves = {move.name: move.label for move in call.transitions_for(request.user)}
    return {
        "call": call,
        "clocks": clocks,
        "moves": moves,
        "words_now": moves.get(more.get("chosen", "finish"), ""),
        "may_ring": call.is_open and trained,
        "is_untrained": call.is_open and not trained,
        "tries": [(each, names[each.by]) for each in reversed(tries)],
        "not_now": not_now(call, request.act.at) if call.is_open else "",
        "keep_trying": keep_trying(call, request.act.at) if tries else "",
        "next_part": _next_part(call, tries, request) if call.is_open and tries else "",
        "answers": [(QUESTIONS[name].words, value) for name, value in call.answers.items() if name in QUESTIONS],
        "form": forms.Finish(None, call=call) if call.is_open and trained else None,
        "chosen": "finish",
        "outcome_words": dict(FollowUp.Outcome.choices).get(call.outcome, call.outcome),
        "timeline": told(call.timeline()),
        "may_reveal": trained and call.is_open and request.user.can("customers.reveal", request.mall),
        "reasons": REASONS,
        "shown_for": int(SHOWN_FOR.total_seconds()),
        "at": request.act.at,
        **more,
    }


def _next_part(call: FollowUp, tries: list[Attempt], request: DeskRequest) -> str:
    """The part of the day that was not tried yet, beginning with what comes next; nothing when all were."""
    parts = [Attempt.Part.MORNING, Attempt.Part.AFTERNOON, Attempt.Part.EVENING]
    now = parts.index(Attempt.Part(part_of_day(request.act.at, call.mall)))
    tried = {each.part for each in tries}
    free = [part for part in parts[now:] + parts[:now] if part not in tried]
    return str(free[0].label) if free else ""
