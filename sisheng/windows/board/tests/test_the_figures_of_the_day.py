"""The figures on the desk home: exact as long as somebody would read them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import timezone

from sisheng.cases.models import Alert
from sisheng.desk.inquiries import actions as inquiries
from sisheng.kit.approvals import actions as approvals
from sisheng.windows.board import home


@pytest.fixture
def three(riverside, mei, act):
    now = timezone.now()
    return [
        inquiries.begin(act(mei, at=now), riverside, question="有绿色的吗？", handler=mei, anonymous_label=label)
        for label in ("蓝衣", "红帽", "推车")
    ]


def test_open_cases_are_counted_one_by_one(riverside, three):
    assert home.today(riverside, timezone.now()).open_cases == "3"


def test_more_open_cases_than_anybody_reads_are_not_counted_to_the_end(riverside, three, monkeypatch):
    monkeypatch.setattr(home, "MOST_COUNTED", 2)

    assert home.today(riverside, timezone.now()).open_cases == "2+"


def test_a_desk_without_open_cases_says_zero(riverside, mei, client):
    client.force_login(mei)

    page = client.get("/riverside/desk/today/").content.decode()

    assert '<dt>未结单</dt><dd class="num">0</dd>' in page


def test_a_deadline_that_rings_for_the_second_time_is_one_line(riverside, mei, three):
    clock = three[0].clocks.first()
    for stage in (1, 2):
        Alert.objects.create(mall=riverside, clock=clock, to=mei, stage=stage, at=timezone.now())

    (alert,) = home.alerts_for(riverside, mei)

    assert alert.stage == 2


def test_who_decides_sees_on_a_phone_first_that_something_waits(client, lead, mei, act, three):
    approvals.ask(act(mei), three[0], ref="exception:1", title="Past the term", amount=Decimal(300))
    client.cookies["language"] = "en"

    client.force_login(lead)
    theirs = client.get("/riverside/desk/").content.decode()
    client.force_login(mei)
    others = client.get("/riverside/desk/").content.decode()

    assert theirs.index("One approval waits for you") < theirs.index('data-need="1"')
    assert "approval waits for you" not in others
