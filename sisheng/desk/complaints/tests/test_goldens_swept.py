"""The golden scenarios with the sweeps of a worker: what should ring rings, to whom it should, and nothing else does.

What has to ring is counted by hand: a clock speaks up with its last quarter, again with its last tenth, when its time
is over, and then every ten minutes (domain 3.19).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from conftest import SHANGHAI
from sisheng.cases.models import Alert
from sisheng.cases.ringing import clear_alerts_of_ended_clocks, sweep
from sisheng.desk.complaints import actions
from sisheng.ground.events.models import Event
from sisheng.ground.events.reactions import run_reactions
from sisheng.kit.approvals import actions as approvals
from sisheng.kit.approvals.models import Approval

EVERY = timedelta(minutes=1)
SOON, DUE, BREACHED, LEAD = 1, 2, 3, 4


def at(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


@pytest.fixture
def staffed(on_duty, counter, mei, lead, supervisor, boss):
    for person in (mei, lead, supervisor, boss):
        on_duty(person, counter, at=at(20, 9))


@pytest.fixture
def worker():
    """A worker that comes by every minute, from where it stopped until the next thing happens."""
    state = {"now": at(20, 14)}

    def work(until):
        while state["now"] < until:
            state["now"] = min(state["now"] + EVERY, until)
            sweep(state["now"])
            run_reactions(state["now"])
            clear_alerts_of_ended_clocks(state["now"])

    return work


def rings(complaint):
    """(deadline, stage, to whom, when), in the order in which it rang."""
    found = Alert.objects.filter(clock__case=complaint).select_related("clock", "to").order_by("at", "pk")
    return [
        (alert.clock.deadline.removeprefix("complaint."), alert.stage, alert.to.code, alert.at.astimezone(SHANGHAI))
        for alert in found
    ]


@pytest.mark.rule("CMP-09", "CMP-11", "CTR-03")
def test_g3_rings_in_time_for_what_was_close_and_breaks_nothing(staffed, worker, receive, act, mei, play):
    worker(at(20, 15))
    complaint = receive(at=at(20, 15), amount=Decimal(400))
    worker(at(20, 15, 20))
    actions.investigate(act(mei, at=at(20, 15, 20)), complaint)
    for name, when in (("find", at(21, 14)), ("propose", at(22, 10)), ("refuse", at(22, 11))):
        worker(when)
        play(complaint, name, by=mei, at=when)
    worker(at(23, 14, 30))
    play(complaint, "offer_final", by=mei, at=at(23, 14, 30))
    actions.agree(act(mei, at=at(23, 14, 30)), complaint)
    worker(at(23, 16))
    play(complaint, "resolve", by=mei, at=at(23, 16))
    worker(at(24, 16))

    own = [ring for ring in rings(complaint) if ring[0] in {"start", "investigate", "propose", "final", "wilful_delay"}]
    assert own == [
        ("investigate", SOON, mei.code, at(21, 9)),
        ("investigate", DUE, mei.code, at(21, 12, 36)),
        ("propose", SOON, mei.code, at(22, 3)),
        ("final", SOON, mei.code, at(22, 21)),
        ("final", DUE, mei.code, at(23, 7, 48)),
    ]
    assert not Event.objects.filter(topic=complaint.number, kind="deadline.breached",
                                    details__deadline__in=["complaint.investigate", "complaint.propose",
                                                           "complaint.final"]).exists()  # fmt: skip
    assert not Alert.objects.filter(clock__case=complaint, clock__met_at__isnull=False, cleared_at=None).exists()
    assert complaint.timeline().filter(kind="complaint.await_follow_up").count() == 1


@pytest.mark.rule("CMP-09", "CMP-11")
def test_g3_an_hour_too_late_is_told_to_mei_and_climbs_to_the_lead_until_it_is_done(
    staffed, worker, receive, act, mei, lead, play
):
    worker(at(20, 15))
    complaint = receive(at=at(20, 15), amount=Decimal(400))
    actions.investigate(act(mei, at=at(20, 15)), complaint)
    worker(at(21, 15, 15))
    play(complaint, "find", by=mei, at=at(21, 15, 15))
    worker(at(21, 16))

    late = [ring for ring in rings(complaint) if ring[0] == "investigate" and ring[1] >= BREACHED]
    assert late == [
        ("investigate", BREACHED, mei.code, at(21, 15)), ("investigate", LEAD, lead.code, at(21, 15, 10))
    ]  # fmt: skip
    assert complaint.clocks.get(deadline="complaint.investigate").breached_at == at(21, 15)


@pytest.mark.rule("CMP-06", "CMP-07", "CTR-03")
def test_g4_forty_minutes_on_the_spot_ring_nothing_and_never_again(staffed, worker, receive, act, mei, play):
    complaint = receive(at=at(20, 14), amount=Decimal(88))
    actions.mediate(act(mei, at=at(20, 14)), complaint)
    worker(at(20, 14, 40))
    play(complaint, "settle", by=mei, at=at(20, 14, 40), is_done=True)
    worker(at(21, 2))

    assert rings(complaint) == []
    assert not complaint.clocks.live().exists()
    complaint.refresh_from_db()
    assert complaint.status == "follow_up"


@pytest.mark.rule("CMP-07")
def test_g4_after_three_quarters_of_the_hour_the_desk_is_told(staffed, worker, receive, act, mei, play):
    complaint = receive(at=at(20, 14), amount=Decimal(88))
    actions.mediate(act(mei, at=at(20, 14)), complaint)
    worker(at(20, 15, 1))

    assert [ring for ring in rings(complaint) if ring[0] == "onspot.time"] == [
        ("onspot.time", SOON, mei.code, at(20, 14, 45)),
        ("onspot.time", DUE, mei.code, at(20, 14, 54)),
        ("onspot.time", BREACHED, mei.code, at(20, 15)),
    ]


@pytest.mark.rule("CMP-24", "CTR-08")
def test_g5_the_lead_is_rung_about_640_yuan_and_mei_is_not(
    staffed, worker, receive, act, mei, lead, supervisor, boss, play
):
    complaint = receive(at=at(20, 14), amount=Decimal(900))
    play(complaint, "investigate", by=mei, at=at(20, 14))
    play(complaint, "find", by=mei, at=at(20, 15))
    offer = [{"kind": "compensation", "value": Decimal(640), "payer": "mall"}]
    actions.write_proposal(act(mei, at=at(20, 16)), complaint, words="赔付 640 元。", remedies=offer)
    worker(at(20, 16))
    actions.ask(act(mei, at=at(20, 16)), complaint)
    worker(at(20, 18, 11))

    assert [ring for ring in rings(complaint) if ring[0] == "approval.decide"] == [
        ("approval.decide", SOON, lead.code, at(20, 17, 30)),
        ("approval.decide", DUE, lead.code, at(20, 17, 48)),
        ("approval.decide", BREACHED, supervisor.code, at(20, 18)),
        ("approval.decide", LEAD, boss.code, at(20, 18, 10)),
    ]
    approvals.decide(act(lead, at=at(20, 18, 12)), Approval.objects.get(), yes=True)
    before = len(rings(complaint))
    worker(at(20, 20))
    complaint.refresh_from_db()
    assert complaint.status == "proposing"
    assert len(rings(complaint)) == before
