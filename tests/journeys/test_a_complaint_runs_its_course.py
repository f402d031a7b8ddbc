"""The golden scenarios of domain.md 4.14 that are about complaints, from the first key to the last figure (G3, G4, G5).

The clock on the wall jumps; between two steps the sweeps ring and the reactions follow, as they do at the desk.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from django.apps import apps

from conftest import SHANGHAI
from sisheng.cases.ringing import sweep
from sisheng.desk.complaints.models import Complaint
from sisheng.ground.events.reactions import run_reactions
from sisheng.kit.approvals.models import Approval
from sisheng.mall.staff.models import Staff
from tests.journeys.conftest import _session
from tests.journeys.looking import until
from tests.journeys.record import carry_out, take
from tests.journeys.test_a_question_is_answered import Clock, suhe
from tests.journeys.test_a_question_is_answered import clock as _clock

__all__ = ["suhe"]


class Calendar(Clock):
    """A clock that also turns the day, with everything that happens by itself meanwhile."""

    def __init__(self):
        self.at = datetime(2026, 11, 20, 14, 0, tzinfo=SHANGHAI)

    def strikes(self, day, hour, minute=0):
        goal = datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)
        while self.at < goal:
            self.at = min(goal, self.at + timedelta(hours=1))
            sweep(self.at)
            run_reactions(self.at)


@pytest.fixture
def clock(monkeypatch):
    clock = Calendar()
    monkeypatch.setattr(_clock.__wrapped__.__globals__["middleware"].timezone, "now", clock)
    return clock


@pytest.fixture
def desk(page_for, suhe):
    page = page_for(suhe)
    page.goto("/boyun/desk/")
    return page


def log_in(page, person):
    """Another day, another session. The page is left first: an answer to what it still asks for in the old session
    would take the new cookie away again."""
    address, origin = page.url, page.evaluate("location.origin")
    page.goto("about:blank")
    cookies = [{"name": name, "value": value, "url": origin} for name, value in _session(person).items()]
    page.context.add_cookies(cookies)
    page.goto(address)


def accept(page, amount, category="quality.flawed", account="面霜用了两次脸就红肿，要求退款"):
    page.goto("/boyun/desk/complaints/new/")
    page.fill("[name=unit]", "L1-A06")
    page.select_option("[name=category]", category)
    page.fill("[name=account]", account)
    page.check("[name=claims][value=compensation]")
    page.fill("[name=phone]", "15400000007")
    page.fill("[name=amount]", str(amount))
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile("/complaints/TS-"))
    return Complaint.objects.latest("pk")


def hours(complaint, deadline):
    """How long it took, and how it stands."""
    clock = complaint.clocks.get(deadline=deadline)
    return (clock.met_at - complaint.accepted_at) / timedelta(hours=1), clock.state(clock.met_at)


REFUND = {"r0-kind": "refund", "r0-value": "120", "r0-payer": "brand"}


@pytest.mark.rule("CMP-01", "CMP-09", "CMP-11")
def test_golden_g3_refused_re_evaluated_and_settled_within_72_hours(desk, clock, suhe, forgive):
    forgive("status of 401")  # a session does not last until the next day
    clock.strikes(20, 15)
    complaint = accept(desk, 400)
    clock.strikes(20, 15, 20)
    take(desk, "investigate")
    clock.strikes(21, 14)
    log_in(desk, suhe)
    take(desk, "find", finding="批号在召回名单内", substantiated="yes", responsibility="goods", basis="消法第 24 条")
    clock.strikes(22, 10)
    log_in(desk, suhe)
    take(desk, "write", words="退一半，店长道歉。", **REFUND)
    take(desk, "propose")
    clock.strikes(22, 11)
    take(desk, "refuse", words="只退一半不行")
    take(desk, "re_evaluate", words="再看了监控和小票，确是产品问题。")
    clock.strikes(23, 14, 30)
    log_in(desk, suhe)
    take(desk, "write", words="全额退款，当面道歉。", is_final=True, **{**REFUND, "r0-value": "180"})
    take(desk, "offer_final")
    take(desk, "agree", words="可以")
    clock.strikes(23, 16)
    carry_out(desk)
    take(desk, "resolve")

    complaint.refresh_from_db()
    assert hours(complaint, "complaint.investigate") == (23, "met")
    assert hours(complaint, "complaint.propose") == (43, "met")
    assert hours(complaint, "complaint.final") == (71.5, "met")
    assert complaint.timeline().filter(kind="complaint.re_evaluated").count() == 1
    assert desk.inner_text(".way").count("按时") == 3
    assert desk.locator("#complaint .btn-primary").count() <= 1
    run_reactions(clock.at + timedelta(seconds=2))
    complaint.refresh_from_db()
    assert complaint.status == "follow_up"
    if apps.is_installed("sisheng.desk.followups"):
        calls = apps.get_model("followups.FollowUp").objects.filter(origin_id=complaint.pk)
        due = sorted(call.next_due_at for call in calls)
        assert due == [datetime(2026, 11, day, 16, tzinfo=SHANGHAI) for day in (24, 26)]


@pytest.mark.rule("CMP-06", "CTR-03")
def test_golden_g4_a_wrong_price_is_settled_on_the_spot_in_forty_minutes(desk, clock):
    complaint = accept(desk, 88, "price.price_tag", "货架标价 88 元，收银台收了 98 元")
    take(desk, "mediate")
    clock.strikes(20, 14, 40)
    voucher = {"r0-kind": "voucher", "r0-value": "30", "r0-payer": "mall"}
    take(desk, "settle", words="退差价，送券。", cause="process.not_followed", responsibility="price", **voucher)

    complaint.refresh_from_db()
    spot = complaint.clocks.get(deadline="complaint.onspot.time")
    assert (spot.met_at - spot.started_at, spot.state(spot.met_at)) == (timedelta(minutes=40), "met")
    assert spot.due_at - spot.started_at == timedelta(hours=1)
    assert (complaint.severity, complaint.status, complaint.agreed.value) == ("S4", "resolved", 30)
    assert not Approval.objects.exists()


@pytest.mark.rule("CMP-14", "CTR-08")
def test_golden_g5_640_yuan_wait_for_the_lead_who_says_yes_with_one_tap(desk, clock, page_for):
    lead = Staff.objects.get(code="1006")
    complaint = accept(desk, 900)
    take(desk, "investigate")
    clock.strikes(20, 15)
    take(desk, "find", finding="店员误导", substantiated="yes", responsibility="service")
    compensation = {"r0-kind": "compensation", "r0-value": "640", "r0-payer": "mall"}
    take(desk, "write", words="赔付 640 元。", **compensation)
    assert desk.locator("#complaint a[href$='/propose/']").count() == 0  # promised is not approved
    take(desk, "ask", reason="顾客今晚离开本市")

    phone = page_for(lead, width=375)
    phone.goto("/boyun/desk/approvals/")
    phone.wait_for_load_state("load")
    assert "640" in phone.inner_text("main")
    phone.get_by_role("button", name="批准").first.click()
    phone.get_by_text("已批准").first.wait_for()
    run_reactions(clock.at + timedelta(seconds=2))

    desk.reload()
    take(desk, "propose")
    complaint.refresh_from_db()
    approval = Approval.objects.get()
    assert (approval.level, approval.state, approval.decided_by) == ("lead", "approved", lead)
    assert complaint.status == "awaiting_customer"
    until(desk, "document.querySelectorAll('.actions-alike .btn').length === 2")
    sizes = desk.locator(".actions-alike .btn").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().height)"
    )
    looks = desk.locator(".actions-alike .btn").evaluate_all(
        "all => all.map(one => getComputedStyle(one).backgroundColor)"
    )
    assert len(set(sizes)) == len(set(looks)) == 1  # a yes and a no weigh the same
