"""Of two who hold what the other one wants PostgreSQL ends one with a fault. So everybody takes things in one order.

On SQLite writers take turns, and this passes by itself.
"""

from __future__ import annotations

import logging
import threading
from datetime import timedelta

import pytest

from sisheng.cases import actions as case_actions
from sisheng.cases.models import Case, Clock
from sisheng.cases.ringing import Round, sweep
from sisheng.desk.complaints import actions as complaints
from sisheng.desk.complaints.models import Complaint
from sisheng.desk.inquiries import actions
from sisheng.desk.inquiries.models import Inquiry
from sisheng.ground.refusals import OutOfTurn, Overtaken
from sisheng.kit.approvals import actions as approvals
from sisheng.kit.approvals.models import Approval

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.races]
A_MOMENT = 1.0  # seconds one waits for the other; where both keep to the order, the other cannot come in time


@pytest.fixture
def meet(monkeypatch):
    """Whoever comes to one of these places for the first time waits there until somebody stands at each other one."""
    here: list[threading.Event] = []

    def wait(mine):
        if not mine.is_set():
            mine.set()
            for other in here:
                other.wait(A_MOMENT)

    def place(owner, name, *, before=False):
        mine, do = threading.Event(), getattr(owner, name)
        here.append(mine)

        def do_and_wait(*words, **more):
            if before:
                wait(mine)
            made = do(*words, **more)
            if not before:
                wait(mine)
            return made

        monkeypatch.setattr(owner, name, do_and_wait)

    return place


@pytest.fixture
def inquiry(make_inquiry, counter, mei, on_duty, now):
    """Its second clock asks for somebody before its first one, as after a breach."""
    on_duty(mei, counter)
    inquiry = make_inquiry()
    first, second = inquiry.clocks.order_by("pk")
    Clock.objects.filter(pk=first.pk).update(next_ring_at=now + timedelta(minutes=56))
    Clock.objects.filter(pk=second.pk).update(next_ring_at=now + timedelta(minutes=54))
    return inquiry


def test_a_sweep_and_a_withdrawal_of_the_same_case(together, inquiry, act, boss, now, meet, caplog):
    at = now + timedelta(minutes=60)
    seen = Inquiry.objects.select_related("mall").get(pk=inquiry.pk)
    meet(Round, "move_on")
    meet(Clock, "cancel")

    with caplog.at_level(logging.ERROR):
        rung, withdrawn = together(
            2, lambda n: actions.withdraw(act(boss, at=at), seen, reason="不用了") if n else sweep(at)
        )

    assert isinstance(withdrawn, Inquiry), withdrawn
    assert rung in {0, 2}
    assert caplog.records == []
    assert Clock.objects.live().count() == 0


def test_a_pause_and_a_withdrawal_of_the_same_case(together, inquiry, act, boss, now, meet, caplog):
    at = now + timedelta(minutes=5)
    seen = Inquiry.objects.select_related("mall").get(pk=inquiry.pk)
    callback = Clock.objects.select_related("case__mall").get(case=inquiry, deadline="inquiry.callback")
    meet(Clock, "set_running")
    meet(Case, "_tell", before=True)

    paused, withdrawn = together(
        2,
        lambda n: (
            actions.withdraw(act(boss, at=at), seen, reason="不用了")
            if n
            else case_actions.pause(callback, act(boss, at=at), reason="customer")
        ),
    )

    assert isinstance(withdrawn, Inquiry), withdrawn
    assert paused is None or isinstance(paused, OutOfTurn), paused  # it came first, or is told that it came too late


def test_a_yes_and_a_withdrawal_of_the_same_complaint(together, make_complaint, act, lead, boss, now, meet):
    complaint = make_complaint("approval")
    seen = Complaint.objects.select_related("mall").get(pk=complaint.pk)
    asked = Approval.objects.with_people().get(case=complaint)
    meet(approvals, "_change")
    meet(Case, "_tell", before=True)

    decided, withdrawn = together(
        2,
        lambda n: (
            complaints.withdraw(act(boss, at=now), seen, reason="顾客说算了")
            if n
            else approvals.decide(act(lead, at=now), asked, yes=True)
        ),
    )

    assert isinstance(withdrawn, Complaint), withdrawn
    assert isinstance(decided, Approval | Overtaken), decided


def test_a_clock_that_was_paused_a_moment_ago_is_not_paused_twice(inquiry, act, boss, now):
    callback, again = (
        Clock.objects.select_related("case__mall").get(case=inquiry, deadline="inquiry.callback") for _ in range(2)
    )
    case_actions.pause(callback, act(boss, at=now + timedelta(minutes=5)), reason="customer")

    with pytest.raises(OutOfTurn, match="not running"):
        case_actions.pause(again, act(boss, at=now + timedelta(minutes=6)), reason="customer")

    assert again.pauses.count() == 1
