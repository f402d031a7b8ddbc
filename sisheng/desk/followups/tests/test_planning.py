"""Calls are planned when a complaint is settled, by lot, and for members."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError

from conftest import SHANGHAI
from sisheng.desk.complaints import actions as complaints
from sisheng.desk.contacts import actions as contacts
from sisheng.desk.followups import actions
from sisheng.desk.followups.actions.planning import by_lot, draw_for_every_mall, plan_regular_calls
from sisheng.desk.followups.models import FollowUp
from sisheng.desk.followups.tests.conftest import at
from sisheng.ground.policies.actions import set_policy
from sisheng.mall.customers.actions import withdraw_consent
from sisheng.mall.customers.models import Customer

# After a complaint


@pytest.mark.rule("CMP-15", "CMP-16", "CMP-17", "CTR-06")
def test_g3_resolved_on_the_23rd_at_16_the_calls_are_due_on_the_24th_and_the_26th_at_16(settle, calls_of):
    complaint = settle(at(23, 16))

    assert calls_of(complaint) == {"first": ("due", "11-24 16:00"), "second": ("due", "11-26 16:00")}
    assert complaint.status == "follow_up"


def test_the_calls_are_those_of_a_trained_handler_and_nobodys_own_otherwise(settle, mei, ping, act, boss):
    settle(at(23, 16))
    assert {call.handler for call in FollowUp.objects.all()} == {boss}  # a lead and above is trained

    FollowUp.objects.all()
    complaint = settle(at(23, 17), phone="15400000009", by=None)
    assert complaint.handler == boss
    call = actions.plan(act(boss), complaint.mall, customer=complaint.customer, trigger="regular", handler=ping)
    assert call.handler is None


def test_who_does_not_want_to_be_contacted_is_not_rung(settle):
    settle(at(23, 16), may_contact=False)

    assert not FollowUp.objects.exists()


def test_who_took_back_the_yes_is_not_rung(make_complaint, play_complaint, rounds, act, mei):
    complaint = make_complaint("executing", at=at(23, 15))
    withdraw_consent(act(mei, at=at(23, 15, 30)), complaint.customer, purpose="service")
    play_complaint(complaint, "resolve", at=at(23, 16))
    rounds(at(23, 16))

    complaint.refresh_from_db()
    assert not FollowUp.objects.exists()
    assert complaint.status == "follow_up"


def test_a_complaint_without_a_customer_brings_no_call(settle):
    settle(at(23, 16), phone="", anonymous_label="红衣女士")

    assert not FollowUp.objects.exists()


@pytest.mark.rule("CTR-04")
def test_two_calls_about_one_matter_are_the_most_also_when_it_is_opened_again(
    settle, settle_again, calls_of, play_complaint, rounds, act, mei
):
    complaint = settle(at(23, 16))
    first = FollowUp.objects.get(trigger="first")
    actions.finish(act(mei, at=at(24, 10)), first, satisfaction=4)
    complaints.reopen(act(mei, at=at(24, 11)), complaint, reason="差价没有到账")
    rounds(at(24, 11))
    assert calls_of(complaint)["second"][0] == "cancelled"

    _to_executing(complaint, play_complaint, at(24, 12))
    settle_again(complaint, at(24, 16))

    planned = FollowUp.objects.filter(origin=complaint).exclude(status="cancelled")
    assert sorted(planned.values_list("trigger", "status")) == [("first", "done"), ("first", "due")]


def _to_executing(complaint, play_complaint, moment):
    for name in ("investigate", "find", "propose", "agree"):
        play_complaint(complaint, name, at=moment)


def test_opened_again_nobody_is_asked_about_what_is_not_over(settle, calls_of, act, mei, rounds):
    complaint = settle(at(23, 16))
    complaints.reopen(act(mei, at=at(23, 18)), complaint, reason="差价没有到账")
    rounds(at(23, 18))

    assert {state for state, _due in calls_of(complaint).values()} == {"cancelled"}
    assert not any(call.clocks.live().exists() for call in FollowUp.objects.all())


# By lot


@pytest.fixture
def came(riverside, counter, act, mei):
    """People who were received at the desk on a day, and left their number."""

    def came(people, *, day=22):
        for person in people:
            contacts.log(act(mei, at=at(day, 15)), riverside, agent=mei, desk=counter, need="1", outcome="answered",
                         customer=person)  # fmt: skip

    return came


@pytest.mark.rule("FUP-08", "CTR-06")
def test_ten_people_of_yesterday_are_drawn_and_drawing_again_draws_the_same(came, customers, riverside):
    people = customers(30)
    came(people)

    draw_for_every_mall(at(23, 9, 10))

    drawn = set(FollowUp.objects.values_list("customer__number", flat=True))
    assert len(drawn) == 10
    assert {person.number for person in by_lot(riverside, date(2026, 11, 23), at(23, 9, 10))} == drawn
    due = {call.clocks.get().due_at.astimezone(SHANGHAI).strftime("%m-%d %H:%M") for call in FollowUp.objects.all()}
    assert due == {"11-23 20:00"}


@pytest.mark.rule("FUP-08")
def test_another_day_draws_others(came, customers, riverside):
    people = customers(30)
    came(people)
    came(people, day=23)

    lots = [[each.pk for each in by_lot(riverside, date(2026, 11, day), at(day, 9, 10))] for day in (23, 24)]

    assert lots[0] != lots[1]


@pytest.mark.rule("FUP-08")
def test_a_day_is_drawn_once(came, customers):
    came(customers(30))

    draw_for_every_mall(at(23, 9, 10))
    draw_for_every_mall(at(23, 9, 11))

    assert FollowUp.objects.count() == 10


def test_the_database_does_not_let_somebody_be_drawn_twice_on_one_day(make_call):
    make_call(draw="seed", about="GK-0000001")

    with pytest.raises(IntegrityError):
        make_call(draw="seed", about="GK-0000001")


@pytest.mark.rule("FUP-08", "CTR-04")
def test_who_said_no_who_complains_and_who_is_being_rung_are_not_in_the_lot(
    came, customers, riverside, receive, act, mei, boss
):
    free, said_no, blocked, complaining, rung, yesterday_only, by_a_slip = customers(7)
    came([free, said_no, blocked, complaining, rung, by_a_slip])
    by_a_slip.contacts.update(undone_at=at(22, 15, 0))  # logged by a slip of the finger: they were not here
    came([yesterday_only], day=21)
    withdraw_consent(act(mei, at=at(22, 16)), said_no, purpose="service")
    Customer.objects.filter(pk=blocked.pk).update(state="blocked")
    receive(at=at(22, 17), phone="15400001003")
    actions.plan(act(boss, at=at(22, 18)), riverside, customer=rung, trigger="regular")

    assert by_lot(riverside, date(2026, 11, 23), at(23, 9, 10)) == [free]


def test_a_mall_may_draw_fewer(came, customers, riverside, act, boss):
    came(customers(5))
    set_policy(act(boss, at=at(20, 9)), riverside, "followup.random_daily", 3, reason="人手不足", from_at=at(21, 0))

    draw_for_every_mall(at(23, 9, 10))

    assert FollowUp.objects.count() == 3


# Members


@pytest.mark.rule("FUP-12")
def test_gold_members_are_rung_every_thirty_days_and_silver_every_ninety(customers):
    gold, silver, ordinary, lapsed = customers(4)
    long_ago, ends = at(1, 9) - timedelta(days=200), date(2027, 12, 31)
    Customer.objects.update(created_at=long_ago)
    Customer.objects.filter(pk=gold.pk).update(tier="gold", tier_until=ends)
    Customer.objects.filter(pk=silver.pk).update(tier="silver", tier_until=ends)
    Customer.objects.filter(pk=lapsed.pk).update(tier="gold", tier_until=date(2026, 1, 31))
    Customer.objects.filter(pk=ordinary.pk).update(tier="ordinary")

    rung = []
    for ahead in range(0, 100):
        day = at(23, 9, 10) + timedelta(days=ahead)
        plan_regular_calls(day)
        for call in FollowUp.objects.filter(status="due"):
            rung.append((call.customer, ahead))
            actions.call_off(_system(day), call, reason="试")

    assert rung == [(gold, 0), (silver, 0), (gold, 30), (gold, 60), (gold, 90), (silver, 90)]


def _system(moment):
    from sisheng.ground.act import SYSTEM, Act

    return Act(by=SYSTEM, at=moment, via="worker")


def test_not_all_members_are_planned_for_one_morning(customers):
    customers(15)
    Customer.objects.update(created_at=at(1, 9) - timedelta(days=200), tier="gold", tier_until=date(2027, 12, 31))

    plan_regular_calls(at(23, 9, 10))

    assert FollowUp.objects.count() == 10
