"""Insults are met with patience, and nobody has to bear them alone (CMP-26)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sisheng.desk.complaints import actions, scripts
from sisheng.desk.complaints.models import Protection
from sisheng.ground.events.models import Event, EventDetail
from sisheng.ground.events.reactions import run_reactions
from sisheng.ground.refusals import NotAllowed, OutOfTurn, Unusable
from sisheng.kit.messages.models import Notice
from sisheng.mall.staff.actions import name_duty_manager

WORDS = "骂了十分钟，把笔摔在台上。"


@pytest.fixture
def complaint(act, mei, riverside, luggage):
    told = {"category": "price.price_tag", "account": "多收十元", "claims": ["explanation"], "phone": "15400000002"}
    return actions.receive(act(mei), riverside, owner=mei, shop=luggage, **told)


def page_of(client, who, complaint, step=""):
    client.force_login(who)
    client.cookies["language"] = "en"
    return client.get(complaint.get_absolute_url() + step).text


@pytest.mark.rule("CMP-26")
def test_what_somebody_had_to_bear_is_read_by_them_and_by_leads_alone(act, client, mei, ping, lead, complaint):
    actions.protect(act(mei), complaint, words=WORDS, who="高个子男士")

    assert WORDS in page_of(client, mei, complaint)
    assert WORDS in page_of(client, lead, complaint)
    assert "高个子男士" in page_of(client, lead, complaint)
    seen_by_ping = page_of(client, ping, complaint)
    assert WORDS not in seen_by_ping
    assert "高个子男士" not in seen_by_ping


@pytest.mark.rule("CMP-26")
def test_the_calm_sentence_stands_there_while_one_writes(client, mei, complaint):
    assert str(scripts.FOR_THE_ABUSIVE) in page_of(client, mei, complaint, "protect/")


@pytest.mark.rule("CMP-26")
def test_a_threat_brings_the_duty_manager(act, mei, boss, riverside, complaint, now):
    name_duty_manager(act(boss), riverside, on=now.date(), person=boss)

    actions.protect(act(mei), complaint, words=WORDS, is_threat=True)

    run_reactions(now + timedelta(seconds=5))
    assert [(notice.kind, notice.to) for notice in Notice.objects.all()] == [("complaint.threatened", boss)]


def test_insults_alone_ring_nobody(act, mei, boss, riverside, complaint, now):
    name_duty_manager(act(boss), riverside, on=now.date(), person=boss)

    actions.protect(act(mei), complaint, words=WORDS)

    run_reactions(now + timedelta(seconds=5))
    assert Notice.objects.count() == 0


def test_the_complaint_goes_on_and_its_story_repeats_no_insult(act, mei, complaint):
    actions.protect(act(mei), complaint, words=WORDS, is_threat=True)

    complaint.refresh_from_db()
    assert complaint.status == "accepted"
    told = Event.objects.filter(kind__in=("complaint.protected", "complaint.threatened"))
    assert told.count() == 2
    assert not EventDetail.objects.filter(event__in=told).exists()
    assert all(WORDS not in str(event.details) for event in told)


def test_a_note_says_what_happened_in_a_complaint_that_is_not_over(act, mei, lin, complaint):
    with pytest.raises(Unusable):
        actions.protect(act(mei), complaint, words="  ")
    with pytest.raises(NotAllowed):
        actions.protect(act(lin), complaint, words=WORDS)
    actions.withdraw(act(mei), complaint, reason="顾客说不用了")
    with pytest.raises(OutOfTurn):
        actions.protect(act(mei), complaint, words=WORDS)
    assert Protection.objects.count() == 0


def test_sent_twice_it_is_noted_once(act, mei, complaint):
    for _turn in range(2):
        actions.protect(act(mei, once="k1"), complaint, words=WORDS)

    assert Protection.objects.count() == 1
