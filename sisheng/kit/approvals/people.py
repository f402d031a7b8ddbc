"""Whom to ask now: who is there and may decide, else who answers for the mall."""

from __future__ import annotations

from datetime import datetime

from sisheng.cases.ladder import UPWARDS, OnDuty
from sisheng.kit.approvals.authority import deciding_authority_of
from sisheng.kit.approvals.models import Approval
from sisheng.mall.staff.models import Staff


def whom_to_ask(approval: Approval, at: datetime) -> list[Staff]:
    """The lowest level, from the one that may decide, of which somebody is there who may.

    Whoever stands in for one of a level is of that level. If nobody of them is there, whoever answers for the mall
    today, if they may; else the managers, wherever they are: a yes takes one tap on a telephone. With them whoever
    answers for the mall today, who cannot say yes but knows whom to ring.
    """
    on_duty = OnDuty(at)
    for role in UPWARDS[UPWARDS.index(approval.level) :]:
        people = [*on_duty.holding(approval.mall, role), *on_duty.covering(approval.mall, role)]
        if able := [person for person in dict.fromkeys(people) if _may(person, approval, at)]:
            return able
    today = on_duty.at_level(approval.mall, UPWARDS[-1])
    if able := [person for person in today if _may(person, approval, at)]:
        return able
    managers = Staff.objects.filter(posts__mall=approval.mall, posts__role=UPWARDS[-1], is_active=True).order_by("pk")
    concerned = {approval.asked_by_id, approval.case.about_staff_id}
    answering = [one for one in on_duty.at_level(approval.mall, UPWARDS[-1]) if one.pk not in concerned]
    return list(dict.fromkeys([*(one for one in managers if _may(one, approval, at)), *answering]))


def _may(person: Staff, approval: Approval, at: datetime) -> bool:
    return approval.hindrance(person, deciding_authority_of(person, approval.mall, at)) is None
