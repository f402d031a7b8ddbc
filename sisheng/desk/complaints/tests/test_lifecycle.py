"""The life of a complaint against tables written by hand from domain.md 3.4, not from the code."""

from __future__ import annotations

import pytest
from django.utils import translation

from conftest import _hire
from sisheng.config.roles import ROLES, VISITORS
from sisheng.desk.complaints import actions
from sisheng.desk.complaints.lifecycle import COMPLAINT
from sisheng.desk.complaints.tests.reading import clocks, moves, rights
from sisheng.ground.lifecycle import shortest_path
from sisheng.ground.refusals import NotAllowed, OutOfTurn

MOVES, CLOCKS, RIGHTS = moves(), clocks(), rights()
NAMES = sorted({name for row in MOVES.values() for name in row})
ALLOWED = [(state, name, to) for state, row in MOVES.items() for name, to in row.items()]
REFUSED = [(state, name) for state, row in MOVES.items() for name in NAMES if name not in row]
UPWARDS = ["customer", "agent", "lead", "supervisor", "manager"]
ENDED = {"archived", "withdrawn", "merged", "discarded"}


@pytest.mark.rule("CMP-01")
def test_the_table_is_sound_and_speaks_of_the_same_states_and_transitions():
    assert COMPLAINT.problems() == []
    assert {state.name for state in COMPLAINT.states} == set(MOVES)
    assert {step.name for step in COMPLAINT.transitions} - {"begin"} == set(NAMES)


@pytest.mark.parametrize(("state", "name", "to"), ALLOWED)
def test_each_transition_leads_where_the_domain_says(state, name, to):
    assert COMPLAINT.find(name, state).to == to


@pytest.mark.parametrize(("state", "name"), REFUSED)
def test_everything_else_is_out_of_turn(state, name):
    with pytest.raises(OutOfTurn):
        COMPLAINT.find(name, state)


@pytest.mark.rule("CMP-01", "CMP-35")
@pytest.mark.parametrize(("state", "name", "to"), ALLOWED)
def test_the_allowed_transitions_also_happen_on_the_database(
    make_complaint, receive, play, riverside, now, state, name, to
):
    complaint = make_complaint(state)
    details = {}
    if name == "merge":
        details = {"into": receive(phone="15400000002")}
    if name == "go_external":
        details = {"authority": "12315", "received_on": riverside.today(now)}

    play(complaint, name, **details)

    complaint.refresh_from_db()
    assert complaint.status == to
    assert (complaint.closed_at is not None) == (to in ENDED)
    assert f"complaint.{name}" in {event.kind for event in complaint.timeline()}


@pytest.mark.rule("CMP-01")
@pytest.mark.parametrize("state", list(MOVES))
def test_at_the_door_nothing_else_is_possible_and_a_refusal_changes_nothing(make_complaint, act, boss, state):
    complaint = make_complaint(state)
    before = complaint.timeline().count()

    for name in NAMES:
        if name not in MOVES[state]:
            with pytest.raises(OutOfTurn):
                complaint.transition(name, act(boss))

    complaint.refresh_from_db()
    assert complaint.status == state
    assert complaint.timeline().count() == before


STARTS = [(d, name) for d, row in CLOCKS.items() for name, what in row.items() if what == "+"]
ENDS = [(d, name, what) for d, row in CLOCKS.items() for name, what in row.items() if what in "=x"]


def _way_with(deadline, name):
    """A state from which the transition is allowed and on whose shortest way the clock still runs."""
    for state, row in MOVES.items():
        if name in row and state not in {"draft", "discarded"}:
            live = False
            for step in ["accept", *shortest_path(COMPLAINT, state)[1:]]:
                live = {"+": True, "=": False, "x": False}.get(CLOCKS[deadline].get(step, ""), live)
            if live:
                return state
    return None


# on the shortest way there the clocks still run: here everything has been answered before
AFTER = {"hear_back": ("unresolved", "go_external")}


@pytest.mark.parametrize(("deadline", "name"), STARTS)
def test_a_clock_starts_where_the_domain_says(make_complaint, play, riverside, now, deadline, name):
    state, *before = AFTER.get(name) or [next(state for state, row in MOVES.items() if name in row)]
    complaint = make_complaint(state)
    for step in before:
        play(complaint, step, authority="12315", received_on=riverside.today(now))
    assert not complaint.clocks.live().filter(deadline=deadline).exists()

    play(complaint, name)

    assert complaint.clocks.live().filter(deadline=deadline).count() == 1


@pytest.mark.parametrize(("deadline", "name", "what"), ENDS)
def test_a_clock_is_met_or_called_off_where_the_domain_says(
    make_complaint, receive, play, riverside, now, deadline, name, what
):
    state = _way_with(deadline, name)
    assert state, "no state lets this happen: the table is wrong"
    complaint = make_complaint(state)
    clock = complaint.clocks.live().get(deadline=deadline)
    details = {"into": receive(phone="15400000002")} if name == "merge" else {}
    if name == "go_external":
        details = {"authority": "12315", "received_on": riverside.today(now)}

    play(complaint, name, **details)

    clock.refresh_from_db()
    assert (bool(clock.met_at), bool(clock.cancelled_at)) == {"=": (True, False), "x": (False, True)}[what]


@pytest.mark.rule("CMP-24")
@pytest.mark.parametrize("name", [*RIGHTS])
def test_each_transition_is_open_to_exactly_the_roles_of_the_domain(name):
    needs = next(step.needs for step in COMPLAINT.transitions if step.name == name)
    lowest = UPWARDS.index(RIGHTS[name])

    may = {"customer": needs in VISITORS["case_visitor"], **{role: needs in ROLES[role] for role in UPWARDS[1:]}}

    assert may == {role: rank >= lowest for rank, role in enumerate(UPWARDS)}
    for role in ("bagkeeper", "partner", "qa", "auditor", "admin"):
        assert needs not in ROLES[role]


@pytest.mark.parametrize("name", [name for name in RIGHTS if name not in {"begin", "accept", "discard"}])
def test_the_door_refuses_who_may_not(make_complaint, riverside, act, name):
    stranger = _hire("3001", "某人", riverside, "bagkeeper")
    state = next(state for state, row in MOVES.items() if name in row)
    complaint = make_complaint(state)

    with pytest.raises(NotAllowed):
        complaint.transition(name, act(stranger))


def test_a_draft_is_thrown_away_and_its_number_stays_used(make_complaint, act, boss):
    draft = make_complaint("draft")
    actions.discard(act(boss), draft)

    following = make_complaint("draft")

    assert not draft.clocks.exists()
    assert following.number > draft.number


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_state_and_transition_has_its_words_in_both_languages(language):
    with translation.override(language):
        words = [str(state.label) for state in COMPLAINT.states]
        words += [str(step.label) for step in COMPLAINT.transitions]
        words += [str(rule.label) for rule in (*COMPLAINT.deadlines, *COMPLAINT.parts)]

    is_chinese = [any("一" <= letter <= "鿿" for letter in word) for word in words]
    assert all(is_chinese) if language == "zh-hans" else not any(is_chinese[:60])
