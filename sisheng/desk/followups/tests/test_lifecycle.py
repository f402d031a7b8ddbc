"""The life of a call against a table written by hand from domain.md 3.10, not from the code."""

from __future__ import annotations

import pytest

from conftest import _hire
from sisheng.config.roles import ROLES
from sisheng.desk.followups import actions
from sisheng.desk.followups.lifecycle import FOLLOWUP
from sisheng.desk.followups.tests.conftest import at, moves
from sisheng.ground.refusals import NotAllowed, OutOfTurn

MOVES = moves()
NAMES = sorted({name for row in MOVES.values() for name in row})
ALLOWED = [(state, name, to) for state, row in MOVES.items() for name, to in row.items()]
DETAILS = {
    "attempt": {"result": "busy"},
    "finish": {"satisfaction": 4},
    "give_up": {"reason": "三次无人接听"},
    "cancel": {"reason": "顾客已到柜台"},
}


def test_the_table_is_sound_and_speaks_of_the_same_states_and_transitions():
    assert FOLLOWUP.problems() == []
    assert {state.name for state in FOLLOWUP.states} == set(MOVES)
    assert {step.name for step in FOLLOWUP.transitions} - {"begin"} == set(NAMES)


@pytest.mark.parametrize("state", list(MOVES))
def test_each_transition_leads_where_the_domain_says_and_everything_else_is_out_of_turn(state):
    for name in NAMES:
        if to := MOVES[state].get(name):
            assert FOLLOWUP.find(name, state).to == to
        else:
            with pytest.raises(OutOfTurn):
                FOLLOWUP.find(name, state)


@pytest.mark.parametrize(("state", "name", "to"), ALLOWED)
def test_the_allowed_transitions_also_happen_on_the_database(make_call, act, mei, state, name, to):
    call = make_call(state)
    if name == "give_up":
        for hour in (15, 19):
            actions.attempt(act(mei, at=at(23, hour)), call, result="no_answer")
    action = actions.call_off if name == "cancel" else getattr(actions, name)

    action(act(mei, at=at(23, 19, 30)), call, **DETAILS.get(name, {}))

    call.refresh_from_db()
    assert call.status == to
    assert f"followup.{name}" in {event.kind for event in call.timeline()}
    assert call.clocks.live().exists() == (to == "attempting")


@pytest.mark.parametrize("state", ["done", "unreachable", "refused", "cancelled"])
def test_when_it_is_over_every_action_is_refused(make_call, act, mei, state):
    call = make_call(state)

    for name in NAMES:
        action = actions.call_off if name == "cancel" else getattr(actions, name)
        with pytest.raises(OutOfTurn):
            action(act(mei, at=at(26, 11)), call, **DETAILS.get(name, {}))


def test_agents_call_and_only_leads_and_above_plan():
    may_call = {role for role, held in ROLES.items() if "followups.call" in held}
    may_plan = {role for role, held in ROLES.items() if "followups.plan" in held}

    assert may_call == {"agent", "lead", "supervisor", "manager", "duty_manager"}
    assert may_plan == may_call - {"agent"}


def test_the_door_refuses_who_may_not(make_call, riverside, act):
    stranger = _hire("3001", "某人", riverside, "bagkeeper")
    call = make_call()

    for action, details in ((actions.finish, {"satisfaction": 5}), (actions.call_off, {"reason": "?"})):
        with pytest.raises(NotAllowed):
            action(act(stranger), call, **details)
    with pytest.raises(NotAllowed):
        actions.plan(act(stranger), riverside, customer=call.customer, trigger="regular")
