"""Whom a complaint is about, and what follows when that was taken down wrongly, or turns out later."""

from __future__ import annotations

import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from sisheng.cases.models import Alert, Case
from sisheng.cases.ringing import sweep
from sisheng.desk.complaints import actions
from sisheng.desk.complaints.editing import digests
from sisheng.desk.complaints.models import Complaint
from sisheng.ground.refusals import NotAllowed, OutOfTurn, Unusable
from sisheng.kit.evidence.actions import ask_statement


@pytest.fixture
def correct(act, mei):
    """Mei corrects facts, as they stand on her screen."""

    def correct(complaint, *, by=None, **changes):
        was = digests({name: getattr(complaint, name) for name in changes})
        return actions.edit(act(by or mei), complaint, changes=changes, was=was)

    return correct


def told(complaint, verb):
    return complaint.timeline().filter(kind=f"complaint.{verb}")


def test_the_wrong_shop_is_corrected_and_the_story_says_from_which_to_which(receive, correct, luggage):
    complaint = receive()

    correct(complaint, shop=luggage)

    complaint = Complaint.objects.get()
    assert (complaint.shop, complaint.against) == (luggage, "shop")
    assert complaint.subject.startswith("行远箱包 ")
    assert told(complaint, "redirected").get().sentence() == ("About 行远箱包 L2-C02, no longer about 盐花护肤 L1-A06")
    assert not told(complaint, "corrected").exists()


def test_what_the_wrong_shop_was_asked_stays_its_own(receive, correct, act, mei, skincare, luggage):
    complaint = receive()
    statement = ask_statement(act(mei), complaint, skincare, question="标价为何没换？")

    correct(complaint, shop=luggage)

    statement.refresh_from_db()
    assert (statement.shop, statement.is_open) == (skincare, True)


@pytest.mark.rule("CMP-23")
def test_the_third_within_a_week_about_the_right_shop_is_graver(receive, correct, luggage):
    for phone in ("15400000002", "15400000003"):
        receive(shop=luggage, phone=phone)
    complaint = receive()
    assert complaint.severity == "S4"

    correct(complaint, shop=luggage)

    assert Complaint.objects.get(pk=complaint.pk).severity == "S2"
    assert told(complaint, "rejudged").get().details["facts"] == ["shop"]


def test_about_something_else_than_a_shop_it_is_about_no_shop(receive, correct):
    complaint = receive()

    correct(complaint, against="facility", against_words="扶梯")

    complaint = Complaint.objects.get()
    assert (complaint.shop, complaint.against, complaint.against_words) == (None, "facility", "扶梯")
    assert told(complaint, "redirected").get().sentence() == "About a facility, no longer about 盐花护肤 L1-A06"


@pytest.mark.parametrize("changes", [{"shop": None}, {"against": "facility"}, {"against": "staff"}])
def test_what_was_accepted_is_always_about_somebody(receive, correct, changes):
    complaint = receive()

    with pytest.raises(Unusable):
        correct(complaint, **changes)

    complaint = Complaint.objects.get()
    assert (complaint.against, complaint.shop is None) == ("shop", False)


@pytest.mark.rule("CMP-30")
def test_corrected_to_the_desk_it_goes_to_a_supervisor(receive, correct, mei, supervisor, counter, on_duty):
    on_duty(supervisor, counter)
    complaint = receive(by=mei)

    correct(complaint, against="desk")

    complaint = Complaint.objects.get()
    assert (complaint.owner, complaint.handler) == (supervisor, supervisor)
    assert told(complaint, "put_into_hands").get().details["to"] == [supervisor.actor_key]


@pytest.mark.rule("CMP-30")
def test_an_agent_does_not_turn_what_is_said_about_us_into_something_else(receive, correct, supervisor, skincare):
    complaint = receive(against="desk", shop=None)

    with pytest.raises(NotAllowed):
        correct(complaint, against="shop", shop=skincare)
    assert Complaint.objects.get().against == "desk"

    correct(Complaint.objects.get(), by=supervisor, against="shop", shop=skincare)
    assert Complaint.objects.get().against == "shop"


# about whom of us it is turns out later


@pytest.mark.rule("CMP-30")
def test_about_whom_it_is_turns_out_later_and_they_have_it_no_longer(
    receive, act, mei, lead, supervisor, boss, counter, on_duty, now
):
    for person in (mei, lead, supervisor, boss):
        on_duty(person, counter)
    complaint = receive(by=mei)
    sweep(now + timedelta(hours=23))

    actions.name_staff(act(supervisor), complaint, who=mei)

    complaint = Complaint.objects.get()
    assert (complaint.about_staff, complaint.against) == (mei, "staff")
    assert (complaint.owner, complaint.handler) == (supervisor, supervisor)
    assert not Case.objects.visible_to(mei).exists()
    assert told(complaint, "staff_named").get().sentence() == "About one of us: 小梅"
    rung_before = set(Alert.objects.values_list("pk", flat=True))
    sweep(now + timedelta(hours=47))
    assert {alert.to for alert in Alert.objects.exclude(pk__in=rung_before)} == {supervisor, boss}


