"""Whom a clock rings: first whoever does the work, then up the ladder, always somebody who is there (D17, D25)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from sisheng.cases.models import Clock
from sisheng.mall.staff.models import CheckIn, Post, Staff, duty_manager, standing_in_for

if TYPE_CHECKING:
    from sisheng.cases.models import Case
    from sisheng.mall.directory.models import Desk, Mall

RUNGS: dict[int, str] = {
    Clock.Stage.LEAD: "lead",
    Clock.Stage.SUPERVISOR: "supervisor",
    Clock.Stage.MANAGER: "manager",
}
UPWARDS = tuple(RUNGS.values())


class OnDuty:
    """Who stands where at one moment. Asked once per sweep, not once per clock."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self._present: dict[int, list[tuple[int, Staff]]] = {}
        self._holders: dict[tuple[int, str], list[Staff]] = {}
        self._covers: dict[tuple[int, int], Staff] = {}

    def answering_for(self, clock: Clock) -> list[Staff]:
        """The people to ring about a clock at its stage, never whom its case is about (CMP-30).

        Never empty while somebody else answers for the mall at all.
        """
        for people in self._in_turn(clock):
            if others := [person for person in people if person.pk != clock.case.about_staff_id]:
                return others
        return []

    def _in_turn(self, clock: Clock) -> Iterator[list[Staff]]:
        mall = clock.case.mall
        if clock.role:
            yield from self._levels(mall, clock.role, above=max(0, clock.stage - Clock.Stage.DUE))
        elif role := RUNGS.get(clock.stage):
            yield self.holding(mall, role)
        else:
            yield self.at_the_work(clock.case)
            yield self.holding(mall, "lead")
        yield self._last_resort(mall)
        yield self._posts(mall, "manager")

    def at_desk(self, desk: Desk) -> list[Staff]:
        """Whoever stands at this desk; if nobody does, a lead who is there, and so on upwards."""
        here = _distinct(person for number, person in self._people_present(desk.mall) if number == desk.pk)
        return here or self.at_level(desk.mall, "lead")

    def at_level(self, mall: Mall, role: str, *, but: int | None = None) -> list[Staff]:
        """Who is there and holds this role; if nobody is, the next higher one, and at last whoever answers today.

        `but` is the key of somebody who must not be asked, since it is about them.
        """
        for people in (*self._levels(mall, role), self._last_resort(mall), self._posts(mall, "manager")):
            if others := [person for person in people if person.pk != but]:
                return others
        return []

    def _levels(self, mall: Mall, role: str, *, above: int = 0) -> Iterator[list[Staff]]:
        lowest = UPWARDS.index(role) if role in UPWARDS else 0
        for level in UPWARDS[min(lowest + above, len(UPWARDS) - 1) :]:
            yield self.holding(mall, level)

    def at_the_work(self, case: Case) -> list[Staff]:
        """Handler or owner if they are there, or who stands in for them; else whoever is at the desk of the case."""
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

    def holding(self, mall: Mall, role: str) -> list[Staff]:
        """Who holds this role and is there now."""
        holders = {person.pk for person in self._posts(mall, role)}
        return _distinct(person for _, person in self._people_present(mall) if person.pk in holders)

    def covering(self, mall: Mall, role: str) -> list[Staff]:
        """Who is there and stands in for somebody who holds this role."""
        covers = {self._cover(mall, person).pk for person in self._posts(mall, role)}
        absent = {person.pk for person in self._posts(mall, role)}
        return _distinct(person for _, person in self._people_present(mall) if person.pk in covers - absent)

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
