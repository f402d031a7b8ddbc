"""The life of an improvement against tables written by hand from domain.md 3.16, not from the code."""

from __future__ import annotations

import pytest

from conftest import _hire
from sisheng.config.roles import ROLES
from sisheng.desk.improvements.lifecycle import IMPROVEMENT
from sisheng.desk.improvements.tests.conftest import table
from sisheng.ground.lifecycle import shortest_path
from sisheng.ground.refusals import NotAllowed, OutOfTurn

MOVES = {state: dict(move.split(">") for move in words.split()) for state, words in table("expected_moves.tsv").items()}
CLOCKS = {key: {word[:-1]: word[-1] for word in words.split()} for key, words in table("expected_clocks.tsv").items()}
RIGHTS = table("expected_rights.tsv")
NAMES = sorted({name for row in MOVES.values() for name in row})
ALLOWED = [(state, name, to) for state, row in MOVES.items() for name, to in row.items()]
UPWARDS = ["agent", "lead", "supervisor", "manager"]
ENDED = {"standardised", "dropped"}


def test_the_table_is_sound_and_speaks_of_the_same_states_and_transitions():
    assert IMPROVEMENT.problems() == []
    assert {state.name for state in IMPROVEMENT.states} == set(MOVES)
    assert {step.name for step in IMPROVEMENT.transitions} - {"begin"} == set(NAMES)


@pytest.mark.rule("RPT-10")
@pytest.mark.parametrize(("state", "name", "to"), ALLOWED)
def test_each_transition_leads_where_the_domain_says(make, play, state, name, to):
    improvement = make(state)

    play(improvement, name)

    improvement.refresh_from_db()
    assert improvement.status == to
    assert (improvement.closed_at is not None) == (to in ENDED)
    assert f"improvement.{name}" in {event.kind for event in improvement.timeline()}


@pytest.mark.rule("RPT-10")
@pytest.mark.parametrize("state", list(MOVES))
def test_nothing_else_is_possible_and_a_refusal_changes_nothing(make, act, boss, state):
    improvement = make(state)
    before = improvement.timeline().count()

    for name in set(NAMES) - set(MOVES[state]):
        with pytest.raises(OutOfTurn):
            improvement.transition(name, act(boss))

    assert improvement.timeline().count() == before


def _running_before(deadline, name):
    """A state from which the transition is allowed, and whether the clock runs there by the table."""
    for state in (state for state, row in MOVES.items() if name in row):
        live = False
        for step in ["begin", *shortest_path(IMPROVEMENT, state)]:
            live = {"+": True, "=": False, "x": False}.get(CLOCKS[deadline].get(step, ""), live)
        if live == (CLOCKS[deadline][name] != "+"):
            return state
    raise AssertionError("no state lets this happen: the table is wrong")


@pytest.mark.parametrize(
    ("deadline", "name"), [(d, name) for d, row in CLOCKS.items() for name in row if name != "begin"]
)
def test_each_clock_does_what_the_table_says(make, play, deadline, name):
    improvement = make(_running_before(deadline, name))
    earlier = improvement.clocks.live().filter(deadline=deadline).first()

    play(improvement, name)

    if CLOCKS[deadline][name] == "+":
        assert earlier is None
        assert improvement.clocks.live().filter(deadline=deadline).count() == 1
    else:
        earlier.refresh_from_db()
        ended = {"=": (True, False), "x": (False, True)}[CLOCKS[deadline][name]]
        assert (bool(earlier.met_at), bool(earlier.cancelled_at)) == ended


@pytest.mark.parametrize("name", list(RIGHTS))
def test_each_transition_is_open_to_exactly_the_roles_of_the_table(name):
    needs = next(step.needs for step in IMPROVEMENT.transitions if step.name == name)
    lowest = UPWARDS.index(RIGHTS[name])

    assert {role: needs in ROLES[role] for role in UPWARDS} == {role: n >= lowest for n, role in enumerate(UPWARDS)}
    for role in ("bagkeeper", "partner", "qa", "auditor", "admin"):
        assert needs not in ROLES[role]


@pytest.mark.parametrize("name", [name for name in RIGHTS if name != "begin"])
def test_the_door_refuses_who_may_not(make, riverside, act, name):
    stranger = _hire("3001", "某人", riverside, "bagkeeper")
    improvement = make(next(state for state, row in MOVES.items() if name in row))

    with pytest.raises(NotAllowed):
        improvement.transition(name, act(stranger))
