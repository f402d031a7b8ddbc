"""How much each may settle alone, against a table written by hand from CTR-08, not from the code."""

from __future__ import annotations

from decimal import Decimal

import pytest

from conftest import _hire
from sisheng.ground.policies.actions import set_policy
from sisheng.ground.refusals import NotAllowed, OutOfTurn
from sisheng.kit.approvals import actions
from sisheng.kit.approvals.authority import is_within, level_for, limit_of
from sisheng.kit.approvals.models import Approval
from sisheng.kit.approvals.tests.conftest import at, table
from sisheng.mall.staff.models import Post

ROWS = table("expected_authority.tsv")
ROLES = [name for name in ROWS[0] if name not in {"amount", "level"}]
CELLS = [(Decimal(row["amount"]), role, row[role] == "alone") for row in ROWS for role in ROLES]
ASKED = [(amount, role, may) for amount, role, may in CELLS if amount > 200]


@pytest.mark.rule("CTR-08", "CMP-24")
@pytest.mark.parametrize(("amount", "role", "may"), CELLS)
def test_each_role_settles_up_to_its_limit_alone(riverside, now, amount, role, may):
    person = _hire("3001", "某人", riverside, role)

    assert is_within(person, riverside, amount, now) is may


@pytest.mark.rule("CTR-08")
@pytest.mark.parametrize("row", ROWS, ids=[row["amount"] for row in ROWS])
def test_the_lowest_level_that_may_decide_is_asked(riverside, now, row):
    assert (level_for(riverside, Decimal(row["amount"]), now) or "none") == row["level"]


@pytest.mark.rule("CTR-08", "CMP-24")
@pytest.mark.parametrize(("amount", "role", "may"), ASKED)
def test_nobody_says_yes_to_more_than_they_may_settle_themselves(make_approval, riverside, act, amount, role, may):
    approval = make_approval(amount)
    person = _hire("3001", "某人", riverside, role)

    if may:
        actions.decide(act(person), approval, yes=True)
    else:
        with pytest.raises(NotAllowed):
            actions.decide(act(person), approval, yes=True)

    assert (Approval.objects.get(pk=approval.pk).state == "approved") is may


@pytest.mark.rule("CMP-24")
def test_golden_g5_640_yuan_by_an_agent_need_a_lead(make_approval, riverside, mei, lead, act, now):
    assert not is_within(mei, riverside, Decimal(640), now)

    approval = make_approval("640")
    actions.decide(act(lead), approval, yes=True)

    assert (approval.level, approval.state, approval.decided_by, approval.own_limit) == ("lead", "approved", lead, 200)


def test_the_highest_of_several_roles_counts_and_those_of_another_mall_do_not(riverside, northgate, lead, now):
    Post.objects.create(mall=riverside, staff=lead, role="supervisor")
    Post.objects.create(mall=northgate, staff=lead, role="manager")

    assert limit_of(lead, riverside, now) == 5000
    assert limit_of(lead, northgate, now) is None


def test_a_new_limit_counts_from_its_date_on(riverside, mei, boss, act):
    set_policy(act(boss, at=at(9)), riverside, "authority.agent", 700, reason="试行", from_at=at(12))

    assert [limit_of(mei, riverside, moment) for moment in (at(11, 59), at(12))] == [200, 700]
    assert [level_for(riverside, Decimal(640), moment) for moment in (at(11, 59), at(12))] == ["lead", ""]


def test_whose_limit_fell_after_the_asking_sends_it_on_to_somebody_higher(
    make_approval, riverside, lead, supervisor, boss, act
):
    approval = make_approval("640", at=at(10))
    set_policy(act(boss, at=at(10, 30)), riverside, "authority.lead", 500, reason="收紧")

    with pytest.raises(NotAllowed) as refusal:
        actions.decide(act(lead, at=at(11)), approval, yes=True)
    actions.decide(act(supervisor, at=at(11)), approval, yes=True)

    assert "500" in str(refusal.value)
    assert approval.decided_by == supervisor


def test_what_lies_within_ones_own_authority_is_not_asked(make_approval, make_inquiry, lead, boss):
    case = make_inquiry()

    for amount, by in (("200", None), ("1000", lead), ("80000", boss), (None, boss)):
        with pytest.raises(OutOfTurn):
            make_approval(amount, by=by, case=case)

    assert not Approval.objects.exists()


def test_a_lead_asks_above_their_own_level_and_without_an_amount_the_next_one(make_approval, lead, supervisor):
    asked = [("1200", lead), ("5001", lead), ("5001", supervisor), (None, None), (None, lead), (None, supervisor)]

    levels = [make_approval(amount, by=by).level for amount, by in asked]

    assert levels == ["supervisor", "manager", "manager", "lead", "supervisor", "manager"]