@pytest.mark.rule("CMP-30")
def test_the_supervisor_who_has_it_keeps_it(receive, act, mei, ping, supervisor, boss):
    complaint = receive(by=supervisor, against="desk", shop=None)
    Complaint.objects.filter(pk=complaint.pk).update(owner=supervisor, handler=supervisor)

    actions.name_staff(act(boss), Complaint.objects.get(), who=ping)

    complaint = Complaint.objects.get()
    assert (complaint.handler, complaint.against) == (supervisor, "desk")
    assert not told(complaint, "put_into_hands").exists()


@pytest.mark.rule("CMP-30")
def test_only_a_supervisor_says_so_and_nobody_about_themselves(receive, act, mei, ping, lead, supervisor):
    complaint = receive()

    for person in (mei, lead):
        with pytest.raises(NotAllowed, match="Ask a supervisor"):
            actions.name_staff(act(person), complaint, who=ping)
    with pytest.raises(NotAllowed, match="about oneself"):
        actions.name_staff(act(supervisor), complaint, who=supervisor)
    assert Complaint.objects.get().about_staff is None

    actions.name_staff(act(supervisor), complaint, who=ping)
    with pytest.raises(OutOfTurn):
        actions.name_staff(act(supervisor), Complaint.objects.get(), who=ping)


@pytest.mark.rule("CMP-30")
def test_the_calls_about_it_are_hidden_from_them_as_well(make_complaint, act, mei, supervisor):
    from sisheng.desk.followups.actions.planning import plan

    complaint = make_complaint("resolved")
    call = plan(act(supervisor), complaint.mall, customer=complaint.customer, trigger="first", origin=complaint)
    assert Case.objects.visible_to(mei).filter(pk=call.pk).exists()

    actions.name_staff(act(supervisor), complaint, who=mei)

    assert not Case.objects.visible_to(mei).exists()


# its pages


@pytest.fixture
def at_desk(client):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"

    def sit(who):
        client.force_login(who)

        def ask(name, *args, **data):
            address = reverse(f"complaints:{name}", args=["riverside", *args])
            return client.post(address, {"once": uuid.uuid4(), **data}) if data else client.get(address)

        return ask

    return sit


def as_it_stands(page):
    """What a browser sends back of the form of facts when nothing was typed."""
    form = page.context["form"]
    told = {name: form[name].value() for name in form.fields if form[name].value() is not False}
    told = {name: "" if value is None else value for name, value in told.items()}
    return {**told, "was": page.context["was"]}


def test_the_form_of_facts_has_the_shop_and_changes_nothing_that_was_not_touched(
    receive, at_desk, mei, skincare, luggage
):
    complaint = receive(amount=Decimal(88))
    desk = at_desk(mei)
    sent = as_it_stands(desk("facts", complaint.number))
    assert (sent["unit"], sent["against"]) == ("L1-A06", "shop")

    desk("facts", complaint.number, **sent)
    assert not told(complaint, "redirected").exists()
    assert not told(complaint, "corrected").exists()

    desk("facts", complaint.number, **{**sent, "unit": "L2-C02"})
    assert Complaint.objects.get().shop == luggage


def test_a_shop_that_was_emptied_is_asked_for(receive, at_desk, mei, skincare):
    complaint = receive()
    desk = at_desk(mei)
    sent = as_it_stands(desk("facts", complaint.number))

    response = desk("facts", complaint.number, **{**sent, "unit": ""})

    assert response.status_code == 422
    assert "Still missing: which shop." in response.content.decode()
    assert Complaint.objects.get().shop == skincare


def test_when_it_happened_is_not_said_until_somebody_says_it(receive, at_desk, mei):
    complaint = receive()
    desk = at_desk(mei)
    assert complaint.happened_on is None
    assert "not said" in desk("detail", complaint.number).content.decode()
    sent = as_it_stands(desk("facts", complaint.number))

    desk("facts", complaint.number, **{**sent, "happened_on": "2026-01-05T14:30"})

    assert f"{Complaint.objects.get().happened_on:%Y-%m-%d %H:%M}" == "2026-01-05 06:30"


def test_a_supervisor_names_a_colleague_from_the_record(receive, at_desk, mei, ping, supervisor):
    complaint = receive(by=mei)
    assert at_desk(mei)("step", complaint.number, "name_staff").status_code == 403
    desk = at_desk(supervisor)

    response = desk("step", complaint.number, "name_staff", who="1002")

    assert response.status_code == 302
    assert Complaint.objects.get().about_staff == ping
    assert at_desk(ping)("detail", complaint.number).status_code == 404
