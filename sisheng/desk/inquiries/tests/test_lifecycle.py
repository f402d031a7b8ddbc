"""The life of an inquiry against tables written by hand from domain.md 3.3, not from the code."""

from __future__ import annotations

import pytest
from django.utils import translation

from sisheng.cases.models import Clock
from sisheng.desk.inquiries.lifecycle import INQUIRY
from sisheng.desk.inquiries.tests.conftest import table
from sisheng.ground.lifecycle import shortest_path
from sisheng.ground.refusals import NotAllowed, OutOfTurn

MOVES = table("expected_moves.tsv")
CLOCKS = table("expected_clocks.tsv")
EFFECTS = [(name, clock, what) for name, row in CLOCKS.items() for clock, what in row.items() if what != "-"]
CELLS = [(state, name, to) for state, row in MOVES.items() for name, to in row.items()]


def test_the_table_is_sound_and_speaks_of_the_same_states_and_transitions():
    assert INQUIRY.problems() == []
    assert {state.name for state in INQUIRY.states} == set(MOVES)
    assert {step.name for step in INQUIRY.transitions} - {"begin"} == set(next(iter(MOVES.values())))


@pytest.mark.parametrize(("state", "name", "to"), CELLS)
def test_each_transition_leads_where_the_domain_says_or_is_out_of_turn(state, name, to):
    if to == "-":
        with pytest.raises(OutOfTurn):
            INQUIRY.find(name, state)
    else:
        assert INQUIRY.find(name, state).to == to


@pytest.mark.parametrize(("state", "name", "to"), [cell for cell in CELLS if cell[2] != "-"])
def test_the_allowed_transitions_also_happen_on_the_database(make_inquiry, play, state, name, to):
    inquiry = make_inquiry(state)

    play(inquiry, name)

    inquiry.refresh_from_db()
    assert inquiry.status == to
    assert (inquiry.closed_at is not None) == (to in {"closed", "withdrawn"})
    assert inquiry.timeline().last().kind == f"inquiry.{name}"


@pytest.mark.parametrize(("state", "name"), [(state, name) for state, name, to in CELLS if to == "-"])
def test_what_is_out_of_turn_is_refused_with_a_sentence_and_changes_nothing(make_inquiry, play, act, boss, state, name):
    inquiry = make_inquiry(state)
    before = inquiry.timeline().count()

    # asking and reaching go through one action that may do both; here each is tried at the door itself
    at_the_door = name in {"ask", "reach"}
    with pytest.raises(OutOfTurn) as refusal:
        inquiry.transition(name, act(boss)) if at_the_door else play(inquiry, name)

    inquiry.refresh_from_db()
    assert inquiry.status == state
    assert inquiry.timeline().count() == before
    assert "“" in str(refusal.value)


@pytest.mark.parametrize(("name", "deadline", "what"), EFFECTS)
def test_each_transition_does_to_each_clock_what_the_domain_says(make_inquiry, play, name, deadline, what):
    origin = next(state for state, row in MOVES.items() if row[name] != "-" and _has_live(state, deadline))
    inquiry = make_inquiry(origin)
    clock = inquiry.clocks.live().get(deadline=deadline)

    play(inquiry, name)

    clock.refresh_from_db()
    renewed = inquiry.clocks.live().filter(deadline=deadline).exclude(pk=clock.pk).count()
    assert (bool(clock.met_at), bool(clock.cancelled_at), renewed) == {
        ".": (False, False, 0),
        "met": (True, False, 0),
        "renewed": (True, False, 1),
        "cancelled": (False, True, 0),
    }[what]


def _has_live(state, deadline):
    """By hand from the tables: is this clock still running when the shortest way has led to the state?"""
    return all(
        CLOCKS[name].get(deadline, ".") in {".", "renewed"} for name in shortest_path(INQUIRY, state) if name in CLOCKS
    )


@pytest.mark.parametrize("name", [step.name for step in INQUIRY.transitions])
def test_nobody_without_the_permission_makes_a_transition(make_inquiry, play, bagkeeper, act, name):
    if name == "begin":
        with pytest.raises(NotAllowed):
            make_inquiry().__class__(mall=bagkeeper.posts.get().mall, subject="?").begin(act(bagkeeper))
        return
    inquiry = make_inquiry(sorted(next(step for step in INQUIRY.transitions if step.name == name).origins)[0])

    with pytest.raises(NotAllowed):
        inquiry.transition(name, act(bagkeeper))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_state_and_transition_has_its_words_in_both_languages(language):
    with translation.override(language):
        words = [str(state.label) for state in INQUIRY.states]
        words += [str(step.label) for step in INQUIRY.transitions] + [str(rule.label) for rule in INQUIRY.deadlines]
        words += [str(state.label) for state in Clock.State]

    is_chinese = [any("一" <= letter <= "鿿" for letter in word) for word in words]
    assert all(is_chinese) if language == "zh-hans" else not any(is_chinese)
