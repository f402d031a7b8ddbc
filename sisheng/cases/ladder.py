"""Whom a clock rings: first whoever does the work, then up the ladder, always somebody who is there (D17, D25)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from sisheng.cases.models import Clock
from sisheng.mall.staff.models import CheckIn, Post, Staff, duty_manager, standing_in_for

if TYPE_CHECKING:
    from sisheng.cases.models import Case
    from sisheng.mall.directory.models import Mall

RUNGS: dict[int, str] = {
    Clock.Stage.LEAD: "lead",
    Clock.Stage.SUPERVISOR: "supervisor",
    Clock.Stage.MANAGER: "manager",
}


class OnDuty:
    """Who stands where at one moment. Asked once per sweep, not once per clock."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self._present: dict[int, list[tuple[int, Staff]]] = {}
        self._holders: dict[tuple[int, str], list[Staff]] = {}
        self._covers: dict[tuple[int, int], Staff] = {}

    def answering_for(self, case: Case, stage: int) -> list[Staff]:
        """The people to ring about a case at this stage, never empty while the mall has a manager at all."""
        if role := RUNGS.get(stage):
            return self._holding(case.mall, role) or self._last_resort(case.mall)
        return self._at_the_work(case) or self._holding(case.mall, "lead") or self._last_resort(case.mall)

    def _at_the_work(self, case: Case) -> list[Staff]:
        present = self._people_present(case.mall)
        here = {person.pk for _, person in present}
        for person in (case.handler, case.owner):
            if person is not None:
                cover = self._cover(case.mall, person)
                if cover.pk in here:
                    return [cover]
        return _distinct(person for desk, person in present if desk == case.desk_id)

    def _cover(self, mall: Mall, person: Staff) -> Staff:
        key = (mall.pk, person.pk)
        if key not in self._covers:
            self._covers[key] = standing_in_for(mall, person, self.at)
        return self._covers[key]

    def _holding(self, mall: Mall, role: str) -> list[Staff]:
        holders = {person.pk for person in self._posts(mall, role)}
        return _distinct(person for _, person in self._people_present(mall) if person.pk in holders)

    def _last_resort(self, mall: Mall) -> list[Staff]:
        manager = duty_manager(mall, mall.today(self.at))
        return [self._cover(mall, manager)] if manager else self._posts(mall, "manager")

    def _posts(self, mall: Mall, role: str) -> list[Staff]:
        key = (mall.pk, role)
        if key not in self._holders:
            posts = (
                Post.objects.filter(mall=mall, role=role, staff__is_active=True).select_related("staff").order_by("pk")
            )
            self._holders[key] = [post.staff for post in posts]
        return self._holders[key]

    def _people_present(self, mall: Mall) -> list[tuple[int, Staff]]:
        if mall.pk not in self._present:
            there = CheckIn.objects.filter(mall=mall).present().select_related("staff").order_by("in_at", "pk")
            self._present[mall.pk] = [(check_in.desk_id, check_in.staff) for check_in in there]
        return self._present[mall.pk]


def _distinct(people: Iterable[Staff]) -> list[Staff]:
    return list({person.pk: person for person in people}.values())
