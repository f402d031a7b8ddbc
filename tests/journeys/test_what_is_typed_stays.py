"""A record changes while somebody writes in it: what changed arrives, and what is being written stays."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from sisheng.cases.actions import add_note
from sisheng.desk.inquiries import actions
from sisheng.ground.act import Act
from tests.journeys.looking import until

HALF = "冷水加中性洗涤剂，"
POKE = "document.querySelector('#inquiry').dispatchEvent(new CustomEvent('poke'))"


@pytest.fixture
def inquiry(transactional_db, riverside, counter, luggage, mei):
    at = timezone.now() - timedelta(minutes=5)
    return actions.begin(
        Act(by=mei, at=at), riverside, question="丝绸沾了酱油怎么洗", handler=mei, shop=luggage, desk=counter,
        anonymous_label="蓝衣先生",
    )  # fmt: skip


@pytest.fixture
def writing(page_for, mei, inquiry):
    """Mei has opened the answer from the record, and has written half of it."""
    page = page_for(mei)
    page.goto(inquiry.get_absolute_url())
    page.click("#inquiry a[href$='/answer/']")
    page.click("#inquiry [name=answer]")
    page.keyboard.insert_text(HALF)
    return page


def _poke(page):
    with page.expect_response(lambda answer: answer.request.headers.get("hx-request") == "true"):
        page.evaluate(POKE)
    page.wait_for_timeout(150)


@pytest.mark.rule("REC-08")
def test_a_colleagues_note_arrives_while_the_answer_is_being_written(writing, ping, inquiry):
    add_note(Act(by=ping, at=timezone.now()), inquiry, text="店里说下午回复")
    _poke(writing)

    until(writing, "document.querySelector('.story').children.length === 2")
    assert writing.input_value("#inquiry [name=answer]") == HALF
    assert writing.evaluate("document.activeElement.name") == "answer"

    writing.keyboard.insert_text("阴干。")
    writing.keyboard.press("Control+Enter")
    until(writing, "!document.querySelector('#inquiry [name=answer]')")
    inquiry.refresh_from_db()
    assert (inquiry.status, inquiry.answer) == ("answer_ready", f"{HALF}阴干。")


def test_half_an_answer_stays_also_when_the_eye_is_elsewhere(writing, ping, inquiry):
    writing.evaluate("document.activeElement.blur()")
    add_note(Act(by=ping, at=timezone.now()), inquiry, text="店里说下午回复")
    _poke(writing)

    assert writing.input_value("#inquiry [name=answer]") == HALF


def test_who_is_overtaken_keeps_the_words_and_is_shown_how_it_stands(writing, ping, inquiry, forgive):
    forgive("status of 409")
    actions.answer(Act(by=ping, at=timezone.now()), inquiry, answer="店里说可以干洗。")
    _poke(writing)
    assert writing.input_value("#inquiry [name=answer]") == HALF

    writing.keyboard.press("Control+Enter")
    writing.wait_for_selector("#inquiry [role=alert]")
    assert writing.input_value("#inquiry [name=answer]") == HALF
    writing.click("#inquiry [role=alert] button >> nth=0")
    until(writing, "document.querySelector('#inquiry').textContent.includes('店里说可以干洗。')")
    until(writing, "document.querySelector('.yours textarea') !== null")
    assert writing.input_value(".yours textarea") == HALF
    assert "你写的内容" in writing.inner_text(".yours")
    _poke(writing)
    assert writing.input_value(".yours textarea") == HALF
    writing.click(".yours button >> nth=1")
    assert writing.locator(".yours").count() == 0


def test_half_an_answer_comes_back_with_the_page(writing, inquiry):
    writing.wait_for_timeout(400)  # a draft is kept at most 300 ms after a key
    writing.reload()
    writing.goto(f"{inquiry.get_absolute_url()}answer/")

    until(writing, f"document.querySelector('#inquiry [name=answer]').value === '{HALF}'")


def test_a_form_is_not_taken_away_by_a_panel_that_comes_without_it(writing, inquiry):
    writing.evaluate(f"document.querySelector('#inquiry').setAttribute('hx-get', '{inquiry.get_absolute_url()}')")
    _poke(writing)

    assert writing.input_value("#inquiry [name=answer]") == HALF
