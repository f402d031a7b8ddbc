"""How the tests of the reports come by complaints."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.urls import reverse

from conftest import SHANGHAI
from sisheng.desk.complaints import actions


@pytest.fixture
def it_is(monkeypatch):
    """Let the middleware see that time on the clock."""

    def set_to(moment):
        monkeypatch.setattr("sisheng.mall.staff.middleware.timezone.now", lambda: moment)

    return set_to


@pytest.fixture
def complain(riverside, counter, luggage, mei, act):
    def complain(at, **told):
        told = {"category": "quality.flawed", "account": "轮子断了", "claims": ["repair"], "anonymous_label": "红衣",
                "shop": luggage, **told}  # fmt: skip
        return actions.receive(act(mei, at=at), riverside, owner=mei, desk=counter, **told)

    return complain


@pytest.fixture
def ask(client, supervisor):
    """The supervisor's browser."""
    client.force_login(supervisor)

    def ask(page, *args, lang="en", **asked):
        client.cookies["language"] = lang
        return client.get(reverse(f"reports:{page}", args=["riverside", *args]), asked)

    return ask


def on(day, hour=12, minute=0):
    """A moment of November 2026, on the clock of the mall."""
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)
