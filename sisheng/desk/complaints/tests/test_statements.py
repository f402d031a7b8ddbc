"""One complaint against two shops has two statements, each with a clock of its own, beside ours (CMP-10, D18)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sisheng.cases.models import Clock
from sisheng.cases.ringing import sweep
from sisheng.desk.complaints import actions
from sisheng.ground.events.reactions import run_reactions
from sisheng.ground.refusals import OutOfTurn, Overtaken
from sisheng.kit.evidence.actions import ask_statement, excuse, nudge, receive_statement
from sisheng.kit.evidence.models import statements
from sisheng.kit.messages.models import Notice

HOUR = timedelta(hours=1)


@pytest.fixture
def asked(make_complaint, act, mei, skincare, luggage, now):
    """The price was wrong at the one shop and the bag was torn at the other; both are asked, an hour apart."""
    complaint = make_complaint("investigating")
    first = ask_statement(act(mei, at=now), complaint, skincare, question="标价为何没换？")
    second = ask_statement(act(mei, at=now + HOUR), complaint, luggage, question="袋子是谁撕破的？")
    return complaint, first, second


def breaches(complaint):
    events = complaint.timeline().filter(kind="deadline.breached")
    return [(event.details["deadline"], event.details["part"]) for event in events]


@pytest.mark.rule("CMP-10")
def test_of_two_shops_one_answers_and_the_other_is_late_and_our_own_clock_does_not_notice(asked, act, mei, now):
    complaint, first, second = asked
    ours = complaint.clocks.get(deadline="complaint.investigate")
    assert (first.due_at, second.due_at, ours.due_at) == (now + 20 * HOUR, now + 21 * HOUR, now + 24 * HOUR)

    receive_statement(act(mei, at=now + 19 * HOUR), first, text="是我们忘了换标价签。")
    sweep(now + 22 * HOUR)

    assert first.clock.state(now + 22 * HOUR) == Clock.State.MET
    assert second.clock.state(now + 22 * HOUR) == Clock.State.OVER
    late = [part for deadline, part in breaches(complaint) if deadline == "complaint.brand_statement"]
    assert late == [second.part]
    ours.refresh_from_db()
    assert (ours.due_at, ours.met_at, ours.cancelled_at, ours.breached_at) == (now + 24 * HOUR, None, None, None)
    assert not ours.pauses.exists()
    complaint.refresh_from_db()
    assert complaint.status == "investigating"


@pytest.mark.rule("CMP-10")
def test_a_shop_is_reminded_without_more_time_and_excused_without_having_answered(asked, act, mei, now):
    _complaint, first, second = asked

    nudge(act(mei, at=now + 10 * HOUR), first)
    excuse(act(mei, at=now + 11 * HOUR), second, why="当天未营业")

    assert (first.clock.due_at, second.clock.cancelled_at) == (now + 20 * HOUR, now + 11 * HOUR)
    assert second.clock.met_at is None
    with pytest.raises(Overtaken):
        nudge(act(mei, at=now + 12 * HOUR), second)


@pytest.mark.rule("CMP-10")
def test_when_the_customer_takes_it_back_nobody_waits_for_a_shop(asked, act, mei, now):
    complaint, first, second = asked

    actions.withdraw(act(mei, at=now + 2 * HOUR), complaint, reason="顾客说算了")
    sweep(now + 30 * HOUR)

    assert [one.clock.cancelled_at for one in (first, second)] == [now + 2 * HOUR] * 2
    assert breaches(complaint) == []


def test_what_a_shop_said_while_the_complaint_was_part_of_another_is_not_waited_for_again(
    asked, receive, play, act, mei, now
):
    complaint, first, second = asked
    play(complaint, "merge", into=receive(phone="15400000002"), at=now + 2 * HOUR)
    receive_statement(act(mei, at=now + 3 * HOUR), first, text="是我们忘了换标价签。")

    play(complaint, "unmerge", at=now + 4 * HOUR)

    assert [one.clock.cancelled_at is None for one in (first, second)] == [False, True]
    assert second.clock.due_at == now + 21 * HOUR
    assert list(statements(complaint).open()) == [second]


def test_a_shop_is_not_asked_in_a_complaint_that_somebody_has_just_merged(asked, receive, play, act, mei, now):
    complaint, first, _second = asked
    excuse(act(mei, at=now + 2 * HOUR), first, why="不必了")
    seen = type(complaint).objects.select_related("mall", "desk").get(pk=complaint.pk)
    play(complaint, "merge", into=receive(phone="15400000002"), at=now + 2 * HOUR)

    with pytest.raises((Overtaken, OutOfTurn)):
        ask_statement(act(mei, at=now + 3 * HOUR), seen, first.shop, question="再问一次")
    assert not statements(complaint).open().filter(shop=first.shop).exists()


ENDS = {"archive": "follow_up", "withdraw": "investigating", "merge": "investigating", "discard": "draft"}


@pytest.fixture
def ended_while_asked(make_complaint, play, receive, act, mei, now):
    """A complaint that is over though a shop still owes its statement."""

    def ended(name):
        complaint = make_complaint(ENDS[name], at=now)
        asked = ask_statement(act(mei, at=now), complaint, complaint.shop, question="标价为何没换？")
        details = {"into": receive(phone="15400000002")} if name == "merge" else {}
        play(complaint, name, at=now + HOUR, **details)
        return complaint, asked

    return ended


@pytest.mark.rule("CMP-10")
@pytest.mark.parametrize("name", list(ENDS))
def test_once_the_complaint_is_over_nobody_rings_for_the_statement(ended_while_asked, name, now):
    complaint, asked = ended_while_asked(name)

    sweep(now + timedelta(days=30))

    assert asked.clock.cancelled_at == now + HOUR
    assert "complaint.brand_statement" not in [deadline for deadline, _part in breaches(complaint)]


@pytest.mark.parametrize("name", list(ENDS))
def test_once_the_complaint_is_over_the_shop_is_neither_reminded_nor_excused(ended_while_asked, act, mei, now, name):
    complaint, asked = ended_while_asked(name)
    later = act(mei, at=now + 2 * HOUR)

    for step in (lambda: nudge(later, asked), lambda: excuse(later, asked, why="店已撤场")):
        with pytest.raises(OutOfTurn, match="The case is over"):
            step()

    assert not complaint.timeline().filter(kind__in=["statement.nudged", "statement.excused"]).exists()


@pytest.mark.parametrize("name", ["archive", "withdraw", "discard"])
def test_a_late_answer_is_told_that_it_is_not_needed(ended_while_asked, act, mei, now, name):
    complaint, asked = ended_while_asked(name)

    with pytest.raises(Overtaken, match="no longer needed"):
        receive_statement(act(mei, at=now + 2 * HOUR), asked, text="是我们忘了换标价签。")

    told = complaint.timeline().get(kind="statement.lapsed")
    assert told.sentence() == "The case is over before 盐花护肤 has given its statement"


def test_what_was_answered_before_the_end_stays_answered(make_complaint, play, act, mei, now):
    complaint = make_complaint("follow_up", at=now)
    asked = ask_statement(act(mei, at=now), complaint, complaint.shop, question="标价为何没换？")
    receive_statement(act(mei, at=now + HOUR), asked, text="是我们忘了换标价签。")

    play(complaint, "archive", at=now + 2 * HOUR)

    asked.refresh_from_db()
    assert (asked.excused_at, asked.text) == (None, "是我们忘了换标价签。")
    assert not complaint.timeline().filter(kind="statement.lapsed").exists()


def test_of_a_complaint_that_was_opened_again_the_shop_is_asked_anew(ended_while_asked, play, act, mei, now):
    complaint, first = ended_while_asked("archive")
    play(complaint, "reopen", at=now + 2 * HOUR)

    second = ask_statement(act(mei, at=now + 3 * HOUR), complaint, complaint.shop, question="再请说明一次。")
    nudge(act(mei, at=now + 4 * HOUR), second)

    assert list(statements(complaint).open()) == [second]
    assert second.clock.due_at == now + 23 * HOUR
    with pytest.raises(Overtaken):
        nudge(act(mei, at=now + 4 * HOUR), first)


def test_taken_apart_again_the_shop_that_was_asked_before_still_owes_its_statement(
    ended_while_asked, play, act, mei, now
):
    complaint, asked = ended_while_asked("merge")

    play(complaint, "unmerge", at=now + 2 * HOUR)
    asked = statements(complaint).get()
    nudge(act(mei, at=now + 3 * HOUR), asked)

    assert (asked.nudges, asked.clock.due_at) == (1, now + 20 * HOUR)


def test_whoever_asked_and_whoever_answers_for_it_are_told_that_the_shop_has_answered(asked, act, mei, ping, now):
    complaint, first, _second = asked

    receive_statement(act(ping, at=now + 2 * HOUR), first, text="是我们忘了换标价签。")
    run_reactions(now + 2 * HOUR + timedelta(seconds=1))

    told = Notice.objects.filter(kind="statement.received")
    assert {notice.to for notice in told} == {mei, complaint.owner}
