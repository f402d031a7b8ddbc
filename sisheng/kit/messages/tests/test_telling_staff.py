"""People of the desk are told what concerns them, and nothing about a case that they may not see."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import translation

from conftest import _hire
from sisheng.cases.actions import assign
from sisheng.cases.models import Case
from sisheng.ground.act import SYSTEM, Act
from sisheng.ground.events.models import Event
from sisheng.ground.events.reactions import run_reactions
from sisheng.kit.approvals import actions as approvals
from sisheng.kit.messages.actions import see, tell_staff
from sisheng.kit.messages.models import Notice
from sisheng.kit.messages.reactions import notify
from sisheng.mall.staff.models import Post, Staff


@pytest.fixture
def client(client):
    client.cookies["language"] = "en"
    return client


def told_to(person):
    return list(Notice.objects.for_reading(person).unseen())


def panel(client, person, name="notices", htmx=True):
    client.force_login(person)
    return client.get(reverse(f"messages:{name}", args=["riverside"]), headers={"HX-Request": "true"} if htmx else {})


def test_each_is_told_once_and_everybody_hears_that_something_is_new(act, mei, ping, riverside, case):
    tell_staff(act(mei), riverside, to=[ping, ping], kind="message.failed", case=case)

    assert [notice.case_id for notice in told_to(ping)] == [case.pk]
    assert told_to(mei) == []
    assert Event.objects.get(kind="notice.given").details["people"] == [ping.actor_key]


def test_a_notice_is_read_in_the_language_of_the_reader(act, mei, ping, riverside, case):
    tell_staff(act(mei), riverside, to=[ping], kind="event.erased", case=case, count=3)

    assert told_to(ping)[0].sentence == "Personal details were erased from 3 entries."
    with translation.override("zh-hans"):
        assert "3" in told_to(ping)[0].sentence
        assert "个" in told_to(ping)[0].sentence


@pytest.mark.rule("CMP-30", "PRV-01")
def test_nobody_is_told_about_a_case_that_they_may_not_see(act, mei, ping, lin, bagkeeper, riverside, case):
    Case.objects.filter(pk=case.pk).update(about_staff=ping)

    tell_staff(act(mei), riverside, to=[ping, lin, bagkeeper], kind="message.failed", case=case)

    assert Notice.objects.count() == 0
    assert not Event.objects.filter(kind="notice.given").exists()


@pytest.mark.rule("CMP-30", "PRV-01")
def test_a_notice_disappears_when_its_case_may_no_longer_be_seen(client, act, mei, ping, riverside, case):
    (notice,) = tell_staff(act(mei), riverside, to=[ping], kind="message.failed", case=case)
    assert case.number in panel(client, ping).content.decode()

    Case.objects.filter(pk=case.pk).update(about_staff=ping)

    assert told_to(ping) == []
    assert case.number not in panel(client, ping).content.decode()
    assert 'data-count="0"' in panel(client, ping, "count").content.decode()
    assert client.post(reverse("messages:open", args=["riverside", notice.pk])).status_code == 404


def test_whoever_is_named_by_an_event_is_told_but_not_who_did_it(act, mei, ping, lead, riverside, case):
    event = Event.record(
        "case.assigned", case.topic, act(lead), mall_id=riverside.pk, to=[mei.actor_key, lead.actor_key, "system"]
    )

    notify(event)

    assert [notice.sentence for notice in told_to(mei)] == ["Given to you"]
    assert told_to(lead) == []


def test_an_event_that_names_nobody_tells_nobody(act, lead, riverside, case):
    notify(Event.record("case.noted", case.topic, act(lead), mall_id=riverside.pk))

    assert Notice.objects.count() == 0


def test_whoever_is_given_a_case_hears_of_it(act, lead, ping, case, now):
    assign(act(lead), case, to=ping)
    run_reactions(now)

    assert [(notice.case_id, notice.sentence) for notice in told_to(ping)] == [(case.pk, "Given to you")]


def test_whoever_is_to_decide_hears_of_it_and_whoever_asked_hears_the_answer(
    act, mei, lead, counter, on_duty, case, now
):
    on_duty(lead, counter)
    approval = approvals.ask(act(mei), case, ref="exception:1", title="破例", amount=Decimal(640))
    run_reactions(now)
    assert [notice.sentence for notice in told_to(lead)] == [f"Your approval is asked for: {approval.number}"]

    approvals.decide(act(lead), approval, yes=False, words="先问店铺")
    run_reactions(now)

    assert [notice.sentence for notice in told_to(mei)] == [f"Declined: {approval.number}"]


def test_who_has_left_is_not_told(act, lead, ping, riverside, case):
    Staff.objects.filter(pk=ping.pk).update(is_active=False)

    notify(Event.record("case.assigned", case.topic, act(lead), mall_id=riverside.pk, to=ping.actor_key))

    assert Notice.objects.count() == 0


# On the screen


def test_the_number_in_the_top_bar_is_ones_own(client, act, mei, ping, riverside, case):
    tell_staff(act(mei), riverside, to=[ping], kind="message.failed", case=case)
    tell_staff(Act(by=SYSTEM, at=act(mei).at), riverside, to=[ping], kind="notice.given")

    assert 'data-count="2"' in panel(client, ping, "count").content.decode()
    assert 'data-count="0"' in panel(client, mei, "count").content.decode()


def test_opening_a_notice_leads_to_its_case_and_it_is_read(client, act, mei, ping, riverside, case):
    (notice,) = tell_staff(act(mei), riverside, to=[ping], kind="message.failed", case=case)
    assert f"Open {case.number}" in panel(client, ping).content.decode()

    response = client.post(reverse("messages:open", args=["riverside", notice.pk]))

    assert response["Location"] == case.get_absolute_url()
    assert told_to(ping) == []


def test_nobody_opens_the_notice_of_somebody_else(client, act, mei, ping, riverside, case):
    (notice,) = tell_staff(act(mei), riverside, to=[ping], kind="message.failed", case=case)
    client.force_login(mei)

    assert client.post(reverse("messages:open", args=["riverside", notice.pk])).status_code == 404
    assert told_to(ping) == [notice]


def test_all_can_be_read_at_once_and_only_ones_own(act, mei, ping, riverside, case):
    tell_staff(act(mei), riverside, to=[mei, ping], kind="message.failed", case=case)

    assert see(act(ping), riverside, who=ping) == 1
    assert see(act(ping), riverside, who=ping) == 0

    assert told_to(ping) == []
    assert len(told_to(mei)) == 1


def test_notices_of_another_mall_are_read_there(client, act, mei, ping, northgate, riverside, case):
    Post.objects.create(mall=northgate, staff=ping, role="agent")
    tell_staff(act(mei), riverside, to=[ping], kind="message.failed", case=case)
    client.force_login(ping)

    elsewhere = client.get(reverse("messages:count", args=["northgate"])).content.decode()

    assert 'data-count="0"' in elsewhere


def test_the_panel_shows_what_is_new_and_the_page_what_was(client, act, mei, ping, riverside, case):
    tell_staff(act(mei), riverside, to=[ping], kind="message.failed", case=case)
    see(act(ping), riverside, who=ping)

    assert case.number not in panel(client, ping).content.decode()
    assert case.number in panel(client, ping, htmx=False).content.decode()


# The panel of a case


@pytest.mark.rule("CTR-35")
def test_the_panel_of_a_case_shows_what_was_sent_and_where_to_but_masked(client, by_sms, mei, case, tell, send):
    tell(text="您的箱子明天到店。")
    send()
    client.force_login(mei)

    page = client.get(reverse("messages:of-case", args=["riverside", case.number])).content.decode()

    assert "您的箱子明天到店。" in page
    assert "154****0001" in page
    assert "15400000001" not in page
    assert "王先生" not in page


def test_from_the_panel_a_message_is_taken_back_or_told(client, mei, case, tell):
    waiting, slip = tell("a"), tell("b")
    client.force_login(mei)

    client.post(reverse("messages:cancel", args=["riverside", waiting.pk]))
    part = client.post(reverse("messages:told", args=["riverside", slip.pk]), headers={"HX-Request": "true"})

    waiting.refresh_from_db()
    slip.refresh_from_db()
    assert (waiting.state, slip.state) == ("cancelled", "told")
    assert 'id="messages-of-case"' in part.content.decode()


def test_who_may_only_read_cases_has_no_buttons(client, riverside, case, tell):
    message = tell()
    reader = _hire("3001", "质检", riverside, "qa")
    client.force_login(reader)

    page = client.get(reverse("messages:of-case", args=["riverside", case.number])).content.decode()

    assert "Told the customer" not in page
    assert client.post(reverse("messages:told", args=["riverside", message.pk])).status_code == 403


@pytest.mark.rule("CMP-30")
def test_the_messages_of_a_case_about_oneself_are_not_there(client, mei, case, tell):
    tell()
    Case.objects.filter(pk=case.pk).update(about_staff=mei)
    client.force_login(mei)

    assert client.get(reverse("messages:of-case", args=["riverside", case.number])).status_code == 404
