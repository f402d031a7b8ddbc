"""Improvements are asked for, answered, done, and judged by somebody else."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from sisheng.desk.improvements import actions
from sisheng.desk.improvements.models import Improvement
from sisheng.ground.events.reactions import run_reactions
from sisheng.ground.refusals import NotAllowed, OutOfTurn, Unusable
from sisheng.kit.messages.models import Notice


@pytest.fixture
def react(now):
    def react(minutes=1):
        run_reactions(now + timedelta(minutes=minutes))

    return react


def test_numbers_count_through_the_year_and_begin_again_with_the_next(ask, now):
    first, second = ask(), ask()
    later = now + timedelta(days=60)
    next_year = ask(at=later, due_at=later + timedelta(days=1))

    assert [one.number for one in (first, second, next_year)] == ["GJ-2026-001", "GJ-2026-002", "GJ-2027-001"]


@pytest.mark.rule("TEN-03")
def test_advice_goes_to_a_shop_whose_answer_is_noted(ask, act, mei, luggage):
    improvement = ask(shop=luggage, department="")

    actions.reply(act(mei), improvement, reply="下周起执行")

    improvement.refresh_from_db()
    assert improvement.addressed_to == "行远箱包"
    assert improvement.reply == "下周起执行"
    assert improvement.timeline().last().sentence() == "行远箱包 answers: 下周起执行"


def test_nobody_answers_any_more_when_it_is_over(make, act, mei):
    with pytest.raises(OutOfTurn):
        actions.reply(act(mei), make("dropped"), reply="好")


@pytest.mark.parametrize("missing", ["problem", "measure", "department"])
def test_without_problem_measure_or_addressee_nothing_is_asked_for(ask, missing):
    with pytest.raises(Unusable) as refusal:
        ask(**{missing: " "})

    assert refusal.value.field == missing
    assert not Improvement.objects.exists()


def test_a_date_that_has_passed_is_refused(ask, now):
    with pytest.raises(Unusable):
        ask(due_at=now)


def test_it_is_due_on_the_date_that_was_agreed(ask, now):
    due = now + timedelta(days=9)

    assert ask(due_at=due).clocks.get().due_at == due


@pytest.mark.rule("CMP-18")
@pytest.mark.parametrize("name", ["verify", "fall_short"])
def test_whoever_did_it_does_not_judge_whether_it_helps(make, play, boss, name):
    improvement = make("agreed")
    play(improvement, "finish", by=boss)

    with pytest.raises(NotAllowed, match="somebody else"):
        play(improvement, name, by=boss)

    improvement.refresh_from_db()
    assert improvement.status == "done"


def test_the_database_holds_that_too(make, boss):
    improvement = make("verified")

    with pytest.raises(IntegrityError), transaction.atomic():
        Improvement.objects.filter(pk=improvement.pk).update(done_by=boss.actor_key)


def test_before_and_after_stand_side_by_side_once_it_was_seen(make):
    improvement = make("verified")

    assert (improvement.effect_before, improvement.effect_after) == ("每月 6 起", "每月 1 起")


def test_what_did_not_help_is_tried_otherwise_and_judged_anew(make, play):
    improvement = make("ineffective")

    play(improvement, "try_again")

    improvement.refresh_from_db()
    assert (improvement.measure, improvement.done_by, improvement.verified_by) == ("换成电子价签", "", "")
    assert improvement.effect_after == ""
    assert improvement.clocks.live().get(deadline="improvement.due")


def test_what_became_the_standard_stands_in_the_manual_of_that_quarter(make):
    assert make("standardised").quarter == "2026Q4"


def test_whoever_sees_to_it_is_notified_unless_they_asked_themselves(ask, ping, mei, react):
    ask(owner=ping)
    ask(owner=mei)
    react()

    assert [notice.to for notice in Notice.objects.filter(kind="improvement.begin")] == [ping]


# The pages


@pytest.fixture
def browse(client, boss):
    client.force_login(boss)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"

    def browse(name, *args, **data):
        address = reverse(f"improvements:{name}", args=["riverside", *args])
        return client.post(address, {"once": uuid.uuid4(), **data}) if data else client.get(address)

    return browse


FORM = {
    "problem": "价签没换",
    "measure": "当晚核对",
    "department": "招商部",
    "due_on": "2027-12-10",
    "source": "meeting",
}


def test_what_is_missing_stands_at_its_field_and_nothing_is_lost(browse, riverside):
    response = browse("begin", **{**FORM, "department": ""})

    assert response.status_code == 422
    assert "Say which department or which shop" in response.content.decode()
    assert "当晚核对" in response.content.decode()


@pytest.mark.rule("RPT-10")
def test_an_improvement_names_the_need_that_it_came_from(browse, riverside):
    browse("begin", **FORM, need="同一件商品只有一个价")

    improvement = Improvement.objects.get()
    assert improvement.need == "同一件商品只有一个价"
    assert "同一件商品只有一个价" in browse("detail", improvement.number).content.decode()


def test_a_step_is_taken_on_the_page_and_seen_in_the_story(browse, make):
    improvement = make()

    response = browse("step", improvement.number, "agree", seen="0")

    assert response["Location"] == improvement.get_absolute_url()
    assert "Agreed on" in browse("detail", improvement.number).content.decode()


def test_an_old_screen_is_told_so(browse, make):
    assert browse("step", make().number, "agree", seen="7").status_code == 409


def test_the_list_shows_what_is_under_way_before_what_has_ended(browse, make):
    ended, going = make("dropped"), make("doing")

    page = browse("index").content.decode()

    assert page.index(going.number) < page.index(ended.number)
