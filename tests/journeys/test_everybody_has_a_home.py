"""The desk of each post shows what it may do, asks for nothing that it may not, and offers nothing that is refused."""

from __future__ import annotations

import pytest

from conftest import _hire
from tests.journeys.looking import axe, overflow

DESK = "/riverside/desk/"
LOGS = {"agent", "lead", "supervisor", "manager", "duty_manager"}


@pytest.mark.parametrize("width", [375, 1366])
@pytest.mark.parametrize("role", sorted(LOGS | {"bagkeeper", "qa"}))
def test_nothing_on_it_is_refused(page_for, riverside, counter, on_duty, role, width):
    person = _hire("2001", "老魏", riverside, role)
    on_duty(person, counter)
    page = page_for(person, width=width)
    refused = []
    page.on("response", lambda answer: answer.status >= 400 and refused.append(answer.url))

    page.goto(DESK)
    page.wait_for_load_state("networkidle")  # what the page fetches by itself has come

    assert refused == []
    assert (page.locator("[data-need]").count() > 0) is (role in LOGS)
    assert page.locator(".refusal:visible").count() == 0
    for link in page.locator("main a[href^='/riverside/']").all():
        address = link.get_attribute("href")
        assert page.request.get(address).status < 400, address
    assert (axe(page), overflow(page)) == ([], 0)
