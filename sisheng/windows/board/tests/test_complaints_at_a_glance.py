"""What the desk home says of complaints."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from conftest import SHANGHAI
from sisheng.desk.complaints import actions
from sisheng.desk.complaints.models import Complaint
from sisheng.windows.board.complaints import figures, final_in_time, in_hand

NOW = datetime(2026, 11, 27, 18, 0, tzinfo=SHANGHAI)  # a Friday
OFFER = [{"kind": "apology", "payer": "mall"}]


@pytest.fixture
def receive(riverside, counter, luggage, mei, act):
    def receive(at, by=mei, **told):
        told = {"category": "quality.flawed", "account": "轮子断了", "claims": ["repair"], "anonymous_label": "红衣",
                "flags": ["privacy"], **told}  # fmt: skip
        return actions.receive(act(by, at=at), riverside, owner=by, desk=counter, shop=luggage, **told)

    return receive


@pytest.fixture
def settle(act, mei):
    """From accepted to agreed, all at one moment."""

    def settle(complaint, at):
        actions.investigate(act(mei, at=at), complaint)
        actions.find(act(mei, at=at), complaint, finding="属实", substantiated="yes", responsibility="goods")
        actions.write_proposal(act(mei, at=at), complaint, words="道歉", remedies=OFFER)
        actions.propose(act(mei, at=at), complaint)
        actions.agree(act(mei, at=at), complaint)
        return complaint

    return settle


@pytest.mark.rule("CMP-11")
def test_of_four_final_answers_that_fell_due_two_came_within_72_hours(riverside, receive, settle, act, boss, mei):
    start = NOW - timedelta(hours=100)
    settle(receive(start), start + timedelta(hours=72))
    settle(receive(start), start + timedelta(hours=71))
    settle(receive(start), start + timedelta(hours=73))
    extended = receive(start)
    actions.extend(act(boss, at=start), extended, until=start + timedelta(hours=90), reason="等检测报告")
    settle(extended, start + timedelta(hours=80))
    receive(NOW - timedelta(hours=71))  # not due yet
    actions.withdraw(act(mei, at=start), receive(start), reason="不要了")

    measured = final_in_time(riverside, NOW)

    assert (measured.due, measured.in_time, measured.share) == (4, 2, 50)


def test_without_anything_due_there_is_no_share(riverside):
    assert final_in_time(riverside, NOW).share is None


@pytest.mark.rule("CMP-34", "CTR-34", "KPI-43")
def test_the_week_counts_its_typical_cases_and_says_when_there_are_too_few(riverside, receive, act, mei):
    monday = datetime(2026, 11, 23, 10, 0, tzinfo=SHANGHAI)
    for day in range(3):
        complaint = receive(monday + timedelta(days=day))
    actions.mark_typical(act(mei, at=NOW), complaint, is_typical=True)
    actions.mark_typical(act(mei, at=NOW), receive(monday - timedelta(days=1)), is_typical=True)

    week = figures(riverside, NOW)

    assert (week.typical, week.this_week, week.typical_wanted, week.too_few_to_choose) == (1, 3, 5, True)
    receive(NOW), receive(NOW)
    assert not figures(riverside, NOW).too_few_to_choose


def test_today_counts_what_was_accepted_and_what_waits_for_the_desk(riverside, receive, settle, act, mei):
    receive(NOW - timedelta(days=1))
    offered = receive(NOW - timedelta(hours=2))
    actions.investigate(act(mei, at=NOW), offered)
    actions.find(act(mei, at=NOW), offered, finding="属实", substantiated="yes", responsibility="goods")
    actions.write_proposal(act(mei, at=NOW), offered, words="道歉", remedies=OFFER)
    actions.propose(act(mei, at=NOW), offered)  # now it is the customer's turn
    actions.take_down(act(mei, at=NOW), riverside, owner=mei, account="先记一句")

    today = figures(riverside, NOW)

    assert today.accepted_today == 1
    assert today.to_do == Complaint.objects.filter(turn="desk", closed_at=None).count() == 2


@pytest.mark.rule("CMP-33")
def test_leads_see_what_each_has_in_hand_by_code_and_nobody_else_does(riverside, receive, lead, mei, ping, act):
    for _turn in range(10):
        receive(NOW, by=ping)
    receive(NOW, by=mei)

    seen = in_hand(riverside, lead, NOW)

    assert [(one.person, one.count, one.is_full) for one in seen] == sorted(
        [(mei, 1, False), (ping, 10, True)], key=lambda line: line[0].code
    )
    assert in_hand(riverside, mei, NOW) == []
