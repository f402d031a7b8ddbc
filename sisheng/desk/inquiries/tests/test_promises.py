"""A call back is promised, kept, renewed, or broken and told to somebody who is there."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from conftest import SHANGHAI
from sisheng.cases import actions as case_actions
from sisheng.cases.ladder import OnDuty
from sisheng.cases.models import Alert, Clock, Link
from sisheng.cases.ringing import clear_alerts_of_ended_clocks, sweep
from sisheng.desk.inquiries import actions
from sisheng.desk.inquiries.forms import Begin
from sisheng.ground.events.models import Event
from sisheng.ground.policies.actions import set_policy
from sisheng.ground.refusals import Overtaken, Unusable


def at(hour, minute=0, day=23):
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


def clock_of(inquiry, deadline, *, live=True):
    clocks = inquiry.clocks.filter(deadline=deadline)
    return (clocks.live() if live else clocks).order_by("-pk").first()


@pytest.mark.rule("INQ-03", "INQ-04")
def test_golden_g2_a_stain_care_question_is_asked_of_the_brand_and_called_back_in_time(make_inquiry, play):
    inquiry = make_inquiry(at=at(11))
    brand, callback = clock_of(inquiry, "inquiry.brand_contact"), clock_of(inquiry, "inquiry.callback")
    assert (brand.due_at, callback.due_at) == (at(11, 30), at(12))

    play(inquiry, "reach", at=at(11, 24))
    play(inquiry, "answer", at=at(11, 40))
    play(inquiry, "call_back", at=at(11, 52))

    brand.refresh_from_db()
    callback.refresh_from_db()
    assert brand.met_at == at(11, 24)
    assert callback.met_at == at(11, 52)
    assert {brand.state(at(13)), callback.state(at(13))} == {Clock.State.MET}


@pytest.mark.rule("CTR-16")
def test_a_promise_made_just_before_closing_runs_on_at_the_next_opening(make_inquiry):
    inquiry = make_inquiry(at=at(21, 40))

    assert clock_of(inquiry, "inquiry.callback").due_at == at(10, 40, day=24)


@pytest.mark.rule("INQ-08")
def test_a_promise_is_kept_as_it_was_said_whatever_the_policy(make_inquiry):
    inquiry = make_inquiry(at=at(11), promise_at=at(18))

    assert clock_of(inquiry, "inquiry.callback").due_at == at(18)
    assert clock_of(inquiry, "inquiry.brand_contact").due_at == at(11, 30)


@pytest.mark.rule("INQ-08")
def test_without_an_answer_at_the_promised_time_the_customer_is_told_so_and_promised_a_new_time(make_inquiry, play):
    inquiry = make_inquiry(at=at(11))
    first = clock_of(inquiry, "inquiry.callback")

    play(inquiry, "renew", at=at(11, 58), promise_at=at(15))

    first.refresh_from_db()
    inquiry.refresh_from_db()
    assert first.state(at(12)) == Clock.State.MET
    assert clock_of(inquiry, "inquiry.callback").due_at == at(15)
    assert (inquiry.status, inquiry.promise_count) == ("no_answer_yet", 2)
    assert clock_of(inquiry, "inquiry.brand_contact").met_at is None  # telling the customer does not reach the brand


def test_a_promise_in_the_past_is_refused_and_changes_nothing(make_inquiry, play):
    inquiry = make_inquiry(at=at(11))

    with pytest.raises(Unusable) as refusal:
        play(inquiry, "renew", at=at(11, 30), promise_at=at(11, 29))

    assert refusal.value.field == "promise"
    inquiry.refresh_from_db()
    assert inquiry.status == "registered"
    assert inquiry.clocks.count() == 2


def test_a_question_needs_a_phone_number_or_a_way_to_recognise_who_waits(act, riverside, mei):
    with pytest.raises(Unusable) as refusal:
        actions.begin(act(mei), riverside, question="还有货吗？", handler=mei)

    assert refusal.value.field == "phone"


def test_an_overdue_clock_rings_who_does_the_work_then_the_lead_the_supervisor_and_the_duty_manager(
    make_inquiry, on_duty, counter, boss, lead, supervisor, duty, act, riverside
):
    from sisheng.mall.staff.actions import name_duty_manager

    inquiry = make_inquiry(at=at(11))
    for person in (boss, lead, supervisor):
        on_duty(person, counter, at=at(10))
    name_duty_manager(act(boss), riverside, on=at(11).date(), person=duty)
    callback = clock_of(inquiry, "inquiry.callback")

    heard = []
    for minute in range(45, 60 + 90):
        sweep(at(11) + timedelta(minutes=minute))
        heard += [(minute, alert.stage, alert.to.code) for alert in _new_alerts(callback, heard)]

    assert heard == [
        (45, Clock.Stage.SOON, "1030"),
        (54, Clock.Stage.DUE, "1030"),
        (60, Clock.Stage.BREACHED, "1030"),
        (70, Clock.Stage.LEAD, "1010"),
        (80, Clock.Stage.SUPERVISOR, "1020"),
        (90, Clock.Stage.MANAGER, "1030"),
    ]
    callback.refresh_from_db()
    assert callback.breached_at == at(12)


def _new_alerts(clock, heard):
    known = {(stage, code) for _, stage, code in heard}
    alerts = Alert.objects.filter(clock=clock).select_related("to").order_by("pk")
    return [alert for alert in alerts if (alert.stage, alert.to.code) not in known]


def test_an_alarm_that_somebody_acknowledged_climbs_no_further_and_the_deadline_stays(
    make_inquiry, on_duty, counter, boss, act
):
    inquiry = make_inquiry(at=at(11))
    on_duty(boss, counter, at=at(10))
    callback = clock_of(inquiry, "inquiry.callback")
    sweep(at(12, 1))

    callback.refresh_from_db()
    case_actions.acknowledge(act(boss, at=at(12, 2)), callback, who=boss)
    for minute in range(3, 60):
        sweep(at(12, minute))

    callback.refresh_from_db()
    assert callback.stage == Clock.Stage.BREACHED
    assert (callback.acknowledged_by, callback.due_at) == (boss, at(12))
    assert not Alert.objects.filter(clock=callback, cleared_at=None).exists()


def test_taking_care_before_the_breach_holds_until_then_and_a_broken_promise_climbs_again(
    make_inquiry, on_duty, counter, boss, lead, act
):
    inquiry = make_inquiry(at=at(11))
    for person in (boss, lead):
        on_duty(person, counter, at=at(10))
    callback = clock_of(inquiry, "inquiry.callback")
    sweep(at(11, 46))
    callback.refresh_from_db()
    case_actions.acknowledge(act(boss, at=at(11, 47)), callback, who=boss)
    assert not Alert.objects.filter(clock=callback, cleared_at=None).exists()

    for minute in range(0, 12):
        sweep(at(12, minute))
    heard = [(alert.stage, alert.to) for alert in Alert.objects.filter(clock=callback, cleared_at=None).order_by("pk")]
    callback.refresh_from_db()
    case_actions.acknowledge(act(lead, at=at(12, 12)), callback, who=lead)

    assert (Clock.Stage.BREACHED, boss) in heard
    assert (Clock.Stage.LEAD, lead) in heard
    assert not Alert.objects.filter(clock=callback, cleared_at=None).exists()
    assert callback.acknowledged_by == lead


def test_a_time_that_was_typed_is_the_promise_whatever_was_picked(riverside):
    told = {"question": "?", "anonymous_label": "蓝衣", "pick": "1h", "promise_at": "2026-11-24T15:00"}
    form = Begin(told, mall=riverside, at=at(11))

    assert form.is_valid(), form.errors
    assert form.cleaned_data["promise_at"] == at(15, day=24)
    assert "promise_at" in Begin({**told, "pick": "at", "promise_at": ""}, mall=riverside, at=at(11)).errors


def test_a_mistyped_phone_number_brings_the_form_back_with_everything_in_it(client, riverside, counter, mei, on_duty):
    on_duty(mei, counter)
    client.force_login(mei)

    page = client.post("/riverside/desk/inquiries/new/", {"question": "丝巾怎么洗", "phone": "123", "pick": "1h"})

    assert page.status_code == 422
    assert "丝巾怎么洗" in page.content.decode()


def test_a_missed_sweep_loses_nothing_and_tells_the_breach_with_the_clocks_own_time(
    make_inquiry, on_duty, counter, boss
):
    inquiry = make_inquiry(at=at(11))
    on_duty(boss, counter, at=at(10))

    assert sweep(at(12, 20)) == 2
    assert sweep(at(12, 20)) == 0

    told = Event.objects.filter(kind="deadline.breached", topic=inquiry.number).order_by("pk")
    assert {event.said_at for event in told} == {at(11, 30), at(12)}
    assert {event.at for event in told} == {at(12, 20)}


def test_when_nobody_at_the_work_is_there_the_alarm_goes_to_somebody_who_is(make_inquiry, on_duty, counter, mei, lead):
    inquiry = make_inquiry(at=at(11))
    on_duty(mei, counter, at=at(10))

    sweep(at(12, 1))

    assert {alert.to for alert in Alert.objects.filter(clock__case=inquiry)} == {mei}


def test_a_stand_in_is_rung_in_place_of_the_absent(make_inquiry, on_duty, counter, boss, ping, lead, act, riverside):
    from sisheng.mall.staff.actions import stand_in

    inquiry = make_inquiry(at=at(11))
    on_duty(ping, counter, at=at(10))
    on_duty(lead, counter, at=at(10))
    stand_in(act(lead), riverside, absent=boss, present=ping, from_at=at(9), until_at=at(20))

    sweep(at(12, 1))

    assert {alert.to for alert in Alert.objects.filter(clock__case=inquiry)} == {ping}


def test_rings_of_a_clock_that_was_met_leave_the_desk(make_inquiry, play, on_duty, counter, boss):
    inquiry = make_inquiry(at=at(11))
    on_duty(boss, counter, at=at(10))
    sweep(at(11, 25))

    play(inquiry, "reach", at=at(11, 28))
    clear_alerts_of_ended_clocks(at(11, 29))

    assert not Alert.objects.filter(clock__deadline="inquiry.brand_contact", cleared_at=None).exists()


def test_a_pause_keeps_what_is_left_when_the_policy_changes_meanwhile(make_inquiry, boss, act, riverside):
    """GLPI 6902, 15605: there, swapping the agreement loses the pause."""
    inquiry = make_inquiry(at=at(11))
    callback = clock_of(inquiry, "inquiry.callback")

    case_actions.pause(callback, act(boss, at=at(11, 20)), reason="customer")
    set_policy(act(boss, at=at(11, 30)), riverside, "inquiry.callback", 30, reason="试行")
    case_actions.resume(callback, act(boss, at=at(15)))

    callback.refresh_from_db()
    assert callback.due_at == at(15, 40)
    assert callback.policy_version == 0
    assert [(pause.from_at, pause.until_at, pause.reason) for pause in callback.pauses.all()] == [
        (at(11, 20), at(15), "customer")
    ]


@pytest.fixture
def callback(make_inquiry, on_duty, counter, boss, lead):
    """A call back promised for twelve, while the manager and a lead are at the desk."""
    inquiry = make_inquiry(at=at(11))
    for person in (boss, lead):
        on_duty(person, counter, at=at(10))
    return clock_of(inquiry, "inquiry.callback")


def _rest(callback, act, boss, *, start, end):
    case_actions.pause(callback, act(boss, at=start), reason="authority")
    case_actions.resume(callback, act(boss, at=end))


def _sweep_through(start, minutes):
    for minute in range(minutes):
        sweep(start + timedelta(minutes=minute))


def _heard(callback, since):
    alerts = Alert.objects.filter(clock=callback, at__gte=since).order_by("pk")
    return [Clock.Stage(alert.stage).label for alert in alerts]


@pytest.mark.parametrize("is_seen_before", [False, True], ids=["seen now", "seen before somebody took care"])
def test_who_took_care_of_a_broken_promise_still_does_when_it_has_rested(callback, act, boss, is_seen_before):
    sweep(at(12, 1))
    callback.refresh_from_db()
    to_rest = Clock.objects.get(pk=callback.pk)
    case_actions.acknowledge(act(boss, at=at(12, 2)), callback, who=boss)

    _rest(to_rest if is_seen_before else callback, act, boss, start=at(12, 5), end=at(15))
    _sweep_through(at(15), 120)

    callback.refresh_from_db()
    assert _heard(callback, at(12, 3)) == []
    assert (callback.stage, callback.acknowledged_by, callback.breached_at) == (Clock.Stage.BREACHED, boss, at(12))


def test_a_broken_promise_of_which_nobody_took_care_climbs_on_when_it_has_rested(callback, act, boss):
    sweep(at(12, 1))

    _rest(callback, act, boss, start=at(12, 5), end=at(15))
    _sweep_through(at(15), 12)

    assert _heard(callback, at(12, 3)) == ["Lead", "Supervisor"]


def test_taking_care_before_the_breach_does_not_cover_a_breach_that_was_found_after_a_rest(callback, act, boss):
    sweep(at(11, 46))
    callback.refresh_from_db()
    case_actions.acknowledge(act(boss, at=at(11, 47)), callback, who=boss)

    _rest(callback, act, boss, start=at(12, 5), end=at(15))  # no sweep had come by when it was broken
    _sweep_through(at(15), 12)

    callback.refresh_from_db()
    assert _heard(callback, at(12)) == ["Breached", "Lead"]
    assert callback.case.timeline().get(kind="deadline.breached", details__deadline="inquiry.callback").said_at == at(
        12
    )
    assert (callback.breached_at, callback.acknowledged_by) == (at(12), None)


def test_the_brand_is_slow_is_no_reason_to_stop_a_clock(make_inquiry, boss, act):
    callback = clock_of(make_inquiry(at=at(11)), "inquiry.callback")

    with pytest.raises(Unusable):
        case_actions.pause(callback, act(boss, at=at(11, 20)), reason="brand")

    callback.refresh_from_db()
    assert callback.due_at == at(12)


def test_each_of_several_clocks_on_one_case_stands_by_itself(make_inquiry, play):
    """Zammad 5177, 3140: there, one time overrules the other and nobody can say why."""
    inquiry = make_inquiry(at=at(11))
    brand, callback = clock_of(inquiry, "inquiry.brand_contact"), clock_of(inquiry, "inquiry.callback")

    assert [clock.state(at(11, 26)) for clock in (brand, callback)] == [Clock.State.NOW, Clock.State.OK]
    assert [clock.state(at(11, 46)) for clock in (brand, callback)] == [Clock.State.OVER, Clock.State.SOON]
    assert inquiry.next_due_at == at(11, 30)


@pytest.mark.rule("INQ-06")
def test_the_same_customer_asking_about_the_same_shop_within_a_day_is_tied_to_the_first_time(
    act, boss, make_inquiry, mr_wang, riverside
):
    first = make_inquiry(at=at(11), customer=mr_wang)
    again = make_inquiry(at=at(16), customer=mr_wang)
    later = make_inquiry(at=at(16, 1, day=25), customer=mr_wang)
    of_no_shop = actions.begin(act(boss, at=at(17)), riverside, question="?", handler=boss, customer=mr_wang)

    assert [(link.source_id, link.target_id) for link in Link.objects.all()] == [(again.pk, first.pk)]
    assert not later.links.exists()
    assert not of_no_shop.links.exists()


@pytest.mark.rule("REC-18")
def test_nothing_is_settled_without_an_outcome_and_a_reply_or_the_reason_why_there_is_none(make_inquiry, play):
    answered, missed = make_inquiry("called_back", at=at(11)), make_inquiry("answer_ready", at=at(11))

    play(answered, "close", at=at(12))
    with pytest.raises(Unusable):
        play(missed, "miss", at=at(12), reason="  ")
    play(missed, "miss", at=at(12))

    assert (answered.outcome, bool(answered.replied_at)) == ("answered", True)
    assert (missed.outcome, missed.no_reply_reason) == ("unreachable", "三次无人接听")


def test_the_second_of_two_people_is_told_that_they_were_overtaken(make_inquiry, mei, ping, act):
    inquiry = make_inquiry("contacting_brand", at=at(11))
    seen_by_mei, seen_by_ping = type(inquiry).objects.get(pk=inquiry.pk), type(inquiry).objects.get(pk=inquiry.pk)

    actions.answer(act(mei, at=at(11, 5)), seen_by_mei, answer="冷水手洗。")
    with pytest.raises(Overtaken):
        actions.answer(act(ping, at=at(11, 6)), seen_by_ping, answer="送干洗。")

    inquiry.refresh_from_db()
    assert inquiry.answer == "冷水手洗。"


def test_a_form_that_was_opened_before_somebody_elses_step_is_overtaken_even_in_the_same_state(
    make_inquiry, mei, ping, act
):
    inquiry = make_inquiry("contacting_brand", at=at(11))
    on_pings_screen = inquiry.version

    actions.try_brand(act(mei, at=at(11, 5)), inquiry, result="reached", who="店长")
    inquiry.refresh_from_db()
    with pytest.raises(Overtaken):
        actions.answer(act(ping, at=at(11, 6)), inquiry, answer="送干洗。", seen=on_pings_screen)


def test_a_case_is_saved_field_by_field_and_its_state_only_through_the_door(make_inquiry):
    inquiry = make_inquiry()

    with pytest.raises(TypeError):
        inquiry.save()
    for field in ("status", "turn", "closed_at", "next_due_at"):
        with pytest.raises(TypeError):
            inquiry.save(update_fields=[field])


def test_a_clock_that_cannot_be_rung_keeps_no_other_from_ringing(make_inquiry, on_duty, counter, mei, monkeypatch):
    on_duty(mei, counter)
    bad, good = make_inquiry(at=at(11)), make_inquiry(at=at(11))
    find = OnDuty.answering_for

    def whom(self, clock):
        if clock.case_id == bad.pk:
            raise LookupError("nobody can be found")
        return find(self, clock)

    monkeypatch.setattr(OnDuty, "answering_for", whom)

    sweep(at(11, 31))

    assert clock_of(good, "inquiry.brand_contact").stage == Clock.Stage.BREACHED
    untouched = clock_of(bad, "inquiry.brand_contact")
    assert (untouched.stage, untouched.next_ring_at) == (Clock.Stage.QUIET, at(12, 31))
