"""The golden scenarios of domain.md 4.14 that are about complaints, with exactly their figures."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from conftest import SHANGHAI
from sisheng.desk.complaints import actions
from sisheng.ground.events.reactions import run_reactions
from sisheng.ground.refusals import NotAllowed
from sisheng.kit.approvals import actions as approvals
from sisheng.kit.approvals.models import Approval


def at(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


@pytest.fixture
def clock_of():
    def find(complaint, deadline):
        return complaint.clocks.filter(deadline=deadline).latest("pk")

    return find


@pytest.mark.rule("CMP-09", "CMP-11", "CTR-03")
def test_g3_investigated_refused_re_evaluated_and_agreed_within_72_hours(receive, act, mei, play, clock_of):
    complaint = receive(at=at(20, 15), amount=Decimal(400))
    actions.investigate(act(mei, at=at(20, 15, 20)), complaint)
    play(complaint, "find", by=mei, at=at(21, 14))
    play(complaint, "propose", by=mei, at=at(22, 10))
    actions.refuse(act(mei, at=at(22, 11)), complaint)
    play(complaint, "offer_final", by=mei, at=at(23, 14, 30))
    actions.agree(act(mei, at=at(23, 14, 30)), complaint)
    play(complaint, "resolve", by=mei, at=at(23, 16))

    investigated, proposed, final = (
        clock_of(complaint, f"complaint.{name}") for name in ("investigate", "propose", "final")
    )
    assert investigated.met_at - complaint.accepted_at == timedelta(hours=23)
    assert proposed.met_at - complaint.accepted_at == timedelta(hours=43)
    assert final.met_at - complaint.accepted_at == timedelta(hours=71, minutes=30)
    assert [clock.state(at(24, 0)) for clock in (investigated, proposed, final)] == ["met", "met", "met"]
    assert complaint.timeline().filter(kind="complaint.re_evaluated").count() == 1
    assert complaint.status == "resolved"


@pytest.mark.rule("CMP-06", "CMP-07", "CTR-03", "CTR-08")
def test_g4_a_wrong_price_is_settled_on_the_spot_by_an_agent(receive, act, mei, play, clock_of):
    complaint = receive(at=at(20, 14), amount=Decimal(88))
    assert complaint.severity == "S4"
    actions.mediate(act(mei, at=at(20, 14)), complaint)
    play(complaint, "settle", by=mei, at=at(20, 14, 40), is_done=True)

    hour = clock_of(complaint, "complaint.onspot.time")
    assert hour.met_at - hour.started_at == timedelta(minutes=40)
    assert hour.state(at(20, 18)) == "met"
    assert complaint.agreed.value == Decimal(30)
    assert not Approval.objects.exists()
    assert complaint.status == "resolved"


@pytest.mark.rule("CMP-14", "CMP-24", "CTR-08")
def test_g5_640_yuan_promised_by_an_agent_wait_for_the_lead(receive, act, mei, lead, play):
    complaint = receive(at=at(20, 14), amount=Decimal(900))
    play(complaint, "investigate", by=mei, at=at(20, 14, 5))
    play(complaint, "find", by=mei, at=at(20, 15))
    offer = [{"kind": "compensation", "value": Decimal(640), "payer": "mall"}]
    actions.write_proposal(act(mei, at=at(20, 16)), complaint, words="赔付 640 元。", remedies=offer)

    with pytest.raises(NotAllowed):
        actions.propose(act(mei, at=at(20, 16)), complaint)
    actions.ask(act(mei, at=at(20, 16)), complaint)
    approval = Approval.objects.get()
    assert (approval.level, complaint.status, complaint.offer.approval) == ("lead", "approval", "waiting")

    approvals.decide(act(lead, at=at(20, 16, 30)), approval, yes=True)
    run_reactions(at(20, 16, 31))
    complaint.refresh_from_db()
    complaint.forget_offers()
    assert (complaint.status, complaint.offer.approval) == ("proposing", "approved")
    actions.propose(act(mei, at=at(20, 16, 40)), complaint)
    assert complaint.status == "awaiting_customer"
