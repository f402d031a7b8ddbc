"""Who says yes when the people of the level are away: a stand-in, or the duty manager of the day.

By hand from CTR-08 and domain 3.19: who answers for somebody has their authority for those days over what others ask;
the duty manager of the day has that of a supervisor; neither may promise more by themselves than before.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from conftest import _hire
from sisheng.cases.ringing import sweep
from sisheng.ground.refusals import NotAllowed
from sisheng.kit.approvals import actions
from sisheng.kit.approvals.authority import is_within
from sisheng.kit.approvals.models import Approval
from sisheng.kit.approvals.tests.conftest import at
from sisheng.mall.staff.actions import name_duty_manager, stand_in

# what a lead who stands in for somebody may say yes to, and the duty manager of the day: by hand
STANDS_IN_FOR = [
    ("supervisor", "1200", True), ("supervisor", "5000", True), ("supervisor", "5000.01", False),
    ("manager", "5000.01", True), ("manager", "80000", True), ("agent", "1000", True), ("agent", "1200", False),
]  # fmt: skip
OF_THE_DAY = [("640", True), ("1000.01", True), ("5000", True), ("5000.01", False)]


@pytest.fixture
def away(act, riverside):
    """Somebody is away from nine until eight in the evening, and has said who answers for them."""

    def away(absent, present, *, named_by=None, start=None, end=None):
        span = {"from_at": start or at(9), "until_at": end or at(20)}
        return stand_in(act(named_by or absent), riverside, absent=absent, present=present, **span)

    return away


@pytest.fixture
def of_the_day(act, boss, riverside, duty):
    name_duty_manager(act(boss), riverside, on=at(9).date(), person=duty)
    return duty


def says_yes(act, approval, who, *, when=None):
    try:
        actions.decide(act(who, at=when or at(11)), approval, yes=True)
    except NotAllowed:
        return False
    return Approval.objects.get(pk=approval.pk).state == "approved"


@pytest.mark.rule("CTR-08")
@pytest.mark.parametrize(("role", "amount", "may"), STANDS_IN_FOR)
def test_a_stand_in_says_yes_to_what_the_absent_might(
    make_approval, away, lead, boss, riverside, act, role, amount, may
):
    absent = _hire("3001", "某人", riverside, role)
    away(absent, lead, named_by=boss)

    assert says_yes(act, make_approval(amount), lead) is may


@pytest.mark.rule("CTR-08")
def test_only_for_those_days(make_approval, away, lead, supervisor, act):
    away(supervisor, lead, start=at(9), end=at(12))
    approval = make_approval("1200", at=at(8))

    assert not says_yes(act, approval, lead, when=at(8, 59))
    assert not says_yes(act, approval, lead, when=at(12))
    assert says_yes(act, approval, lead, when=at(11, 59))


def test_one_who_decides_nothing_does_not_decide_for_another_either(make_approval, away, ping, lead, act):
    away(lead, ping)

    assert not says_yes(act, make_approval("640"), ping)


@pytest.mark.rule("CMP-24")
def test_nobody_hands_on_more_than_they_hold(make_approval, away, lead, boss, riverside, act):
    other = _hire("3001", "另一组长", riverside, "lead")
    away(boss, other, named_by=lead)  # alarms follow, the money does not

    assert not says_yes(act, make_approval("80000"), other)


@pytest.mark.rule("CMP-24")
def test_who_stands_in_promises_no_more_by_themselves_than_before(away, lead, boss, riverside, now, of_the_day):
    away(boss, lead)

    assert [is_within(who, riverside, Decimal(1001), now) for who in (lead, of_the_day)] == [False, False]
    assert not is_within(of_the_day, riverside, Decimal(1), now)


@pytest.mark.rule("CMP-24")
def test_what_one_asked_oneself_is_not_decided_in_the_name_of_another(make_approval, away, lead, supervisor, act):
    away(supervisor, lead)

    assert not says_yes(act, make_approval("1200", by=lead), lead)


@pytest.mark.rule("CMP-30")
def test_what_is_about_somebody_is_not_decided_in_their_name(make_approval, make_inquiry, away, lead, supervisor, act):
    case = make_inquiry()
    case.about_staff = supervisor
    case.save(update_fields=["about_staff"])
    away(supervisor, lead)

    assert not says_yes(act, make_approval("1200", case=case), lead)


@pytest.mark.rule("CTR-08")
@pytest.mark.parametrize(("amount", "may"), OF_THE_DAY)
def test_the_duty_manager_of_the_day_decides_as_a_supervisor_does(make_approval, of_the_day, act, amount, may):
    assert says_yes(act, make_approval(amount), of_the_day) is may


def test_a_duty_manager_on_another_day_decides_nothing(make_approval, of_the_day, act):
    approval = make_approval("640")

    assert not says_yes(act, approval, of_the_day, when=at(11) + timedelta(days=1))


def test_it_stands_in_the_record_by_whose_authority_it_was(make_approval, away, lead, supervisor, act):
    away(supervisor, lead)
    first, second = make_approval("1200"), make_approval("640", ref="proposal:2")

    for approval in (first, second):
        actions.decide(act(lead, at=at(11)), approval, yes=True)

    told = [
        approval.case.timeline().get(kind="approval.approved").details.get("for_whom") for approval in (first, second)
    ]
    assert told == [supervisor.actor_key, None]


def test_who_stands_in_is_asked_when_nobody_of_the_level_is_there(
    make_approval, away, on_duty, counter, lead, mei, supervisor
):
    away(supervisor, lead)
    for person in (mei, lead):
        on_duty(person, counter, at=at(9))

    approval = make_approval("1200", at=at(10))

    assert approval.case.timeline().get(kind="approval.asked").details["to"] == [lead.actor_key]


def test_at_last_the_duty_manager_of_the_day_is_asked_and_rung_and_can_say_yes(make_approval, of_the_day, act, boss):
    approval = make_approval("640", at=at(10))
    asked = approval.case.timeline().get(kind="approval.asked")
    assert asked.details["to"] == [of_the_day.actor_key]

    sweep(at(12, 1))
    rung = approval.case.timeline().filter(kind="deadline.breached", details__part=approval.number).get()
    assert rung.details["to"] == [of_the_day.actor_key]
    assert says_yes(act, approval, of_the_day, when=at(12, 2))


def test_what_the_duty_manager_may_not_decide_is_asked_of_the_managers_too(make_approval, of_the_day, boss):
    asked = make_approval("5001", at=at(10)).case.timeline().get(kind="approval.asked")

    assert asked.details["to"] == [boss.actor_key, of_the_day.actor_key]
