"""A step is opened, a step is done: eye and keys are then where the record goes on, not somewhere further down."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from sisheng.desk.complaints import actions
from sisheng.desk.complaints.models import Complaint
from sisheng.ground.act import Act
from tests.journeys.looking import until

ACCOUNT = "面霜用了两次脸就红肿，要求退款"
IN_SIGHT = """(() => { const {top} = document.querySelector('.next-step').getBoundingClientRect();
  return top > 0 && top < innerHeight })()"""


@pytest.fixture
def complaint(transactional_db, riverside, counter, luggage, mei):
    at = timezone.now() - timedelta(minutes=5)
    return actions.receive(
        Act(by=mei, at=at), riverside, owner=mei, desk=counter, shop=luggage, category="quality.flawed",
        account=ACCOUNT, claims=["compensation"], phone="15400000007", amount=400,
    )  # fmt: skip


@pytest.fixture
def page(page_for, mei, complaint):
    page = page_for(mei, height=600)
    page.goto(complaint.get_absolute_url())
    until(page, "!document.querySelector('#complaint-panels [hx-trigger=load] > .card-body > a:only-child')")
    return page


def focus(page):
    return page.evaluate("document.activeElement.name ?? document.activeElement.className")


def test_whoever_opens_a_step_writes_in_it_at_once(page):
    page.click(".next-step summary")
    page.click(".next-step a[href$='/chase/']")
    until(page, "document.activeElement.name === 'words'")

    page.wait_for_timeout(500)  # the panels below fill once more
    assert page.evaluate(IN_SIGHT)


def test_the_key_on_the_button_works_before_anything_was_clicked_and_once(page, complaint):
    page.keyboard.press("Control+Enter")
    until(page, "!!document.querySelector('.next-step [name=finding]')")
    page.keyboard.press("Control+Enter")  # a nervous hand

    page.wait_for_timeout(500)
    complaint.refresh_from_db()
    assert complaint.status == "investigating"
    assert page.locator(".next-step [aria-invalid=true]").count() == 0
    assert page.evaluate(IN_SIGHT)


def test_what_was_accepted_is_not_offered_for_the_next_customer(page):
    page.goto("/riverside/desk/complaints/new/")
    page.fill("[name=unit]", "L2-C02")
    page.select_option("[name=category]", "quality.flawed")
    page.check("[name=claims][value=compensation]")
    page.fill("[name=phone]", "15400000009")
    page.fill("[name=account]", "箱子拉杆断了")
    page.keyboard.press("Control+Enter")  # within the breath in which a draft is saved
    page.wait_for_url(re.compile("/complaints/TS-"))
    assert Complaint.objects.count() == 2

    page.goto("/riverside/desk/complaints/new/")

    assert page.input_value("[name=account]") == ""
    assert page.locator(".note.is-info").count() == 0
