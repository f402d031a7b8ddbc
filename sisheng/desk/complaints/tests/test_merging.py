"""Two complaints are one matter, or were wrongly thought so."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sisheng.cases.actions import add_note
from sisheng.cases.models import Case
from sisheng.cases.ringing import acknowledge, sweep
from sisheng.desk.complaints import actions
from sisheng.desk.complaints.actions.merging import likeness
from sisheng.desk.complaints.models import Complaint
from sisheng.ground.events.reactions import run_reactions
from sisheng.ground.refusals import OutOfTurn, Overtaken, Unusable
from sisheng.kit.messages.models import Message, Notice


@pytest.fixture
def two(receive):
    return receive(), receive(phone="15400000002", account="收银多收了十元，和价签对不上。")


def test_a_merged_complaint_is_over_and_both_numbers_stay_good(two, act, lead):
    one, other = two

    actions.merge(act(lead), other, into=one, reason="同一个价签")

    other.refresh_from_db()
    assert (other.status, other.merged_into, other.merged_from) == ("merged", one, "accepted")
    assert not other.clocks.live().exists()
    assert {event.topic for event in actions.story(one)} == {one.number, other.number}


def test_taken_apart_it_goes_on_where_it_was_with_the_times_of_then(two, act, lead, now):
    one, other = two
    actions.investigate(act(lead), other)
    before = {c.deadline: c.due_at for c in other.clocks.live()}
    actions.merge(act(lead, at=now + timedelta(hours=1)), other, into=one, reason="同一个价签")

    actions.unmerge(act(lead, at=now + timedelta(hours=9)), other, reason="不是同一家收银台")

    other.refresh_from_db()
    assert (other.status, other.merged_into, other.closed_at) == ("investigating", None, None)
    assert {c.deadline: c.due_at for c in other.clocks.live()} == before
    assert other.next_due_at == min(before.values())


def test_nobody_merges_in_a_circle_or_into_what_is_over(two, receive, act, lead, mei):
    one, other = two
    actions.merge(act(lead), other, into=one, reason="…")
    third = receive(phone="15400000003")

    with pytest.raises(Unusable):
        actions.merge(act(lead), one, into=one, reason="…")
    with pytest.raises(Unusable):
        actions.merge(act(lead), third, into=other, reason="…")
    with pytest.raises(OutOfTurn):
        actions.merge(act(lead), one, into=third, reason="…")


def test_one_customer_cannot_take_back_what_another_one_still_waits_for(two, act, lead):
    one, other = two
    actions.merge(act(lead), other, into=one, reason="同一个价签")

    with pytest.raises(OutOfTurn, match="Take them apart"):
        actions.withdraw(act(lead), one, reason="顾客说算了")
    actions.unmerge(act(lead), other, reason="另一位还在等")
    actions.withdraw(act(lead), one, reason="顾客说算了")

    assert (one.status, other.status) == ("withdrawn", "accepted")


def test_nobody_merges_into_one_that_was_withdrawn_a_moment_ago(two, act, lead):
    one, other = two
    seen = Complaint.objects.select_related("mall").get(pk=one.pk)
    actions.withdraw(act(lead), one, reason="顾客说算了")

    with pytest.raises(Overtaken):
        actions.merge(act(lead), other, into=seen, reason="同一件事")

    other.refresh_from_db()
    assert (other.status, other.merged_into) == ("accepted", None)


@pytest.mark.rule("CMP-30")
def test_what_is_said_about_a_colleague_goes_into_none_that_they_could_read(receive, act, mei, ping, lead, boss):
    about_mei, open_to_mei = receive(by=ping, against="staff", about_staff=mei), receive(phone="15400000002")

    with pytest.raises(Unusable, match="other way round"):
        actions.merge(act(lead), about_mei, into=open_to_mei, reason="同一件事")
    actions.merge(act(lead), open_to_mei, into=about_mei, reason="同一件事")

    assert open_to_mei.merged_into == about_mei


@pytest.mark.rule("CMP-30")
def test_nobody_merges_into_one_about_themselves(receive, act, mei, ping, lead, boss):
    about_the_lead, other = receive(by=ping, against="staff", about_staff=lead), receive(phone="15400000002")

    with pytest.raises(Unusable, match="Choose another"):
        actions.merge(act(lead), other, into=about_the_lead, reason="同一件事")


def may_read(who, complaint):
    return Complaint.objects.visible_to(who).filter(pk=complaint.pk).exists()


@pytest.mark.rule("CMP-30")
def test_whoever_the_whole_is_about_reads_no_part_of_it_until_they_are_taken_apart(receive, act, mei, ping, lead, boss):
    """Its customer hears there what is offered about Mei."""
    about_mei, part = receive(by=ping, against="staff", about_staff=mei), receive(phone="15400000002")

    actions.merge(act(lead), part, into=about_mei, reason="同一件事")
    assert (may_read(mei, part), may_read(ping, part)) == (False, True)

    part.refresh_from_db()
    actions.unmerge(act(lead), part, reason="是两件事")
    assert (may_read(mei, part), may_read(mei, about_mei)) == (True, False)


@pytest.mark.rule("CMP-30")
def test_a_part_about_the_same_colleague_stays_about_them_when_taken_apart(receive, act, mei, ping, lead, boss):
    about_mei = receive(by=ping, against="staff", about_staff=mei)
    about_her_too = receive(by=ping, against="staff", about_staff=mei, phone="15400000002")
    actions.merge(act(lead), about_her_too, into=about_mei, reason="同一件事")

    actions.unmerge(act(lead), about_her_too, reason="是两件事")

    assert not may_read(mei, about_her_too)


@pytest.mark.rule("CMP-30")
def test_who_is_named_later_reads_no_part_of_it_and_who_was_named_wrongly_does_again(
    two, act, mei, ping, lead, supervisor
):
    one, part = two
    actions.merge(act(lead), part, into=one, reason="同一件事")

    actions.name_staff(act(supervisor), one, who=mei)
    assert (may_read(mei, part), may_read(ping, part)) == (False, True)

    actions.name_staff(act(supervisor), one, who=ping)
    assert (may_read(mei, part), may_read(ping, part)) == (True, False)


@pytest.mark.rule("CMP-30")
def test_who_is_named_could_not_read_there_what_a_part_says_about_another(receive, act, mei, ping, lead, supervisor):
    about_mei = receive(by=ping, against="staff", about_staff=mei)
    part = receive(by=ping, against="staff", about_staff=mei, phone="15400000002")
    actions.merge(act(lead), part, into=about_mei, reason="同一件事")

    with pytest.raises(OutOfTurn, match="Take them apart"):
        actions.name_staff(act(supervisor), about_mei, who=ping)


@pytest.mark.rule("CMP-30")
def test_who_was_named_while_it_is_merged_is_seen_by_the_merging(receive, act, mei, ping, lead, supervisor):
    """The page of the lead was loaded before it was said about whom it is."""
    one, part = receive(by=ping), receive(by=ping, phone="15400000002")
    as_seen = Complaint.objects.get(pk=one.pk)
    actions.name_staff(act(supervisor), one, who=mei)

    actions.merge(act(lead), part, into=as_seen, reason="同一件事")

    assert not may_read(mei, part)


@pytest.mark.rule("CMP-30")
def test_what_is_told_about_a_part_reaches_who_has_the_whole_and_never_who_it_is_about(
    receive, act, mei, ping, lead, supervisor, now
):
    about_mei = receive(by=ping, against="staff", about_staff=mei)
    part = receive(by=mei, phone="15400000002")
    for complaint, handler in ((about_mei, supervisor), (part, mei)):
        Case.objects.filter(pk=complaint.pk).update(handler=handler)
    actions.merge(act(lead), part, into=about_mei, reason="同一件事")
    part = Complaint.objects.get(pk=part.pk)

    actions.chase(act(lead), part, words="还没有消息吗")
    run_reactions(now + timedelta(seconds=1))

    to = set(Notice.objects.filter(case=part, kind="complaint.chased").values_list("to__code", flat=True))
    assert to == {supervisor.code}


STEPS = st.lists(
    st.tuples(st.sampled_from(["chase", "note", "inform", "apologise", "restate"]), st.booleans()),
    min_size=1,
    max_size=8,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_merge_replies_and_unmerge_leave_every_later_event_where_it_belongs(receive, act, lead, now, steps):
    one, other = receive(), receive(phone="15400000002")
    at = act(lead).at
    actions.merge(act(lead), other, into=one, reason="同一件事")
    expected = {one.number: [], other.number: []}
    for number, (what, on_the_merged) in enumerate(steps, start=1):
        case = other if on_the_merged else one
        step = act(lead, at=at + timedelta(minutes=number))
        before = {each.number: each.timeline().count() for each in (one, other)}
        if what == "note":
            add_note(step, case, text="说明")
        else:
            details = {"inform": {"news": "正在看监控"}, "apologise": {"way": "spoken"}}.get(what, {})
            with suppress(OutOfTurn):  # said back once is enough
                getattr(actions, what)(step, case, **details)
        for each in (one, other):
            expected[each.number] += [event.kind for event in each.timeline()[before[each.number] :]]
        assert what == "restate" or case.timeline().count() > before[case.number]
    together = [event.pk for event in actions.story(one)]

    actions.unmerge(act(lead, at=at + timedelta(hours=1)), other, reason="两件事")

    for case in (one, other):
        kinds = [event.kind for event in case.timeline()]
        middle = kinds.index("complaint.took_in" if case is one else "complaint.merge") + 1
        assert kinds[middle:-1] == expected[case.number]
    apart = {event.pk for case in (one, other) for event in case.timeline()}
    assert set(together) <= apart
    assert {event.topic for event in actions.story(one)} == {one.number}
    actions.withdraw(act(lead), one, reason="…")
    actions.withdraw(act(lead), other, reason="…")


def test_the_same_customer_and_much_the_same_words_are_suggested(receive, mei):
    first = receive()
    same_words = receive(phone="15400000002", account="货架标价 88 元，收银台却收了 98 元。")
    something_else = receive(phone="15400000003", account="导购说话很难听。", category="attitude.rude")

    assert actions.suggestions(same_words, mei) == [first]
    assert actions.suggestions(something_else, mei) == []


@pytest.mark.rule("CMP-30")
def test_nobody_learns_from_a_suggestion_that_there_is_one_about_themselves(receive, mei, ping, lead, boss):
    about_mei = receive(by=ping, against="staff", about_staff=mei)
    same_customer = receive(by=mei)

    assert actions.suggestions(same_customer, mei) == []
    assert actions.suggestions(same_customer, ping) == [about_mei]


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("地面湿滑摔倒", "地面很湿滑", True),
        ("地面湿滑摔倒", "空调太冷", False),
        ("", "什么", False),
        ("冷", "冷", False),
    ],
)
def test_likeness(one, other, alike):
    assert (likeness(one, other) >= 0.4) == alike


def test_what_was_heard_of_the_other_complaint_does_not_take_the_place_of_ones_own_offer(make_complaint, play):
    one, other = make_complaint("proposing"), make_complaint("proposing", phone="15400000002")
    play(other, "merge", into=one)
    play(one, "propose")
    play(other, "unmerge")

    play(other, "propose")

    assert Message.objects.filter(case=other, purpose="complaint.offered").count() == 2


def test_only_who_can_answer_an_offer_is_asked_for_an_answer(make_complaint, play, act, mei):
    one, other = make_complaint("proposing", language="en"), make_complaint("proposing", phone="15400000002")
    Complaint.objects.filter(pk=other.pk).update(language="en")
    play(other, "merge", into=one)

    play(one, "propose")
    actions.remind(act(mei), one)

    said = {case: [m.text for m in Message.objects.filter(case=case).order_by("pk")][1:] for case in (one, other)}
    assert ["whether you agree" in text for text in said[one]] == [True, False]
    assert len(said[other]) == 1
    assert "退差价，送一张券。" in said[other][0]
    assert "on its own again" in said[other][0]


@pytest.mark.rule("CMP-11")
def test_an_alarm_somebody_has_answered_for_stays_quiet_when_the_complaint_comes_back(
    make_complaint, play, act, mei, now
):
    complaint, into = make_complaint("investigating"), make_complaint(phone="15400000002")
    late = now + timedelta(hours=25)
    sweep(late)
    clock = complaint.clocks.get(deadline="complaint.investigate")
    acknowledge(clock, act(mei, at=late), who=mei)
    play(complaint, "merge", into=into, at=late)

    play(complaint, "unmerge", at=late + timedelta(hours=1))

    clock.refresh_from_db()
    assert (clock.cancelled_at, clock.next_ring_at) == (None, None)
