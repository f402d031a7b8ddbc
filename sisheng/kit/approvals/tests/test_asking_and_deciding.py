"""Somebody asks, somebody else decides, and everybody can read afterwards who it was."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from sisheng.cases.models import Alert, Case
from sisheng.cases.ringing import sweep
from sisheng.config.wording import WORDING
from sisheng.desk.inquiries.lifecycle import INQUIRY
from sisheng.ground.events.models import Event
from sisheng.ground.events.reactions import run_reactions
from sisheng.ground.refusals import NotAllowed, OutOfTurn, Overtaken, SameKeyOtherWords, Unusable
from sisheng.kit.approvals import actions
from sisheng.kit.approvals.models import DEADLINE, Approval
from sisheng.kit.approvals.tests.conftest import at


def told(approval, kind):
    return Event.objects.get(topic=approval.case.number, kind=f"approval.{kind}")


def test_asking_gives_a_number_starts_the_clock_of_the_level_and_tells_who_is_there(
    make_approval, on_duty, counter, lead, supervisor, mei
):
    for person in (mei, lead, supervisor):
        on_duty(person, counter, at=at(9))

    approval = make_approval("640", at=at(10), reason="顾客已等两天")

    clock = approval.clock
    assert approval.number == "SP-261123-0001"
    assert (clock.due_at, clock.role, clock.part) == (at(12), "lead", approval.number)
    event = told(approval, "asked")
    assert event.details == {
        "number": approval.number, "ref": "proposal:1", "amount": "640.00", "level": "lead", "to": [lead.actor_key],
    }  # fmt: skip
    assert event.personal == {"title": "给顾客退款"}


def test_two_hours_are_counted_in_opening_hours(make_approval):
    assert make_approval(at=at(21, 30)).clock.due_at == at(11, 30, day=24)


def test_a_yes_meets_the_clock_and_tells_who_asked(make_approval, lead, mei, act):
    approval = make_approval(at=at(10))
    clock = approval.clock

    actions.decide(act(lead, at=at(10, 5)), approval, yes=True, words="同意")

    clock.refresh_from_db()
    approval.refresh_from_db()
    assert clock.met_at == at(10, 5)
    assert (approval.state, approval.decided_by, approval.decided_at) == ("approved", lead, at(10, 5))
    assert told(approval, "approved").details["to"] == [mei.actor_key]
    assert Approval.objects.grants(approval.case, "proposal:1", Decimal(640))
    assert not Approval.objects.grants(approval.case, "proposal:1", Decimal(641))


def test_what_waits_or_was_declined_is_not_approved(make_approval, lead, act):
    approval = make_approval()
    assert not Approval.objects.grants(approval.case, "proposal:1")

    actions.decide(act(lead), approval, yes=False, words="先换货")

    assert not Approval.objects.grants(approval.case, "proposal:1")


def test_a_no_needs_a_word_why(make_approval, lead, act):
    approval = make_approval()

    with pytest.raises(Unusable) as refusal:
        actions.decide(act(lead), approval, yes=False, words="  ")
    assert refusal.value.field == "words"
    assert Approval.objects.get(pk=approval.pk).state == "waiting"
    actions.decide(act(lead), approval, yes=False, words="先换货")

    assert told(approval, "declined").personal == {"words": "先换货"}
    assert approval.clock is None


@pytest.mark.rule("CMP-24")
def test_nobody_decides_what_they_asked_themselves(make_approval, supervisor, act):
    approval = make_approval("5001", by=supervisor)
    approval.level = "supervisor"  # even if the level were theirs

    with pytest.raises(NotAllowed) as refusal:
        actions.decide(act(supervisor), approval, yes=True)

    assert "yourself" in str(refusal.value)
    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.filter(pk=approval.pk).update(state="approved", decided_by=supervisor, decided_at=at(11))


def test_nobody_decides_about_a_case_that_is_about_themselves_nor_sees_or_hears_of_it(
    make_approval, make_inquiry, on_duty, counter, lead, supervisor, act
):
    for person in (lead, supervisor):
        on_duty(person, counter, at=at(9))
    case = make_inquiry()
    case.about_staff = lead
    case.save(update_fields=["about_staff"])

    approval = make_approval(case=case)

    with pytest.raises(NotAllowed):
        actions.decide(act(lead), approval, yes=True)
    assert not Approval.objects.visible_to(lead).exists()
    assert Approval.objects.visible_to(supervisor).exists()
    assert told(approval, "asked").details["to"] == [supervisor.actor_key]


@pytest.mark.parametrize("cast", ["mei", "ping", "bagkeeper", "duty"])
def test_who_does_not_hold_the_level_does_not_decide(make_approval, act, request, cast):
    approval = make_approval()

    with pytest.raises(NotAllowed):
        actions.decide(act(request.getfixturevalue(cast)), approval, yes=True)


def test_somebody_of_another_mall_and_a_bagkeeper_ask_for_nothing(make_approval, lin, bagkeeper):
    for person in (lin, bagkeeper):
        with pytest.raises(NotAllowed):
            make_approval(by=person)


def test_what_was_decided_is_not_decided_again(make_approval, lead, supervisor, act):
    approval = make_approval()
    seen_by_supervisor = Approval.objects.get(pk=approval.pk)
    actions.decide(act(lead), approval, yes=True)

    with pytest.raises(OutOfTurn) as refusal:
        actions.decide(act(supervisor), approval, yes=False, words="不行")
    with pytest.raises(Overtaken):
        actions.decide(act(supervisor), seen_by_supervisor, yes=False, words="不行")

    assert "approved" in str(refusal.value)
    assert Approval.objects.get(pk=approval.pk).decided_by == lead


def test_the_same_form_sent_twice_decides_once_and_asks_once(make_approval, make_inquiry, mei, lead, act):
    case = make_inquiry()
    asked = {"ref": "proposal:1", "title": "退款", "amount": Decimal(640)}
    first, again = (actions.ask(act(mei, once="ask-1"), case, **asked) for _ in range(2))
    decided, repeated = (actions.decide(act(lead, once="yes-1"), first, yes=True) for _ in range(2))

    assert first == again == decided == repeated
    assert Event.objects.filter(kind="approval.asked").count() == 1
    assert Event.objects.filter(kind="approval.approved").count() == 1
    with pytest.raises(SameKeyOtherWords):
        actions.decide(act(lead, once="yes-1"), first, yes=False, words="不行")


def test_one_thing_is_asked_once_at_a_time_and_again_after_a_no(make_approval, lead, act):
    approval = make_approval()

    with pytest.raises(OutOfTurn):
        make_approval(case=approval.case)
    make_approval(case=approval.case, ref="proposal:2")
    actions.decide(act(lead), approval, yes=False, words="金额太高")
    lower = make_approval("400", case=approval.case)

    assert list(Approval.objects.of(approval.case, "proposal:1")) == [approval, lower]


def test_who_asked_takes_it_back_and_a_stranger_to_the_case_does_not(make_approval, mei, ping, lead, act):
    approval = make_approval()
    clock = approval.clock

    with pytest.raises(OutOfTurn, match="Only who asked"):
        actions.withdraw(act(ping), approval)
    actions.withdraw(act(mei), approval)
    with pytest.raises(OutOfTurn):
        actions.withdraw(act(mei), approval)
    with pytest.raises(OutOfTurn):
        actions.decide(act(lead), approval, yes=True)

    clock.refresh_from_db()
    assert clock.cancelled_at is not None
    assert told(approval, "withdrawn").details["number"] == approval.number


@pytest.mark.parametrize("ending", ["withdraw", "miss"])
def test_when_the_case_is_over_nobody_decides_any_more(make_approval, make_inquiry, play, lead, act, ending):
    approval = make_approval(case=make_inquiry("answer_ready", at=at(10)))
    clock = approval.clock
    play(approval.case.real(), ending, at=at(11))
    approval = Approval.objects.get(pk=approval.pk)

    with pytest.raises(OutOfTurn):
        actions.decide(act(lead, at=at(11)), approval, yes=True)
    run_reactions(at(11, 1))

    approval.refresh_from_db()
    clock.refresh_from_db()
    assert (approval.state, clock.cancelled_at) == ("lapsed", at(11))
    assert told(approval, "lapsed").by == "system"


def test_nothing_is_asked_about_a_case_that_is_over_without_a_sentence_or_for_nothing(make_approval, make_inquiry):
    with pytest.raises(OutOfTurn):
        make_approval(case=make_inquiry("withdrawn"))
    with pytest.raises(Unusable):
        make_approval(title=" ")
    with pytest.raises(Unusable):
        make_approval("0", chain=["lead"])


# A chain


@pytest.mark.rule("ISO-03")
def test_a_chain_is_signed_in_order_each_step_by_somebody_else_with_its_own_clock(
    make_approval, on_duty, counter, lead, supervisor, boss, act
):
    on_duty(supervisor, counter, at=at(9))
    approval = make_approval("8000", at=at(10), chain=["lead", "supervisor", "manager"])

    actions.decide(act(supervisor, at=at(10, 10)), approval, yes=True)
    assert (approval.state, approval.level, approval.clock.role) == ("waiting", "supervisor", "supervisor")
    assert approval.clock.due_at == at(12, 10)
    with pytest.raises(NotAllowed) as twice:
        actions.decide(act(supervisor, at=at(10, 20)), approval, yes=True)
    with pytest.raises(NotAllowed):
        actions.decide(act(lead, at=at(10, 20)), approval, yes=True)
    with pytest.raises(Overtaken):
        actions.decide(act(boss, at=at(10, 20)), approval, yes=True, seen=1)
    passed_on = told(approval, "passed_on")
    assert passed_on.details["level"] == "supervisor"
    assert passed_on.details["to"] == [boss.actor_key]  # the only supervisor there has signed already

    assert "earlier step" in str(twice.value)
    assert not Approval.objects.grants(approval.case, "proposal:1")


@pytest.mark.rule("ISO-03")
def test_the_last_yes_of_a_chain_approves_and_any_no_ends_it(make_approval, lead, boss, act):
    granted, refused = make_approval(None, chain=["lead", "manager"]), make_approval(None, chain=["lead", "manager"])

    actions.decide(act(lead), granted, yes=True)
    actions.decide(act(boss), granted, yes=True)
    actions.decide(act(lead), refused, yes=False, words="没有先例")

    assert (granted.state, granted.decided_by) == ("approved", boss)
    assert (refused.state, refused.decided_by) == ("declined", lead)
    assert [(step.role, step.is_yes) for step in refused.steps.order_by("position")] == [
        ("lead", False),
        ("manager", None),
    ]


@pytest.mark.rule("CTR-08")
def test_a_chain_never_ends_below_the_level_that_the_amount_needs(make_approval, lead, act):
    approval = make_approval("6000", chain=["lead"])

    actions.decide(act(lead), approval, yes=True)

    assert (approval.state, approval.level) == ("waiting", "manager")


# Whom it rings


def test_when_it_is_overdue_the_next_level_that_is_there_is_rung_and_may_decide(
    make_approval, on_duty, counter, mei, lead, supervisor, act
):
    for person in (mei, lead, supervisor):
        on_duty(person, counter, at=at(9))
    approval = make_approval(at=at(10))
    rung = []

    for minute in (89, 90, 107, 108, 119, 120):
        sweep(at(10) + timedelta(minutes=minute))
        alerts = Alert.objects.filter(clock__deadline=DEADLINE).order_by("pk").select_related("to")
        rung += [(minute, alert.to.name) for alert in alerts[len(rung) :]]
    actions.decide(act(supervisor, at=at(12, 15)), approval, yes=True)

    assert rung == [(90, "组长"), (108, "组长"), (120, "主管")]
    assert approval.decided_by == supervisor


def test_with_nobody_there_who_may_the_managers_are_asked_and_whoever_answers_today(
    make_approval, on_duty, counter, mei, boss, duty, act, riverside
):
    from sisheng.mall.staff.actions import name_duty_manager

    on_duty(mei, counter, at=at(9))
    name_duty_manager(act(boss), riverside, on=at(10).date(), person=duty)

    approval = make_approval("5001", at=at(10))

    assert told(approval, "asked").details["to"] == [boss.actor_key, duty.actor_key]


def test_an_approval_is_due_in_the_lists_while_it_waits(make_approval, make_inquiry, lead, act):
    case = make_inquiry(at=at(10), promise_at=at(18))
    Case.objects.get(pk=case.pk).end_part("inquiry.brand_contact", "", act(lead, at=at(10)))

    approval = make_approval(case=case, at=at(10))
    assert Case.objects.get(pk=case.pk).next_due_at == at(12)
    actions.decide(act(lead, at=at(11)), approval, yes=True)

    assert Case.objects.get(pk=case.pk).next_due_at == at(18)


# What must be true


@pytest.mark.parametrize(
    "lie",
    [
        {"state": "approved"},
        {"decided_at": at(11)},
        {"amount": Decimal(-1)},
    ],
)
def test_the_database_refuses_what_cannot_be(make_approval, lie):
    approval = make_approval()

    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.filter(pk=approval.pk).update(**lie)


def test_every_kind_of_event_is_worded_in_both_languages():
    kinds = [f"approval.{name}" for name in ("asked", "passed_on", *Approval.State.values) if name != "waiting"]

    for kind in kinds:
        with translation.override("zh-hans"):
            chinese = str(WORDING[kind])
        assert any("一" <= letter <= "鿿" for letter in chinese)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_deadline_has_its_words_in_both_languages(language):
    with translation.override(language):
        words = str(INQUIRY.deadline(DEADLINE).label)

    assert words == {"zh-hans": "审批", "en": "decide on the approval"}[language]
