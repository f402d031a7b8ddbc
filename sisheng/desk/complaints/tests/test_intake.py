"""A complaint is taken down and accepted."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from conftest import _hire
from sisheng.cases.actions import assign_all
from sisheng.cases.models import Case
from sisheng.cases.ringing import sweep
from sisheng.desk.complaints import actions, gates
from sisheng.desk.complaints.editing import digests
from sisheng.desk.complaints.models import Complaint
from sisheng.desk.complaints.severity import severity_of
from sisheng.desk.complaints.tests.conftest import TOLD
from sisheng.ground.refusals import OutOfTurn, Overtaken, Unusable
from sisheng.kit.evidence.actions import ask_statement
from sisheng.kit.messages.models import Message


@pytest.mark.rule("CMP-03", "CMP-21")
@pytest.mark.parametrize(
    ("left_out", "named"),
    [
        ({"shop": None}, "which shop"),
        ({"category": ""}, "category"),
        ({"account": ""}, "what happened"),
        ({"claims": []}, "what they ask for"),
        ({"phone": ""}, "how to answer"),
    ],
)
def test_what_is_missing_is_named_and_nothing_is_accepted(receive, left_out, named):
    with pytest.raises(Unusable) as refusal:
        receive(**left_out)

    assert named in str(refusal.value)
    assert not Complaint.objects.exists()


@pytest.mark.rule("CMP-21")
def test_whoever_stays_anonymous_is_told_at_the_counter(receive):
    complaint = receive(phone="", anonymous_label="红衣女士")

    assert complaint.customer is None
    assert not complaint.may_contact
    assert complaint.is_accepted


@pytest.mark.rule("CMP-11", "CTR-33")
def test_from_acceptance_on_the_hours_count_in_natural_time(receive, now):
    complaint = receive()
    due = {clock.deadline: clock.due_at - now for clock in complaint.clocks.live() if not clock.part}

    assert due["complaint.investigate"] == timedelta(hours=24)
    assert due["complaint.propose"] == timedelta(hours=48)
    assert due["complaint.final"] == timedelta(hours=72)
    assert due["complaint.start"] == timedelta(hours=1)


@pytest.mark.rule("N-05")
def test_the_fifteenth_day_is_watched_from_the_first(receive, now):
    line = receive().clocks.get(deadline="complaint.wilful_delay")

    assert line.due_at - now == timedelta(days=15)


SEVERITIES = [  # written by hand from domain.md 3.4
    ({"flags": ["injury"]}, "S1"),
    ({"flags": ["child"]}, "S1"),
    ({"flags": ["food"]}, "S1"),
    ({"flags": ["fraud"]}, "S1"),
    ({"flags": ["media"]}, "S1"),
    ({"flags": ["violence"]}, "S1"),
    ({"amount": Decimal(5000)}, "S2"),
    ({"amount": Decimal("4999.99")}, "S3"),
    ({"flags": ["discrimination"]}, "S2"),
    ({"flags": ["privacy"]}, "S2"),
    ({"flags": ["misconduct"]}, "S2"),
    ({"against_shop_lately": 3}, "S2"),
    ({"against_shop_lately": 2, "amount": Decimal(300)}, "S3"),
    ({"flags": ["prepaid"]}, "S3"),
    ({"flags": ["authority"]}, "S3"),
    ({"amount": Decimal(200)}, "S3"),
    ({"amount": Decimal("199.99")}, "S4"),
    ({}, "S4"),
]


@pytest.mark.rule("CMP-23", "N-14")
@pytest.mark.parametrize(("facts", "severity"), SEVERITIES)
def test_how_grave_it_is_follows_from_the_facts(riverside, now, facts, severity):
    facts = {"flags": [], "amount": None, "against_shop_lately": 1, **facts}

    assert severity_of(riverside, at=now, **facts) == severity


def test_a_category_speaks_of_what_makes_it_grave(receive):
    assert receive(category="food.foreign_body").severity == "S1"
    assert receive(category="attitude.discrimination", phone="15400000002").severity == "S2"


@pytest.mark.rule("CMP-23")
def test_the_third_complaint_about_one_shop_in_a_week_is_grave(receive, now):
    first = receive(at=now - timedelta(days=6))
    second = receive(at=now - timedelta(days=1), phone="15400000002")
    third = receive(phone="15400000003")
    later = receive(at=now + timedelta(days=8), phone="15400000004")

    assert [one.severity for one in (first, second, third, later)] == ["S4", "S4", "S2", "S4"]


@pytest.mark.rule("CMP-23", "CTR-03")
def test_what_is_grave_reaches_the_manager_at_once(receive, boss, counter, on_duty):
    on_duty(boss, counter)

    complaint = receive(flags=["injury"])

    raised = complaint.timeline().get(kind="complaint.raised")
    assert raised.details["to"] == [boss.actor_key]


def test_a_simple_matter_is_not_carried_to_the_manager(receive):
    assert not receive().timeline().filter(kind="complaint.raised").exists()


@pytest.mark.rule("CMP-06", "CMP-07")
@pytest.mark.parametrize("told", [{"amount": Decimal(200)}, {"flags": ["prepaid"]}])
def test_only_a_simple_matter_is_settled_on_the_spot(receive, act, mei, told):
    complaint = receive(**told)

    with pytest.raises(OutOfTurn):
        actions.mediate(act(mei), complaint)


@pytest.mark.rule("CMP-07", "CTR-03")
def test_two_hundred_yuan_are_too_much_for_the_spot_even_where_a_lead_calls_it_simple(receive, act, mei, lead):
    dear, cheaper = receive(amount=Decimal(200)), receive(amount=Decimal("199.99"), phone="15400000002")
    actions.regrade(act(lead), dear, severity="S4", reason="事情很简单")

    with pytest.raises(OutOfTurn, match="below ¥200"):
        actions.mediate(act(mei), dear)
    actions.mediate(act(mei), cheaper)

    assert (dear.status, cheaper.status) == ("accepted", "on_spot")


@pytest.mark.rule("CMP-04", "CTR-12")
def test_sound_is_recorded_only_with_the_moment_and_the_wording_of_the_yes(receive, now):
    complaint = receive(recording="audio")
    silent = receive(phone="15400000002")

    assert (complaint.recording_at, complaint.recording_wording != "") == (now, True)
    assert (silent.recording, silent.recording_at) == ("none", None)


@pytest.mark.rule("CMP-05")
def test_what_was_said_back_and_confirmed_has_its_moment(receive, act, mei, now):
    complaint = receive()
    assert complaint.restated_at is None

    actions.restate(act(mei), complaint)

    assert complaint.restated_at == now


@pytest.mark.rule("CMP-30", "STF-09")
def test_whom_a_complaint_is_about_neither_takes_it_nor_sees_it_nor_is_rung(
    receive, riverside, ping, mei, lead, supervisor, boss, counter, on_duty, now
):
    for person in (ping, mei, lead, supervisor, boss):
        on_duty(person, counter)
    complaint = receive(against="staff", about_staff=ping, category="attitude.rude")

    for hours, minutes in ((18, 0), (24, 0), (24, 10), (24, 20), (24, 30)):  # up the whole ladder
        sweep(now + timedelta(hours=hours, minutes=minutes))

    assert complaint.handler == supervisor
    assert not Complaint.objects.visible_to(ping).exists()
    assert Complaint.objects.visible_to(mei).exists()
    rung = {alert.to for clock in complaint.clocks.all() for alert in clock.alerts.all()}
    assert rung == {supervisor, boss}


@pytest.mark.rule("CMP-30")
def test_nobody_takes_down_a_complaint_about_themselves(receive, mei):
    with pytest.raises(Unusable):
        receive(against="staff", about_staff=mei)


@pytest.mark.rule("CMP-30")
def test_the_only_supervisor_does_not_answer_for_herself(receive, supervisor, boss, counter, on_duty):
    on_duty(supervisor, counter)
    on_duty(boss, counter)

    complaint = receive(against="staff", about_staff=supervisor, category="attitude.cold")

    assert complaint.handler == boss


@pytest.mark.rule("CMP-25")
def test_another_colleague_takes_over_and_no_clock_notices(receive, act, mei, ping):
    complaint = receive()
    before = list(complaint.clocks.values("deadline", "due_at", "met_at", "cancelled_at", "left"))

    actions.hand_on(act(mei), complaint, to=ping, reason="顾客情绪激动", room="接待室 2")

    complaint.refresh_from_db()
    assert (complaint.handler, complaint.owner, complaint.handed_on) == (ping, mei, 1)
    assert list(complaint.clocks.values("deadline", "due_at", "met_at", "cancelled_at", "left")) == before
    assert complaint.timeline().last().kind == "complaint.handed_on"


@pytest.mark.rule("CMP-30")
def test_from_the_case_list_too_nobody_is_given_what_is_about_themselves(receive, act, mei, ping, lead, supervisor):
    """Also not by the batch, and not to an agent where it is about the desk."""
    about_ping = receive(by=mei, against="staff", about_staff=ping)
    about_the_desk = receive(by=mei, against="desk", phone="15400000002")

    for complaint in (about_ping, about_the_desk):
        plain = Case.objects.get(pk=complaint.pk)
        with pytest.raises(Unusable, match="not concerned"):
            assign_all(act(lead), [plain], to=ping)
    assign_all(act(lead), [Case.objects.get(pk=about_ping.pk)], to=supervisor)

    about_ping.refresh_from_db()
    assert about_ping.handler == supervisor


@pytest.mark.rule("CMP-30")
def test_the_clock_of_a_statement_about_the_desk_rings_a_supervisor_as_well(receive, act, mei, skincare, supervisor):
    complaint = receive(by=mei, against="desk")

    ask_statement(act(supervisor), Case.objects.get(pk=complaint.pk), skincare, question="当时是谁在柜台？")

    assert complaint.clocks.get(deadline="complaint.brand_statement").role == "supervisor"


def test_a_complaint_about_the_desk_is_not_handed_to_an_agent(receive, act, mei, ping, supervisor, counter, on_duty):
    on_duty(supervisor, counter)
    complaint = receive(against="desk", category="desk.desk", shop=None)

    with pytest.raises(Unusable):
        actions.hand_on(act(supervisor), complaint, to=ping, reason="忙")


def test_of_two_who_hand_it_on_at_once_both_are_counted(receive, act, mei, ping, lead):
    complaint = receive()
    as_somebody_else_sees_it = Complaint.objects.get(pk=complaint.pk)

    actions.hand_on(act(mei), complaint, to=ping, reason="顾客情绪激动")
    actions.hand_on(act(lead), as_somebody_else_sees_it, to=mei, reason="换人")

    complaint.refresh_from_db()
    assert complaint.handed_on == 2


@pytest.mark.rule("CMP-31")
def test_a_customer_who_has_to_ask_is_counted(receive, act, mei):
    complaint = receive()

    actions.chase(act(mei), complaint, words="怎么还没消息")
    actions.chase(act(mei), complaint)

    assert complaint.chased == 2
    assert complaint.timeline().last().details["to"] == [mei.actor_key]


@pytest.mark.rule("CMP-19", "CMP-31")
def test_news_within_a_day_keeps_the_cadence(receive, act, mei, now):
    complaint = receive()
    first = complaint.clocks.live().get(deadline="complaint.progress_update")

    actions.inform(act(mei, at=now + timedelta(hours=20)), complaint, news="已联系店铺，正在看监控。")

    first.refresh_from_db()
    following = complaint.clocks.live().get(deadline="complaint.progress_update")
    assert first.met_at == now + timedelta(hours=20)
    assert following.due_at == now + timedelta(hours=44)
    assert complaint.updates == 1
    assert "已联系店铺，正在看监控。" in Message.objects.get(case=complaint, purpose="complaint.informed").text


@pytest.mark.rule("CMP-32")
@pytest.mark.parametrize("who", ["consumer", "tenant", "supplier", "neighbour"])
def test_shops_suppliers_and_neighbours_are_heard_the_same_way(receive, who, now):
    complaint = receive(complainant=who)

    assert who in Complaint.Complainant.values
    assert complaint.clocks.get(deadline="complaint.final").due_at == now + timedelta(hours=72)


@pytest.mark.rule("CMP-36")
def test_an_apology_is_on_record_with_who_said_it_and_how(receive, act, mei):
    complaint = receive()

    actions.apologise(act(mei), complaint, way="spoken", words="价签没换，是我们的错")

    apology = complaint.apologies.get()
    assert (apology.way, apology.by) == ("spoken", mei.actor_key)


@pytest.mark.rule("CMP-34", "RPT-07")
def test_a_typical_case_is_marked_once_and_can_be_unmarked(receive, act, mei):
    complaint = receive()
    actions.mark_typical(act(mei), complaint, is_typical=True)
    actions.mark_typical(act(mei), complaint, is_typical=True)
    assert complaint.timeline().filter(kind="complaint.marked_typical").count() == 1

    actions.mark_typical(act(mei), complaint, is_typical=False)

    complaint.refresh_from_db()
    assert not complaint.is_typical


@pytest.mark.rule("CMP-08")
def test_responsibility_has_the_moment_of_the_first_judgement_and_may_be_corrected(receive, act, mei, now):
    complaint = receive()
    actions.judge(act(mei, at=now + timedelta(minutes=2)), complaint, responsibility="goods")

    actions.judge(act(mei, at=now + timedelta(hours=5)), complaint, responsibility="price")

    complaint.refresh_from_db()
    assert complaint.responsibility == "price"
    assert complaint.responsibility_at == now + timedelta(minutes=2)
    assert complaint.timeline().last().details["before"] == "goods"


@pytest.mark.rule("CTR-07", "CMP-20")
def test_a_finding_judges_the_facts_and_leaves_the_feeling_alone(make_complaint, play):
    complaint = make_complaint("investigating", feeling="觉得被骗了", emotion="angry")

    play(complaint, "find", substantiated="no", finding="价签与系统一致。", responsibility="customer")

    complaint.refresh_from_db()
    assert (complaint.substantiated, complaint.feeling, complaint.emotion) == ("no", "觉得被骗了", "angry")


@pytest.mark.rule("CMP-20")
def test_a_finding_needs_its_three_parts(make_complaint, act, mei):
    complaint = make_complaint("investigating")

    with pytest.raises(Unusable) as refusal:
        actions.find(act(mei), complaint, finding="看过了", substantiated="", responsibility="")

    assert "substantiated or not, whose responsibility" in str(refusal.value)


@pytest.mark.rule("REC-08")
def test_two_people_correct_different_things_and_neither_loses_a_word(receive, act, mei, ping):
    complaint = receive()
    saw = {"account": complaint.account, "place": complaint.place, "amount": complaint.amount}
    was = digests(saw)
    same = Complaint.objects.get(pk=complaint.pk)

    actions.edit(act(mei), complaint, changes={**saw, "account": "标价 88，收 98。"}, was=was)
    actions.edit(act(ping), same, changes={**saw, "place": "L1 收银台"}, was=was)

    complaint.refresh_from_db()
    assert (complaint.account, complaint.place) == ("标价 88，收 98。", "L1 收银台")
    corrected = complaint.timeline().filter(kind="complaint.corrected")
    assert [event.details["names"] for event in corrected] == [["account"], ["place"]]
    assert corrected[0].personal["account"] == [saw["account"], "标价 88，收 98。"]


def test_the_same_field_changed_under_somebody_is_a_question_not_a_loss(receive, act, mei, ping):
    complaint = receive()
    was = digests({"account": complaint.account})
    same = Complaint.objects.get(pk=complaint.pk)
    actions.edit(act(mei), complaint, changes={"account": "小梅的话"}, was=was)

    with pytest.raises(Overtaken) as refusal:
        actions.edit(act(ping), same, changes={"account": "阿平的话"}, was=was)

    assert refusal.value.field == "account"
    assert Complaint.objects.get().account == "小梅的话"


def test_a_complaint_begun_as_a_draft_says_what_it_lacks(riverside, counter, mei, act):
    draft = actions.take_down(act(mei), riverside, owner=mei, desk=counter, feeling="很生气")

    assert [thing.field for thing in gates.to_accept(draft)] == ["unit", "category", "account", "claims", "phone"]
    assert not draft.clocks.exists()


def test_sent_twice_it_is_one_complaint(riverside, counter, mei, act, skincare):
    told = {"shop": skincare, **TOLD}
    first = actions.receive(act(mei, once="k1"), riverside, owner=mei, desk=counter, **told)

    second = actions.receive(act(mei, once="k1"), riverside, owner=mei, desk=counter, **told)

    assert first == second
    assert Complaint.objects.count() == 1


def test_somebody_without_the_right_cannot_take_one_down(riverside, counter, act):
    stranger = _hire("3001", "某人", riverside, "bagkeeper")
    from sisheng.ground.refusals import NotAllowed

    with pytest.raises(NotAllowed):
        actions.take_down(act(stranger), riverside, owner=None, desk=counter, feeling="…")
