"""Camera pictures are kept before the recorder writes over them, and each look is on record (N-70)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from sisheng.cases.models import Clock
from sisheng.cases.ringing import sweep
from sisheng.ground.policies.actions import set_policy
from sisheng.ground.refusals import NotAllowed, OutOfTurn, Overtaken, Unusable
from sisheng.kit.evidence import actions
from sisheng.kit.evidence.models import CctvRequest, CctvViewing

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(act, mei, case, now):
    def ask(*, days_ago=10, at=None, **told):
        start = now - timedelta(days=days_ago)
        wish = {
            "reason": "核对箱子何时离店", "requester": "小梅", "relation": "staff", "place": "L2-C02 门口",
            "filmed_from": start, "filmed_until": start + timedelta(minutes=15),
        }  # fmt: skip
        return actions.ask_cctv(act(mei, at=at), case, **{**wish, **told})

    return ask


@pytest.mark.rule("N-70", "CMP-09")
def test_the_countdown_runs_from_the_day_of_the_pictures_not_of_the_asking(ask, now, case):
    request = ask(days_ago=10)

    assert request.clock.due_at == now + timedelta(days=15)  # day 25
    assert request.lost_at == now + timedelta(days=20)  # day 30
    assert request.days_old(now + timedelta(days=2)) == 12
    sweep(now + timedelta(days=15, minutes=1))
    assert request.clock.state(now + timedelta(days=15, minutes=1)) == Clock.State.OVER
    assert case.timeline().filter(kind="deadline.breached").exists()


# asked how many days after filming, whether it rings at that moment, and what it then says: by hand from the 25 days,
# of which the last quarter begins on day 18.75 and the last tenth on day 22.5
ASKED_ON = [(18, None, "ok"), (19, "deadline.soon", "soon"), (22, "deadline.soon", "soon"),
            (23, "deadline.due", "now"), (25, "deadline.breached", "over"),
            (40, "deadline.breached", "over")]  # fmt: skip


@pytest.mark.rule("N-70")
@pytest.mark.parametrize(("days_ago", "rings", "state"), ASKED_ON)
def test_how_much_time_is_left_is_told_by_the_age_of_the_pictures(ask, now, case, days_ago, rings, state):
    request = ask(days_ago=days_ago)

    sweep(now)

    told = [event.kind for event in case.timeline().filter(kind__startswith="deadline.", details__part=request.part)]
    assert told == ([rings] if rings else [])
    assert request.clock.state(now) == state


@pytest.mark.rule("N-70")
def test_the_ladder_of_the_pictures_begins_on_the_day_they_were_taken(ask, now):
    request = ask(days_ago=10)

    assert request.clock.next_ring_at == now + timedelta(days=8, hours=18)  # day 18.75
    sweep(now + timedelta(days=8, hours=18))
    assert request.clock.next_ring_at == now + timedelta(days=12, hours=12)  # day 22.5


@pytest.mark.rule("N-70")
def test_a_mall_that_keeps_pictures_longer_says_so_itself(ask, act, boss, riverside, now):
    set_policy(act(boss), riverside, "retention.cctv", 35, reason="设备可存 35 天")

    assert ask(days_ago=10).lost_at == now + timedelta(days=25)


@pytest.mark.rule("N-70")
def test_pictures_that_are_kept_end_the_countdown(ask, act, mei, now):
    request = ask()

    actions.cctv_preserved(act(mei, at=now + timedelta(days=1)), request, until=date(2026, 12, 20), reference="硬盘 7")

    assert (request.state, request.preserved_until, request.reference) == ("preserved", date(2026, 12, 20), "硬盘 7")
    assert request.clock.state(now + timedelta(days=9)) == Clock.State.MET
    with pytest.raises(Overtaken):
        actions.cctv_unavailable(act(mei), request, why="找不到")


@pytest.mark.rule("N-70")
def test_each_look_is_written_down_with_who_and_why(ask, act, mei, lead, case, now):
    request = ask()
    actions.cctv_preserved(act(mei), request, until=date(2026, 12, 20))

    for who, why in (("", "看看"), ("保安老周", " ")):
        with pytest.raises(Unusable):
            actions.cctv_viewed(act(mei), request, who=who, why=why)
    actions.cctv_viewed(act(mei), request, who="保安老周", why="核对时间", seen="10:03 顾客离店")
    actions.cctv_viewed(act(lead), request, who="组长", why="复核")

    assert [(one.who, one.why, one.by) for one in CctvViewing.objects.order_by("pk")] == [
        ("保安老周", "核对时间", mei.actor_key),
        ("组长", "复核", lead.actor_key),
    ]
    assert request.state == "viewed"
    told = [event.sentence() for event in case.timeline().filter(kind="cctv.viewed")]
    assert told[0] == "Camera pictures viewed by 保安老周: L2-C02 门口, because: 核对时间"


@pytest.mark.rule("N-70")
@pytest.mark.parametrize("missing", ["reason", "requester", "place"])
def test_who_asks_and_why_is_never_left_out(ask, missing):
    with pytest.raises(Unusable) as refusal:
        ask(**{missing: " "})

    assert refusal.value.field == missing
    assert not CctvRequest.objects.exists()


def test_a_look_does_not_make_pictures_last(ask, act, mei, now):
    request = ask()

    actions.cctv_viewed(act(mei), request, who="保安老周", why="先看一眼")

    assert request.state == "asked"
    assert request.clock.state(now) == Clock.State.OK


def test_what_the_police_took_has_their_number(ask, act, mei, lead):
    request = ask()

    with pytest.raises(OutOfTurn):
        actions.cctv_handed_over(act(lead), request, number="受字 9 号")
    actions.cctv_preserved(act(mei), request, until=date(2026, 12, 20))
    with pytest.raises(NotAllowed):
        actions.cctv_handed_over(act(mei), request, number="受字 9 号")
    actions.cctv_handed_over(act(lead), request, number="受字 9 号")

    assert (request.police_number, request.state) == ("受字 9 号", "preserved")


def test_what_is_not_there_ends_the_countdown_without_being_kept(ask, act, mei, now):
    request = ask()

    actions.cctv_unavailable(act(mei), request, why="摄像头当天检修")

    assert request.clock.state(now + timedelta(days=30)) == Clock.State.CANCELLED
    with pytest.raises(OutOfTurn):
        actions.cctv_viewed(act(mei), request, who="老周", why="看看")


def test_pictures_older_than_the_limit_are_overdue_at_once(ask, now):
    request = ask(days_ago=27)

    assert request.clock.state(now) == Clock.State.OVER
    assert sweep(now) >= 1


@pytest.mark.parametrize(
    ("start", "end"), [(-1, -2), (-1, 1), (-40, -10)], ids=["end before beginning", "not yet", "more than a day"]
)
def test_a_window_that_makes_no_sense_is_refused(ask, now, start, end):
    with pytest.raises(Unusable) as refusal:
        ask(filmed_from=now + timedelta(hours=start), filmed_until=now + timedelta(hours=end))

    assert refusal.value.field == "filmed_until"


def test_two_requests_of_one_case_have_two_clocks(ask, act, mei, now):
    first, second = ask(days_ago=10), ask(days_ago=5, place="B1 停车场")

    actions.cctv_preserved(act(mei), first, until=date(2026, 12, 20))

    assert first.clock.state(now) == Clock.State.MET
    assert second.clock.due_at == now + timedelta(days=20)


def test_a_state_has_its_moment(ask):
    request = ask()

    with pytest.raises(IntegrityError), transaction.atomic():
        CctvRequest.objects.filter(pk=request.pk).update(state="preserved")
