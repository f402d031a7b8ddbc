"""How the tests come by a call: a complaint is settled by real actions, and the worker does what follows."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from conftest import SHANGHAI
from sisheng.desk.complaints.tests.conftest import make_complaint, play_complaint, receive, skincare  # noqa: F401
from sisheng.desk.followups import actions
from sisheng.desk.followups.models import FollowUp
from sisheng.ground.events.reactions import run_reactions
from sisheng.mall.customers.actions import remember
from tests.spine.conftest import together  # noqa: F401

HERE = Path(__file__).parent


def at(day, hour, minute=0):
    """A moment of November 2026, on the clock of the mall."""
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


def moves():
    """{state: {transition: where it leads}}"""
    lines = [line for line in (HERE / "expected_moves.txt").read_text(encoding="utf8").splitlines() if line]
    told = dict(line.split(":", 1) for line in lines if not line.startswith("#"))
    return {state: dict(move.split(">") for move in names.split()) for state, names in told.items()}


@pytest.fixture(autouse=True)
def mei_is_trained(mei):
    """Mei has been trained for the calls; Ping has not."""
    mei.skills = "firstaid followup"
    mei.save(update_fields=["skills"])


@pytest.fixture
def settle_again(play_complaint, rounds):  # noqa: F811
    def again(complaint, moment):
        play_complaint(complaint, "resolve", at=moment)
        rounds(moment)
        complaint.refresh_from_db()
        return complaint

    return again


@pytest.fixture
def settle(make_complaint, settle_again):  # noqa: F811
    """A complaint is resolved at that moment, and the worker goes round."""

    def settle(moment, **told):
        return settle_again(make_complaint("executing", at=moment - timedelta(minutes=30), **told), moment)

    return settle


@pytest.fixture
def rounds():
    """The worker goes round until nothing is left to do."""

    def go(moment):
        while run_reactions(moment + timedelta(seconds=1)):
            pass

    return go


@pytest.fixture
def make_call(riverside, mr_wang, act, boss, mei):
    """A call to Mr Wang, taken by real actions to the state that a test needs."""

    def make(state="due", *, moment=None, customer=None, **how):
        moment = moment or at(23, 10)
        how = {"trigger": "random", "draw": "seed", "about": (customer or mr_wang).number, **how}
        call = actions.plan(act(boss, at=moment), riverside, customer=customer or mr_wang, **how)
        if state in {"attempting", "unreachable"}:
            actions.attempt(act(mei, at=moment), call, result="no_answer")
        if state == "unreachable":
            actions.attempt(act(mei, at=moment + timedelta(hours=5)), call, result="busy")
            actions.attempt(act(mei, at=moment + timedelta(hours=9)), call, result="no_answer")
            actions.give_up(act(mei, at=moment + timedelta(hours=9, minutes=5)), call, reason="三次无人接听")
        if state == "done":
            actions.finish(act(mei, at=moment), call, satisfaction=5)
        if state == "refused":
            actions.refuse(act(mei, at=moment), call)
        if state == "cancelled":
            actions.call_off(act(mei, at=moment), call, reason="顾客已到柜台")
        call.refresh_from_db()
        return call

    return make


@pytest.fixture
def calls_of():
    """The calls about a complaint: {what for: (state, when due on the clock of the mall)}."""

    def find(complaint):
        found = {}
        for call in FollowUp.objects.filter(origin=complaint).order_by("pk"):
            clock = call.clocks.latest("pk")
            found[call.trigger] = (call.status, clock.due_at.astimezone(SHANGHAI).strftime("%m-%d %H:%M"))
        return found

    return find


@pytest.fixture
def customers(riverside, act, mei):
    """So many more customers who left their number some days ago."""

    def make(how_many):
        return [remember(act(mei, at=at(20, 11)), riverside, phone=f"154000010{n:02}") for n in range(how_many)]

    return make


@pytest.fixture
def client(client):
    """A browser that asks for English."""
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client
