"""Somebody sits down with the comment book and types it with the keyboard alone; nothing typed is lost on the way."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from sisheng.desk.complaints.models import Complaint
from sisheng.windows.book.models import Line
from tests.journeys.looking import until

PAGE = "/riverside/desk/book/"
WORDS = "店员不理人，叫了三次才过来。"


@pytest.fixture
def sheet(page_for, mei, riverside, counter, luggage):
    page = page_for(mei)
    page.goto(PAGE)
    until(page, "document.readyState === 'complete'")
    return page


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)
        page.wait_for_timeout(70)  # a quick hand, and no scanner


def has_focus(page, name):
    until(page, f"document.activeElement?.name === '{name}'")


@pytest.mark.rule("CMP-28")
def test_a_line_is_typed_without_a_mouse_and_survives_a_fault_and_a_reload(sheet, forgive):
    forgive("status of 422")
    sheet.focus("[name='1-which']")
    press(sheet, *"xyxb")
    until(sheet, "!document.querySelector('#id_1-which-shops').hidden")
    press(sheet, "Enter")
    has_focus(sheet, "1-category")
    press(sheet, "1", "2")
    has_focus(sheet, "1-claim")
    press(sheet, "Enter")
    has_focus(sheet, "1-words")
    sheet.keyboard.insert_text(WORDS)
    press(sheet, "Enter")
    has_focus(sheet, "1-phone")  # and nothing was sent

    sheet.keyboard.press("Control+Enter")  # without a day
    sheet.wait_for_selector("[name='1-written_on'][aria-invalid=true]")
    until(sheet, "document.readyState === 'complete'")
    assert Complaint.objects.count() == 0
    assert sheet.input_value("[name='1-words']") == WORDS

    sheet.goto(PAGE)
    until(sheet, f"document.querySelector('[name=\"1-words\"]').value === '{WORDS}'")
    assert sheet.input_value("[name='1-category']") == "attitude.rude"
    sheet.goto(PAGE)  # and once more, without having typed anything
    until(sheet, f"document.querySelector('[name=\"1-words\"]').value === '{WORDS}'")

    sheet.fill("[name='1-written_on']", f"{timezone.localdate() - timedelta(days=2)}")
    sheet.keyboard.press("Control+Enter")
    sheet.wait_for_selector(".book-number")
    assert sheet.inner_text(".book-number") == Line.objects.get().number == Complaint.objects.get().number
    assert Complaint.objects.get().shop.unit == "L2-C02"

    sheet.goto(PAGE)
    until(sheet, "document.readyState === 'complete'")
    assert sheet.input_value("[name='1-words']") == ""  # what was taken does not come back


def test_where_no_shop_is_meant_the_field_takes_any_words(sheet):
    sheet.select_option("[name='1-about']", "facility")
    sheet.focus("[name='1-which']")
    press(sheet, *"xyxb", "Enter")

    has_focus(sheet, "1-category")
    assert sheet.input_value("[name='1-which']") == "xyxb"
