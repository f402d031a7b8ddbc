"""The question by link, as the customer meets it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from sisheng.desk.complaints import actions as complaints
from sisheng.desk.followups import actions
from sisheng.desk.followups.actions.surveys import send_due
from sisheng.desk.followups.models import FollowUp, Survey
from sisheng.desk.followups.tests.conftest import at
from sisheng.ground.refusals import NotAllowed, OutOfTurn, Unusable
from sisheng.kit.links.holder import LinkHolder
from sisheng.kit.links.models import OneTimeLink
from sisheng.kit.messages.models import Message
from sisheng.mall.customers.actions import reach_by, withdraw_consent

PUBLIC = "https://help.example.com"


@pytest.fixture(autouse=True)
def _there_is_a_way_to_customers(settings):
    settings.SISHENG_PUBLIC_ORIGIN = PUBLIC
    settings.SISHENG_CHANNELS = {"sms": {"url": "https://sms.example.com", "key": "k" * 32}}


def messages():
    return [message.text for message in Message.objects.filter(key__contains=":survey.").order_by("pk")]


@pytest.fixture
def sent(settle):
    """A survey that was sent a day after the complaint was settled."""
    settle(at(23, 16))
    send_due(at(24, 16))
    return Survey.objects.select_related("mall", "case__mall").get()


@pytest.fixture
def holding(act):
    def holding(survey, **how):
        link = OneTimeLink.objects.unspent().select_related("mall").get(part=survey.number)
        return act(LinkHolder(link), via="link", **{"at": at(24, 18), **how}), link

    return holding


# Sent


@pytest.mark.rule("SAT-02")
def test_a_day_after_it_is_sent_once(settle):
    settle(at(23, 16))

    send_due(at(24, 15, 59))
    assert messages() == []

    send_due(at(24, 16))
    send_due(at(24, 16, 1))
    assert len(messages()) == 1
    assert f"{PUBLIC}/riverside/l/" in messages()[0]
    assert Survey.objects.get().sent_at == at(24, 16)


@pytest.mark.rule("SAT-02")
def test_what_would_come_in_the_quiet_hours_waits_for_the_morning(settle):
    settle(at(23, 21, 30))

    assert Survey.objects.get().send_at == at(25, 9)


@pytest.mark.rule("SAT-02")
def test_whoever_does_not_answer_is_reminded_once_and_then_left_alone(sent):
    send_due(at(26, 15, 59))
    assert len(messages()) == 1

    for day in (26, 27, 28, 29):
        send_due(at(day, 16))
    assert len(messages()) == 2

    sent.refresh_from_db()
    assert (sent.state, sent.reminded_at) == ("sent", at(26, 16))


def test_the_link_of_the_reminder_takes_the_place_of_the_first(sent):
    send_due(at(26, 16))

    assert OneTimeLink.objects.count() == 2
    assert OneTimeLink.objects.usable(at(26, 17)).count() == 1


def test_after_two_weeks_it_is_over(sent, holding):
    act, _link = holding(sent, at=at(24, 16) + timedelta(days=14))
    send_due(at(26, 16))
    send_due(at(24, 16) + timedelta(days=14))

    sent.refresh_from_db()
    assert sent.state == "expired"
    with pytest.raises(OutOfTurn):
        actions.answer(act, sent, csat=5)


@pytest.mark.rule("SAT-02")
def test_whoever_answered_is_not_reminded(sent, holding):
    act, link = holding(sent)
    actions.answer(act, sent, csat=4, link=link)

    send_due(at(26, 16))

    assert len(messages()) == 1


@pytest.mark.parametrize("why", ["no contact", "took back", "prefers the counter", "no public name", "reopened"])
def test_who_cannot_or_does_not_want_to_be_asked_is_not_asked(settle, act, mei, settings, why):
    complaint = settle(at(23, 16), may_contact=why != "no contact")
    if why == "took back":
        withdraw_consent(act(mei, at=at(23, 17)), complaint.customer, purpose="service")
    if why == "prefers the counter":
        reach_by(act(mei, at=at(23, 17)), complaint.customer, prefers="counter")
    if why == "no public name":
        settings.SISHENG_PUBLIC_ORIGIN = ""
    if why == "reopened":
        complaints.reopen(act(mei, at=at(23, 17)), complaint, reason="差价没有到账")

    send_due(at(24, 16))

    assert messages() == []
    assert not Survey.objects.filter(state="sent").exists()


def test_in_the_language_of_the_customer(settle):
    settle(at(23, 16), language="en")
    send_due(at(24, 16))

    assert messages()[0].startswith("How content are you")


# Answered


def test_an_answer_is_counted_once_and_spends_the_link(sent, holding):
    act, link = holding(sent, once="k1")

    actions.answer(act, sent, csat=4, nps=9, ces=6, is_solved=True, words=" 很快 ", link=link)
    actions.answer(act, sent, csat=4, nps=9, ces=6, is_solved=True, words=" 很快 ", link=link)

    sent.refresh_from_db()
    assert (sent.state, sent.csat, sent.nps, sent.ces, sent.is_solved, sent.words) == (
        "answered",
        4,
        9,
        6,
        True,
        "很快",
    )
    link.refresh_from_db()
    assert link.used_at == at(24, 18)
    assert sent.case.timeline().filter(kind="survey.answered").count() == 1


def test_a_second_answer_is_refused(sent, holding):
    act, link = holding(sent)
    actions.answer(act, sent, csat=4, link=link)

    with pytest.raises(OutOfTurn, match="answered already"):
        actions.answer(act, sent, csat=1)
    with pytest.raises(OutOfTurn):
        actions.opt_out(act, sent)


@pytest.mark.parametrize("wrong", [{"csat": 0}, {"csat": 6}, {"csat": 3, "nps": 11}, {"csat": 3, "ces": 0}])
def test_what_lies_outside_of_the_scale_is_refused_by_us_and_by_the_database(sent, holding, wrong):
    act, link = holding(sent)

    with pytest.raises(Unusable):
        actions.answer(act, sent, link=link, **wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Survey.objects.filter(pk=sent.pk).update(state="answered", answered_at=at(24, 18), **wrong)


def test_only_by_a_link_for_it(sent, act, mei):
    with pytest.raises(NotAllowed):
        actions.answer(act(mei, at=at(24, 18)), sent, csat=5)


def test_an_answer_without_a_name_says_nothing_in_the_story_of_the_matter(sent, holding):
    act, link = holding(sent)
    actions.answer(act, sent, csat=1, is_anonymous=True, link=link)

    assert sent.case.timeline().get(kind="survey.answered").details == {"survey": sent.number}


# Left in peace


@pytest.mark.rule("SAT-02")
def test_one_word_stops_the_reminder_the_calls_and_every_later_question(sent, holding, settle):
    act, link = holding(sent)

    actions.opt_out(act, sent, link=link)

    send_due(at(26, 16))
    assert len(messages()) == 1
    assert set(FollowUp.objects.values_list("status", flat=True)) == {"cancelled"}
    settle(at(28, 10))  # another matter of the same person
    assert Survey.objects.count() == 1
    assert FollowUp.objects.filter(closed_at=None).count() == 0


def test_whoever_does_not_want_to_be_asked_is_not_promised_it(sent, holding, settle):
    act, link = holding(sent)
    actions.opt_out(act, sent, link=link)

    settle(at(28, 10), language="en")

    told = Message.objects.filter(purpose="complaint.resolved").latest("pk").text
    assert "within a day" not in told
    assert "If you are not content, please tell us." in told


# The page


def path(text):
    return re.search(rf"{PUBLIC}(/\S+/)", text)[1]


def test_the_page_asks_and_thanks_without_a_script(sent, client, monkeypatch):
    from django.utils import timezone

    monkeypatch.setattr(timezone, "now", lambda: at(24, 18))
    page = path(messages()[0])

    shown = client.get(page)
    assert shown.status_code == 200
    assert "Do not ask me again" in shown.content.decode()
    refused = client.post(page, {"once": "a", "words": "嗯"})
    assert refused.status_code == 422
    thanked = client.post(page, {"once": "b", "csat": "2", "is_solved": "no"})
    assert "open your matter again" in thanked.content.decode()

    sent.refresh_from_db()
    assert (sent.csat, sent.is_solved, sent.nps) == (2, False, None)
    assert client.get(page).status_code == 410


def test_on_the_page_no_is_one_button(sent, client, monkeypatch):
    from django.utils import timezone

    monkeypatch.setattr(timezone, "now", lambda: at(24, 18))

    answer = client.post(path(messages()[0]), {"once": "a", "stop": "yes"})

    assert "We will not ask you again" in answer.content.decode()
    sent.refresh_from_db()
    assert sent.state == "opted_out"
