"""Who rings whom when, and what is written down."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.db import IntegrityError, transaction

from sisheng.desk.complaints.models import Complaint
from sisheng.desk.complaints.papers import Print, handling_form
from sisheng.desk.followups import actions
from sisheng.desk.followups.limits import part_of_day
from sisheng.desk.followups.models import Attempt, FollowUp
from sisheng.desk.followups.tests.conftest import at
from sisheng.ground.events.models import Event
from sisheng.ground.refusals import NotAllowed, OutOfTurn, Overtaken, Unusable
from sisheng.mall.customers.actions import reach_by

QUIET = "Quiet hours"


# How often, and when


@pytest.mark.rule("CTR-04")
def test_whoever_was_spoken_with_is_not_rung_again_within_a_day(make_call, act, mei):
    make_call("done", moment=at(23, 10))
    second = make_call(draw="another", moment=at(23, 11))

    for do in (lambda when: actions.finish(act(mei, at=when), second, satisfaction=5),
               lambda when: actions.attempt(act(mei, at=when), second, result="busy"),
               lambda when: actions.number_to_ring(act(mei, at=when), second, reason="call_back")):  # fmt: skip
        with pytest.raises(OutOfTurn, match=r"less than a day ago.*11-24 10:00"):
            do(at(24, 9, 59))

    actions.finish(act(mei, at=at(24, 10)), second, satisfaction=5)
    assert second.status == "done"


def test_whoever_was_not_reached_may_be_tried_again_on_the_same_day(make_call, act, mei):
    call = make_call("attempting", moment=at(23, 10))

    actions.finish(act(mei, at=at(23, 15)), call, satisfaction=5)

    assert call.status == "done"


@pytest.mark.rule("FUP-04")
@pytest.mark.parametrize(
    ("hour", "until"), [((8, 59), "11-23 09:00"), ((21, 0), "11-24 09:00"), ((13, 30), "11-23 14:00")]
)
def test_in_the_quiet_hours_of_the_mall_and_of_the_customer_no_number_is_shown(
    make_call, act, mei, mr_wang, hour, until
):
    reach_by(act(mei), mr_wang, prefers="phone", quiet_from=time(12), quiet_until=time(14))
    call = make_call()

    with pytest.raises(OutOfTurn, match=f"{QUIET}.*{until}"):
        actions.number_to_ring(act(mei, at=at(23, *hour)), call, reason="call_back")


@pytest.mark.rule("FUP-04")
def test_in_quiet_hours_nobody_is_rung_but_a_talk_that_began_before_is_written_down(make_call, act, mei):
    call = make_call()

    with pytest.raises(OutOfTurn, match=QUIET):
        actions.attempt(act(mei, at=at(23, 21, 31)), call, result="busy")

    actions.finish(act(mei, at=at(23, 21, 5)), call, satisfaction=4)
    assert call.status == "done"


@pytest.mark.rule("FUP-07")
def test_the_number_is_shown_to_who_says_why_and_it_is_on_record(make_call, act, mei):
    call = make_call()

    assert actions.number_to_ring(act(mei), call, reason="call_back").endswith("15400000001")
    assert Event.objects.get(kind="privacy.revealed").by == mei.actor_key
    with pytest.raises(Unusable):
        actions.number_to_ring(act(mei), call, reason="")


# Who


@pytest.mark.rule("FUP-05")
def test_only_who_was_trained_makes_calls(make_call, act, ping, lead):
    call = make_call()

    for do in (lambda who: actions.attempt(act(who), call, result="busy"),
               lambda who: actions.finish(act(who), call, satisfaction=5),
               lambda who: actions.number_to_ring(act(who), call, reason="call_back")):  # fmt: skip
        with pytest.raises(NotAllowed, match="trained"):
            do(ping)

    ping.skills = "followups languages"  # a word that only begins like it is another skill
    with pytest.raises(NotAllowed, match="trained"):
        actions.finish(act(ping), call, satisfaction=5)
    actions.finish(act(lead), call, satisfaction=5)
    assert call.status == "done"


@pytest.mark.rule("FUP-05")
def test_it_is_kept_when_they_said_yes_to_being_recorded_and_nothing_otherwise(make_call, act, mei):
    without = make_call("done")
    with_yes = make_call(draw="another", moment=at(25, 10))
    actions.finish(act(mei, at=at(25, 11)), with_yes, satisfaction=4, recorded=True)

    with_yes.refresh_from_db()
    assert (without.recorded_at, with_yes.recorded_at) == (None, at(25, 11))


# What they say


@pytest.mark.parametrize(
    ("score", "outcome"),
    [(5, "satisfied"), (4, "satisfied"), (3, "fair"), (2, "dissatisfied"), (1, "dissatisfied")],
)
def test_the_outcome_follows_from_the_score(make_call, act, mei, score, outcome):
    call = make_call()

    actions.finish(act(mei), call, satisfaction=score, followed_by="complaint" if score < 3 else "")

    call.refresh_from_db()
    assert call.outcome == outcome


@pytest.mark.rule("FUP-06")
def test_who_is_not_satisfied_is_not_left_alone_with_it(make_call, act, mei):
    call = make_call()

    for score in (1, 2):
        with pytest.raises(Unusable) as no:
            actions.finish(act(mei), call, satisfaction=score)
        assert no.value.field == "followed_by"
    with pytest.raises(Unusable, match="no matter to reopen"):
        actions.finish(act(mei), call, satisfaction=1, followed_by="reopen")
    with pytest.raises(IntegrityError), transaction.atomic():
        FollowUp.objects.filter(pk=call.pk).update(satisfaction=2, followed_by="")

    call.refresh_from_db()
    assert call.status == "due"


@pytest.mark.rule("FUP-06")
def test_a_new_wish_is_told_so_that_somebody_takes_it_on(make_call, act, mei):
    call = make_call()

    actions.finish(act(mei), call, satisfaction=5, new_need="想要婴儿车")

    assert call.timeline().get(kind="followup.wish").personal == {"wish": "想要婴儿车"}


@pytest.mark.parametrize("score", [0, 6, -1])
def test_a_score_is_one_to_five(make_call, act, mei, score):
    call = make_call()

    with pytest.raises(Unusable):
        actions.finish(act(mei), call, satisfaction=score)
    with pytest.raises(Unusable):
        actions.finish(act(mei), call, satisfaction=3, answers={"goods": score})
    with pytest.raises(IntegrityError), transaction.atomic():
        FollowUp.objects.filter(pk=call.pk).update(satisfaction=score, followed_by="complaint")


@pytest.mark.rule("FUP-09")
def test_after_work_on_the_spot_other_things_are_asked(make_call, act, mei):
    call = make_call(trigger="work", draw="")

    with pytest.raises(Unusable, match="not asked here"):
        actions.finish(act(mei), call, satisfaction=4, answers={"goods": 4})
    told = {"quality": 5, "attitude": 4, "in_time": 3, "why": "晚了半小时"}
    actions.finish(act(mei), call, satisfaction=4, answers=told)

    call.refresh_from_db()
    assert call.answers == told


# Not reached


@pytest.mark.rule("FUP-10")
def test_only_after_three_attempts_at_two_times_of_the_day_may_one_give_up_and_say_why(make_call, act, mei):
    call = make_call("attempting", moment=at(23, 10))
    late = act(mei, at=at(23, 20))
    with pytest.raises(OutOfTurn, match="1 of 3"):
        actions.give_up(late, call, reason="没人接")

    actions.attempt(act(mei, at=at(23, 10, 30)), call, result="busy")
    actions.attempt(act(mei, at=at(23, 11, 30)), call, result="off")
    with pytest.raises(OutOfTurn, match="same time of the day"):
        actions.give_up(late, call, reason="没人接")

    actions.attempt(act(mei, at=at(23, 18, 30)), call, result="no_answer")
    with pytest.raises(Unusable) as no:
        actions.give_up(late, call, reason="  ")
    assert no.value.field == "reason"
    actions.give_up(late, call, reason="四次无人接听")

    call.refresh_from_db()
    assert (call.status, call.outcome, call.no_reply_reason) == ("unreachable", "unreachable", "四次无人接听")
    parts = list(Attempt.objects.values_list("part", "result"))
    assert parts == [("morning", "no_answer"), ("morning", "busy"), ("morning", "off"), ("evening", "no_answer")]


@pytest.mark.parametrize(("hour", "part"), [(11, "morning"), (12, "afternoon"), (17, "afternoon"), (18, "evening")])
def test_the_parts_of_the_day_are_those_of_the_mall(riverside, hour, part):
    assert part_of_day(at(23, hour, 59), riverside) == part


# What follows for the complaint


def first_call(complaint):
    return FollowUp.objects.select_related("mall", "customer").get(origin=complaint, trigger="first")


def test_what_the_customer_says_stands_in_the_file_of_the_complaint(settle, act, mei, rounds):
    complaint = settle(at(23, 16))

    actions.finish(act(mei, at=at(24, 10)), first_call(complaint), satisfaction=4, words="处理得很快")
    rounds(at(24, 10))

    complaint.refresh_from_db()
    assert complaint.customer_words == "处理得很快"
    assert complaint.status == "follow_up"


def test_that_nobody_could_be_reached_stands_there_until_somebody_says_something(settle, act, mei, rounds):
    complaint = settle(at(23, 16))
    first, second = FollowUp.objects.select_related("mall", "customer").filter(origin=complaint).order_by("pk")
    for hour in (10, 13, 19):
        actions.attempt(act(mei, at=at(24, hour)), first, result="no_answer")
    actions.give_up(act(mei, at=at(24, 19, 30)), first, reason="三次无人接听")
    rounds(at(24, 20))
    complaint.refresh_from_db()
    assert "三次无人接听" in complaint.customer_words

    actions.finish(act(mei, at=at(26, 10)), second, satisfaction=5, words="都好了")
    rounds(at(26, 10))

    complaint.refresh_from_db()
    assert complaint.customer_words.endswith("都好了")


@pytest.mark.rule("FUP-06")
def test_a_no_with_reopen_opens_the_complaint_again_and_calls_the_second_call_off(settle, act, mei, rounds, calls_of):
    complaint = settle(at(23, 16))

    actions.finish(act(mei, at=at(24, 10)), first_call(complaint), satisfaction=1, words="钱没退", followed_by="reopen")
    rounds(at(24, 10))

    complaint = Complaint.objects.get(pk=complaint.pk)
    assert (complaint.status, complaint.reopen_count) == ("reopened", 1)
    assert complaint.timeline().get(kind="complaint.reopen").personal == {"reason": "钱没退"}
    assert complaint.clocks.live().filter(deadline="complaint.final").exists()
    assert calls_of(complaint)["second"][0] == "cancelled"


def test_opened_again_by_somebody_else_meanwhile_it_is_not_opened_twice(settle, act, mei, rounds):
    from sisheng.desk.complaints import actions as complaints

    complaint = settle(at(23, 16))
    actions.finish(act(mei, at=at(24, 10)), first_call(complaint), satisfaction=1, followed_by="reopen")
    complaints.reopen(act(mei, at=at(24, 10)), complaint, reason="差价没有到账")
    rounds(at(24, 10))

    complaint.refresh_from_db()
    assert complaint.reopen_count == 1
    assert complaint.timeline().filter(kind="complaint.wished").count() == 1


@pytest.mark.rule("FUP-06")
@pytest.mark.parametrize("wish", ["complaint", "improvement"])
def test_another_wish_is_written_into_the_file_and_its_handler_is_told(settle, act, mei, boss, rounds, wish):
    complaint = settle(at(23, 16))

    actions.finish(act(mei, at=at(24, 10)), first_call(complaint), satisfaction=2, words="收银太慢", followed_by=wish)
    rounds(at(24, 10))

    complaint.refresh_from_db()
    assert complaint.status == "follow_up"
    told = complaint.timeline().get(kind="complaint.wished")
    assert (told.details["followed_by"], told.details["to"]) == (wish, [boss.actor_key])
    assert boss.notices.filter(kind="complaint.wished").count() == 1


# Twice, and at once


def test_a_form_that_is_sent_twice_counts_once(make_call, act, mei):
    call = make_call()
    keyed = act(mei, once="k1")

    actions.attempt(keyed, call, result="busy")
    actions.attempt(keyed, call, result="busy")

    assert call.attempts.count() == 1


def test_who_looked_at_an_older_state_is_told_that_they_were_overtaken(make_call, act, mei, lead):
    call = make_call()
    seen = FollowUp.objects.select_related("mall", "customer").get(pk=call.pk)
    actions.attempt(act(mei), call, result="busy")

    with pytest.raises(Overtaken):
        actions.finish(act(lead, at=at(23, 10) + timedelta(minutes=1)), seen, satisfaction=5, seen=0)


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_two_people_finish_one_call_and_the_second_is_told_so(together, make_call, act, mei, lead):
    call = make_call()
    seen = [FollowUp.objects.select_related("mall", "customer").get(pk=call.pk) for _ in range(2)]

    results = together(2, lambda n: actions.finish(act((mei, lead)[n]), seen[n], satisfaction=n + 4))

    assert sum(isinstance(result, FollowUp) for result in results) == 1
    assert sum(isinstance(result, Overtaken | OutOfTurn) for result in results) == 1
    assert call.timeline().filter(kind="followup.finish").count() == 1


@pytest.mark.rule("CMP-18")
def test_what_the_call_heard_stands_on_the_handling_form(settle, mei, act, rounds):
    complaint = settle(at(23, 16))
    paper = Print(complaint=complaint, at=at(24, 12), by="1001", link="https://help.example.com/", language="en")
    assert handling_form(paper).satisfied == "not asked"
    call = FollowUp.objects.get(origin=complaint, trigger="first")

    actions.finish(act(mei, at=at(24, 11)), call, satisfaction=4, words="处理得挺快。")
    rounds(at(24, 11))

    assert handling_form(paper).satisfied == "4 of 5"
