"""A call back is promised when the inquiry begins, and not a moment before."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.urls import reverse

from sisheng.desk.contacts import actions
from sisheng.desk.contacts.models import Contact, Outcome
from sisheng.desk.inquiries import actions as inquiries
from sisheng.desk.inquiries.models import Inquiry
from sisheng.desk.knowledge.models import Asking, Gap
from sisheng.ground.events.models import Delivery
from sisheng.ground.events.reactions import run_reactions
from sisheng.ground.refusals import OutOfTurn, Unusable

QUESTION = "丝绸沾了酱油怎么洗"


@pytest.fixture
def log(act, mei, riverside, counter):
    def log(*, at=None, **told):
        told = {"need": "4", "outcome": "unanswered", "words": QUESTION, **told}
        return actions.log(act(mei, at=at), riverside, agent=mei, desk=counter, **told)

    return log


@pytest.fixture
def promise(act, mei, riverside):
    def promise(contact, *, at=None):
        told = {"question": QUESTION, "handler": mei, "anonymous_label": "蓝衣先生"}
        return inquiries.begin(act(mei, at=at), riverside, contact_number=contact.number, **told)

    return promise


@pytest.mark.rule("INQ-08")
def test_a_contact_says_promised_only_once_the_inquiry_is_there(log, promise, now):
    contact = log()
    run_reactions(now)
    contact.refresh_from_db()
    before = contact.outcome

    inquiry = promise(contact)
    run_reactions(now)
    contact.refresh_from_db()

    assert before == Outcome.UNANSWERED
    assert (contact.outcome, contact.case_id) == (Outcome.INQUIRY, inquiry.pk)


def test_a_promise_cannot_be_logged_by_itself(log):
    with pytest.raises(Unusable, match="on its own form"):
        log(outcome="inquiry")

    assert not Contact.objects.exists()


def test_the_database_knows_no_promise_without_an_inquiry(log):
    contact = log()

    with pytest.raises(IntegrityError):
        Contact.objects.filter(pk=contact.pk).update(outcome=Outcome.INQUIRY)


def test_what_became_a_promise_cannot_be_undone(act, log, promise, mei, now):
    contact = log()
    promise(contact)
    run_reactions(now)
    contact.refresh_from_db()

    with pytest.raises(OutOfTurn):
        actions.undo(act(mei, at=now + timedelta(seconds=3)), contact)


def test_an_undone_contact_stays_undone_and_the_promise_stands_by_itself(act, log, promise, mei, now):
    contact = log()
    actions.undo(act(mei, at=now + timedelta(seconds=3)), contact)
    promise(contact)
    run_reactions(now)
    contact.refresh_from_db()

    assert (contact.undone_at is None, contact.case, contact.outcome) == (False, None, Outcome.UNANSWERED)
    assert Inquiry.objects.get().is_open


# The way from one page to the other


@pytest.fixture
def desk(client, mei, counter, on_duty):
    on_duty(mei, counter)
    client.force_login(mei)
    return client


def test_the_words_of_a_customer_go_on_to_the_promise_in_the_body(desk, log, riverside):
    contact = log(channel="phone")
    page = desk.get(reverse("contacts:detail", args=[riverside.slug, contact.number])).content.decode()
    action = next(part.split('"')[0] for part in page.split('action="') if "/inquiries/new/with/?" in part)

    form = desk.post(action.replace("&amp;", "&"), {"words": QUESTION}).context["form"]

    assert QUESTION not in action
    assert (form["question"].value(), form["contact"].value()) == (QUESTION, contact.number)
    assert form["channel"].value() == "phone"
    assert not Inquiry.objects.exists()


def test_reloading_that_page_leads_to_the_form_without_the_words(desk, riverside):
    answer = desk.get(reverse("inquiries:begin-with", args=[riverside.slug]), {"contact": "JD-261123-0001"})

    assert answer.status_code == 302
    assert answer.url == f"{reverse('inquiries:begin', args=[riverside.slug])}?contact=JD-261123-0001"


def test_words_in_an_address_are_not_listened_to(desk, riverside):
    answer = desk.get(reverse("inquiries:begin", args=[riverside.slug]), {"words": QUESTION})

    assert QUESTION not in answer.content.decode()


def test_the_form_of_a_channel_leads_on_to_the_promise(desk, riverside):
    told = {"need": "4", "channel": "phone", "matter": QUESTION, "promise": "yes"}
    answer = desk.post(reverse("contacts:new", args=[riverside.slug]), told)

    assert answer.url == reverse("contacts:detail", args=[riverside.slug, Contact.objects.get().number])


def test_nobody_chooses_promised_from_a_list(desk, riverside):
    told = {"need": "4", "channel": "phone", "matter": QUESTION, "outcome": "inquiry"}
    answer = desk.post(reverse("contacts:new", args=[riverside.slug]), told)

    assert answer.status_code == 422
    assert "outcome" in answer.context["form"].errors


# What an undone contact leaves behind


def _asked():
    return list(Gap.objects.values_list("words", "asked"))


def _undo(act, mei, contact):
    actions.undo(act(mei, at=contact.at + timedelta(seconds=3)), contact)


@pytest.mark.rule("KNW-04")
def test_an_undone_question_no_longer_counts_as_a_gap(act, log, mei, now):
    log()
    slip = log()
    run_reactions(now)
    _undo(act, mei, slip)
    run_reactions(now)

    assert _asked() == [(QUESTION, 1)]


def test_a_question_that_was_undone_before_anybody_counted_it_is_never_counted(act, log, mei, now):
    slip = log()
    _undo(act, mei, slip)
    gap_first = Delivery.objects.get(event__kind="contact.unanswered")
    Delivery.objects.filter(pk=gap_first.pk).update(next_try=now + timedelta(minutes=1))
    run_reactions(now)
    run_reactions(now + timedelta(minutes=2))

    assert not Delivery.objects.filter(handled_at=None).exists()
    assert _asked() == [(QUESTION, 0)]


def test_what_nobody_asked_any_more_is_not_on_the_list(act, desk, log, mei, now, riverside):
    slip = log()
    run_reactions(now)
    _undo(act, mei, slip)
    run_reactions(now)

    assert QUESTION not in desk.get(reverse("knowledge:gaps", args=[riverside.slug])).content.decode()


def test_undoing_what_was_answered_leaves_the_gaps_alone(act, log, mei, now):
    log()
    slip = log(outcome="answered")
    _undo(act, mei, slip)
    run_reactions(now)

    assert _asked() == [(QUESTION, 1)]
    assert Asking.objects.count() == 1


def test_what_was_promised_an_answer_is_no_gap(log, promise, now):
    log()
    promise(log())
    run_reactions(now)

    assert _asked() == [(QUESTION, 1)]
