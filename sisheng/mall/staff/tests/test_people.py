"""Supervisors look after the people of the mall: who is there, who is trained, who stands in for whom."""

from __future__ import annotations

from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse

from conftest import SHANGHAI, Browser
from sisheng.desk.followups.actions.calling import is_trained
from sisheng.ground.events.models import Event
from sisheng.ground.refusals import NotAllowed, Unusable
from sisheng.mall.staff import actions
from sisheng.mall.staff.models import Staff, StandIn, answered_for_by, standing_in_for


@pytest.fixture
def browser_of(monkeypatch, now):
    monkeypatch.setattr("sisheng.mall.staff.middleware.timezone", SimpleNamespace(now=lambda: now))

    def open_for(person, language="en"):
        browser = Browser(headers={"Accept-Language": language})
        browser.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return browser

    return open_for


def page(name="people", *args):
    return reverse(f"staff:{name}", args=["riverside", *args])


def day(month, number, hour=0):
    return datetime(2026, month, number, hour, tzinfo=SHANGHAI)


def again(person):
    return Staff.objects.get(pk=person.pk)


# Skills


@pytest.mark.rule("FUP-05")
def test_who_was_trained_may_call_customers_and_who_is_not_any_more_may_not(act, supervisor, mei, riverside):
    assert not is_trained(mei, riverside)

    actions.give_skill(act(supervisor), riverside, person=mei, skill="followup")
    assert is_trained(again(mei), riverside)

    actions.take_skill(act(supervisor), riverside, person=again(mei), skill="followup")
    assert not is_trained(again(mei), riverside)
    told = Event.objects.filter(topic=mei.actor_key, kind__startswith="staff.skill").order_by("pk")
    assert [event.sentence() for event in told] == ["May do now: follow-up calls", "May no longer do: follow-up calls"]


def test_what_else_somebody_has_learnt_stays(act, supervisor, mei, riverside):
    mei.skills = "firstaid followup"
    mei.save()

    actions.take_skill(act(supervisor), riverside, person=mei, skill="followup")

    assert again(mei).skills == "firstaid"


def test_a_skill_given_twice_is_told_once(act, supervisor, mei, riverside):
    for _time in range(2):
        actions.give_skill(act(supervisor), riverside, person=again(mei), skill="followup")

    assert again(mei).skills == "followup"
    assert Event.objects.filter(kind="staff.skill_given").count() == 1


def test_a_lead_does_not_say_who_is_trained(act, lead, mei, riverside):
    with pytest.raises(NotAllowed):
        actions.give_skill(act(lead), riverside, person=mei, skill="followup")


def test_nobody_is_trained_for_what_there_is_not_or_where_they_do_not_work(act, supervisor, mei, lin, riverside):
    with pytest.raises(Unusable, match="no such skill"):
        actions.give_skill(act(supervisor), riverside, person=mei, skill="flying")
    with pytest.raises(Unusable, match="no post in this mall"):
        actions.give_skill(act(supervisor), riverside, person=lin, skill="followup")


# Standing in


def test_the_days_of_a_stand_in_are_whole_and_include_the_last(browser_of, supervisor, lead, ping, riverside):
    wish = {"absent": lead.pk, "present": ping.pk, "from_at": "2026-11-24", "until_at": "2026-11-26", "decides": "on"}

    answer = browser_of(supervisor).post(page("stand-in"), wish)

    assert answer.status_code == 302
    assert standing_in_for(riverside, lead, day(11, 23, 23)) == lead
    assert standing_in_for(riverside, lead, day(11, 24)) == ping
    assert standing_in_for(riverside, lead, day(11, 26, 23)) == ping
    assert standing_in_for(riverside, lead, day(11, 27)) == lead
    assert answered_for_by(riverside, ping, day(11, 25)) == [lead]


def test_without_the_tick_the_alarms_follow_and_the_authority_does_not(browser_of, supervisor, lead, ping, riverside):
    wish = {"absent": lead.pk, "present": ping.pk, "from_at": "2026-11-24", "until_at": "2026-11-24"}

    browser_of(supervisor).post(page("stand-in"), wish)

    assert standing_in_for(riverside, lead, day(11, 24, 12)) == ping
    assert answered_for_by(riverside, ping, day(11, 24, 12)) == []


def test_a_lead_cannot_let_others_decide_in_the_name_of_the_manager(browser_of, lead, boss, ping):
    wish = {"absent": boss.pk, "present": ping.pk, "from_at": "2026-11-24", "until_at": "2026-11-24", "decides": "on"}

    answer = browser_of(lead).post(page("stand-in"), wish)

    assert answer.status_code == 422
    assert "somebody who may do as much, can let another decide" in answer.text
    assert not StandIn.objects.exists()


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [
        ("2026-11-22", "2026-11-24", "This day is over."),
        ("2026-11-24", "2026-11-23", "The end must come after the beginning."),
        ("2026-11-24", "2027-01-25", "longer than two months"),
        ("2026-11-24", "9999-12-31", "something wrong with the year"),
    ],
)
def test_days_that_cannot_be_are_said_at_the_form(browser_of, supervisor, lead, ping, first, last, sentence):
    wish = {"absent": lead.pk, "present": ping.pk, "from_at": first, "until_at": last}

    answer = browser_of(supervisor).post(page("stand-in"), wish)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert not StandIn.objects.exists()


@pytest.mark.parametrize("begins_in", [timedelta(hours=-1), timedelta(days=2)])
def test_who_is_back_early_answers_for_themselves(act, supervisor, lead, ping, riverside, now, begins_in):
    begins, ends = now + begins_in, now + timedelta(days=5)
    cover = actions.stand_in(act(lead), riverside, absent=lead, present=ping, from_at=begins, until_at=ends)

    actions.end_stand_in(act(supervisor), cover)

    assert standing_in_for(riverside, lead, now) == lead
    assert standing_in_for(riverside, lead, now + timedelta(days=3)) == lead
    assert answered_for_by(riverside, ping, now + timedelta(days=3)) == []


# The page


def test_the_page_says_who_is_where_with_which_post(browser_of, on_duty, supervisor, mei, lin, counter):
    on_duty(mei, counter)

    shown = browser_of(supervisor).get(page()).text

    row = shown.partition(f'id="staff-{mei.code}"')[2].partition("</tr>")[0]
    assert "agent" in row
    assert "Main desk" in row
    assert f'id="staff-{lin.code}"' not in shown  # she works at the other mall


def test_a_lead_sees_the_skills_and_has_no_switch(browser_of, lead, mei):
    mei.skills = "followup"
    mei.save()

    shown = browser_of(lead).get(page()).text

    assert "follow-up calls" in shown
    assert 'role="switch"' not in shown


@pytest.mark.parametrize(("language", "role"), [("zh-hans", "组长"), ("en", "lead")])
def test_the_menu_under_ones_name_says_which_post_one_has(browser_of, lead, language, role):
    shown = browser_of(lead, language).get(page()).text

    assert f'<div class="meta">{role}</div>' in shown.partition('class="menu-head"')[2].partition("</form>")[0]
