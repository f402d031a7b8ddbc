"""One mall with one desk, three shops and four people: where the lives happen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from sisheng.ground.act import Act
from sisheng.mall.directory.models import Desk, Floor, Mall, OpeningHours, Shop, Zone
from sisheng.mall.staff import actions as staff_actions
from sisheng.mall.staff.models import Post, Staff

OPENS, CLOSES = time(10), time(22)
BEGIN = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # a Monday, 10:00 on the wall


@dataclass
class House:
    mall: Mall
    desk: Desk
    shops: list[Shop]
    people: dict[str, Staff]


def lay_out() -> House:
    mall = Mall.objects.create(slug="lives", name="百态汇", name_en="Lives")
    mall.hours = OpeningHours.objects.create(mall=mall, code="M")
    for day in range(1, 8):
        mall.hours.openings.create(day=day, opens_at=OPENS, closes_at=CLOSES)
    mall.save()
    desk = Desk.objects.create(
        mall=mall, code="A", name="总服务台", hours=mall.hours, capabilities=["contacts", "inquiries"]
    )
    floor = Floor.objects.create(mall=mall, code="L1", level=1, name="一层")
    zone = Zone.objects.create(mall=mall, code="A", name="东翼")
    shops = [
        Shop.objects.create(
            mall=mall, unit=f"L1-A0{n}", floor=floor, zone=zone, name=name, hours=mall.hours, extension=f"60{n:02}"
        )
        for n, name in enumerate(("盐花护肤", "行远箱包", "慢火小馆"), start=1)
    ]
    roles = ("agent", "lead", "supervisor", "manager")
    people = {role: _hire(mall, f"71{n:02}", role) for n, role in enumerate(roles)}
    for person in people.values():
        staff_actions.check_in(Act(by=person, at=BEGIN - timedelta(hours=1)), desk, person=person)
    return House(mall, desk, shops, people)


def _hire(mall: Mall, code: str, role: str) -> Staff:
    person = Staff.objects.create_user(code=code, password=None, name=f"{role} {code}")
    Post.objects.create(mall=mall, staff=person, role=role)
    return person
