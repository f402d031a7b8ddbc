"""Two people say yes and no at the same moment: one of them has decided, the other is told so."""

from __future__ import annotations

from decimal import Decimal

import pytest

from sisheng.ground.events.models import Event
from sisheng.ground.refusals import OutOfTurn, Overtaken
from sisheng.kit.approvals import actions
from sisheng.kit.approvals.models import Approval

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.races]


def ask(act, mei, case, **details):
    return actions.ask(act(mei), case, ref="proposal:1", title="退款", amount=Decimal(640), **details)


def loaded(approval, times):
    return [Approval.objects.with_people().get(pk=approval.pk) for _ in range(times)]


def test_of_two_who_decide_at_once_one_has_decided(together, make_inquiry, act, mei, lead, supervisor):
    seen = loaded(ask(act, mei, make_inquiry()), 2)

    results = together(
        2, lambda n: actions.decide(act((lead, supervisor)[n]), seen[n], yes=n == 0, words="" if n == 0 else "不行")
    )

    assert sorted(type(result).__name__ for result in results) == ["Approval", "Overtaken"]
    assert Event.objects.filter(kind__in=["approval.approved", "approval.declined"]).count() == 1


def test_a_yes_and_a_taking_back_at_once_leave_one_of_them(together, make_inquiry, act, mei, lead):
    seen = loaded(ask(act, mei, make_inquiry()), 8)

    results = together(
        8, lambda n: actions.withdraw(act(mei), seen[n]) if n % 2 else actions.decide(act(lead), seen[n], yes=True)
    )

    assert sum(isinstance(result, Approval) for result in results) == 1
    assert sum(isinstance(result, Overtaken) for result in results) == 7
    assert Event.objects.filter(kind__in=["approval.approved", "approval.withdrawn"]).count() == 1


def test_one_yes_pressed_by_two_people_at_once_signs_one_step_of_a_chain(
    together, make_inquiry, act, mei, lead, supervisor
):
    approval = ask(act, mei, make_inquiry(), chain=["lead", "manager"])
    seen = loaded(approval, 2)

    results = together(2, lambda n: actions.decide(act((lead, supervisor)[n]), seen[n], yes=True))

    assert sum(isinstance(result, Overtaken) for result in results) == 1
    approval.refresh_from_db()
    assert (approval.state, approval.position) == ("waiting", 2)
    assert approval.case.clocks.live().filter(part=approval.number).count() == 1


def test_the_same_thing_asked_by_two_at_once_is_asked_once(together, make_inquiry, act, mei, ping):
    case = make_inquiry()

    results = together(4, lambda n: ask(act, (mei, ping)[n % 2], case))

    assert sum(isinstance(result, Approval) for result in results) == 1
    assert sum(isinstance(result, OutOfTurn) for result in results) == 3
    assert Event.objects.filter(kind="approval.asked").count() == 1


def test_the_same_yes_sent_four_times_at_once_is_one(together, make_inquiry, act, mei, lead):
    seen = loaded(ask(act, mei, make_inquiry()), 4)

    results = together(4, lambda n: actions.decide(act(lead, once="yes-1"), seen[n], yes=True))

    assert [result.pk for result in results] == [seen[0].pk] * 4
    assert Event.objects.filter(kind="approval.approved").count() == 1
