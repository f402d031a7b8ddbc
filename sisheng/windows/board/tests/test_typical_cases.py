"""The typical cases of a week: any contact and any case can be one, and a quiet week is no failing."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from sisheng.desk.complaints import actions as complaints
from sisheng.desk.contacts import actions as contacts
from sisheng.ground.events.models import Event
from sisheng.ground.refusals import OutOfTurn
from sisheng.windows.board.typical import digest


@pytest.fixture
def log(act, mei, riverside, counter):
    def log(words="问停车费", at=None):
        return contacts.log(
            act(mei, at=at), riverside, agent=mei, desk=counter, need="1", outcome="answered", words=words
        )

    return log


@pytest.fixture
def complain(act, mei, riverside, counter, luggage):
    def complain(at=None, **told):
        told = {"category": "price.price_tag", "account": "多收十元", "claims": ["explanation"],
                "anonymous_label": "蓝衣先生", "shop": luggage, **told}  # fmt: skip
        return complaints.receive(act(mei, at=at), riverside, owner=mei, desk=counter, **told)

    return complain


@pytest.fixture
def week(riverside, boss, now):
    return lambda day=None: digest(riverside, boss, riverside.today(day or now), now)


@pytest.mark.rule("CMP-34", "CTR-34")
def test_a_contact_and_a_complaint_that_were_marked_stand_in_the_digest_of_their_week(log, complain, week, act, mei):
    contact, complaint = log(), complain()
    log(), complain()
    contacts.mark_typical(act(mei), contact, is_typical=True)
    complaints.mark_typical(act(mei), complaint, is_typical=True)

    found = week()

    assert [one.number for one in found.cases] == [complaint.number]
    assert found.contacts == [contact]
    assert (found.count, found.wanted, found.came) == (2, 5, 4)


@pytest.mark.rule("CTR-34")
def test_when_fewer_came_than_are_wanted_that_is_said_and_nothing_is_missing(log, week, act, mei):
    contacts.mark_typical(act(mei), log(), is_typical=True)

    assert week().too_few_came
    assert week().missing == 0


@pytest.mark.rule("RPT-07")
def test_in_a_busy_week_it_says_how_many_are_still_to_be_marked(log, week, act, mei):
    for _time in range(6):
        marked = log()
    contacts.mark_typical(act(mei), marked, is_typical=True)

    assert not week().too_few_came
    assert week().missing == 4


def test_a_week_runs_from_monday_to_sunday_of_the_mall(log, week, act, mei, now):
    sunday_night = now - timedelta(hours=10, seconds=1)
    before, monday = log(at=sunday_night), log(at=now)
    for contact in (before, monday):
        contacts.mark_typical(act(mei), contact, is_typical=True)

    assert week().contacts == [monday]
    assert week(sunday_night).contacts == [before]


def test_a_mark_is_told_once_and_can_be_taken_back(log, act, mei, week):
    contact = log()

    contacts.mark_typical(act(mei), contact, is_typical=True)
    contacts.mark_typical(act(mei), contact, is_typical=True)
    contacts.mark_typical(act(mei), contact, is_typical=False)

    assert week().count == 0
    kinds = [event.kind for event in Event.objects.about(contact.mall_id, contact.topic)]
    assert kinds[-2:] == ["contact.marked_typical", "contact.unmarked_typical"]


def test_what_was_undone_is_no_typical_case(log, act, mei):
    contact = log()
    contacts.undo(act(mei), contact)

    with pytest.raises(OutOfTurn):
        contacts.mark_typical(act(mei), contact, is_typical=True)


@pytest.mark.rule("CMP-30")
def test_nobody_reads_a_complaint_about_themselves_there(complain, act, mei, ping, riverside, now):
    complaint = complain(against="staff", about_staff=ping, shop=None)
    complaints.mark_typical(act(mei), complaint, is_typical=True)

    assert digest(riverside, ping, riverside.today(now), now).cases == []
    assert len(digest(riverside, mei, riverside.today(now), now).cases) == 1


def test_the_page_shows_what_happened_and_leads_to_the_week_before(client, boss, complain, act, mei):
    complaint = complain(at=timezone.now())
    complaints.mark_typical(act(mei, at=timezone.now()), complaint, is_typical=True)
    client.force_login(boss)

    page = client.get(reverse("board:typical", args=["riverside"]), headers={"Accept-Language": "en"}).content.decode()
    odd = client.get(reverse("board:typical", args=["riverside"]), {"week": "2026-13-99"})

    assert complaint.number in page
    assert "多收十元" in page
    assert "Only 1 came in that week; fewer are enough." in page
    assert "?week=" in page
    assert odd.status_code == 200


def test_a_contact_is_marked_on_its_page(client, mei, log):
    contact = log()
    client.force_login(mei)

    client.post(reverse("contacts:typical", args=["riverside", contact.number]), {"once": uuid.uuid4(), "mark": "yes"})

    contact.refresh_from_db()
    assert contact.is_typical
