"""Somebody checks a call of yesterday, and whose work it was reads what to learn from it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from sisheng.desk.contacts import actions as contacts
from sisheng.desk.quality import actions
from tests.journeys.looking import axe, overflow

pytestmark = pytest.mark.journey

PAGE = "/riverside/desk/quality/"


def test_what_was_drawn_is_checked_and_read(page_for, forgive, riverside, counter, mei, supervisor, act):
    forgive("status of 422")
    at = timezone.now() - timedelta(days=1)
    told = {"need": "5", "words": "会员日是周几", "outcome": "answered", "channel": "phone"}
    for turn in range(6):  # two of them are drawn
        contacts.log(act(mei, at=at - timedelta(seconds=turn)), riverside, agent=mei, desk=counter, **told)
    lot = actions.draw(riverside, riverside.today(at), timezone.now())
    second = lot.reviews.order_by("pk")[1]
    page = page_for(supervisor, lang="en", width=375)

    page.goto(PAGE)
    page.click(f"#open-{second.record} summary")
    row = page.locator(f"#open-{second.record}")
    row.get_by_text("wrong", exact=True).click()
    assert axe(page) == []
    assert overflow(page) <= 0
    row.get_by_role("button", name="Save").click()
    page.locator("#open-rows .fault").first.wait_for()  # a mistake without a word about it
    row.get_by_label("What to learn from it").fill("会员日是周三。")
    row.get_by_role("button", name="Save").click()
    page.locator(f"#checked-{second.record}").wait_for()

    hers = page_for(mei, lang="en")
    hers.goto(PAGE)
    assert "会员日是周三。" in hers.locator("#mine").inner_text()
    assert axe(hers) == []
    hers.get_by_role("button", name="I have read it").click()
    hers.get_by_text("read", exact=False).first.wait_for()
    second.refresh_from_db()
    assert second.state == "seen"
