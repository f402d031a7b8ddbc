"""A small mall for the tests of the directory: a desk, a luggage shop, a cinema that stays open at night."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from sisheng.mall.directory.models import (
    Desk,
    Facility,
    Floor,
    Mall,
    Opening,
    OpeningHours,
    Route,
    Shop,
    Zone,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    """A moment of 2026 on the wall of the mall; 22 November is a Sunday."""
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


@pytest.fixture
def mall(db) -> Mall:
    mall = Mall.objects.create(
        slug="boyun", name="泊云汇购物中心", short_name="泊云汇", name_en="Boyun Hui Mall", hot_line="0000-8866-1188"
    )
    mall.hours = make_hours(mall, "M", "10:00", "22:00", late="22:30")
    mall.save()
    return mall


def make_hours(mall: Mall, code: str, opens: str, closes: str, late: str = "") -> OpeningHours:
    """The same hours every day; `late` is when it closes on Fridays, Saturdays and eves of holidays."""
    hours = OpeningHours.objects.create(mall=mall, code=code)
    for day in range(1, 9 if late else 8):
        closing = late if late and day in (5, 6, 8) else closes
        Opening.objects.create(
            hours=hours, day=day, opens_at=time.fromisoformat(opens), closes_at=time.fromisoformat(closing)
        )
    return hours


@pytest.fixture
def desk(mall) -> Desk:
    return Desk.objects.create(mall=mall, code="main", name="总服务台", capabilities=["contacts", "complaints"])


@pytest.fixture
def second_floor(mall) -> Floor:
    return Floor.objects.create(mall=mall, code="L2", level=2, name="二楼", name_en="Level 2")


@pytest.fixture
def west_wing(mall) -> Zone:
    return Zone.objects.create(mall=mall, code="C", name="西翼", name_en="West wing")


@pytest.fixture
def luggage_shop(mall, second_floor, west_wing) -> Shop:
    return Shop.objects.create(
        mall=mall,
        unit="L2-C02",
        floor=second_floor,
        zone=west_wing,
        name="行远箱包",
        name_en="Xingyuan Luggage",
        extension="6037",
        hours=mall.hours,
    )


@pytest.fixture
def cinema(mall, second_floor, west_wing) -> Shop:
    hours = make_hours(mall, "C", "09:30", "02:00")
    return Shop.objects.create(
        mall=mall, unit="L6-A01", floor=second_floor, zone=west_wing, name="第七帧影城", hours=hours
    )


@pytest.fixture
def lift(mall, second_floor, west_wing) -> Facility:
    return Facility.objects.create(
        mall=mall,
        code="lift-C1",
        kind="lift",
        name="C1 无障碍电梯",
        name_en="Lift C1",
        floor=second_floor,
        zone=west_wing,
    )


@pytest.fixture
def route(mall, desk, luggage_shop) -> Route:
    return Route.objects.create(
        mall=mall,
        desk=desk,
        shop=luggage_shop,
        say="从这里上 B 中庭扶梯到二楼，左转第 2 家，右手边红色门头。",
        say_en="Take the atrium escalator up to Level 2, turn left, second shop on the right.",
        step_free="左转到西翼坐 C1 无障碍电梯到二楼，出门右手第 1 家。",
        step_free_en="Turn left to the west wing and take lift C1 up to Level 2, first shop on the right.",
    )


@pytest.fixture
def new_year(mall) -> date:
    day = date(2027, 1, 1)
    mall.day_exceptions.create(on=day, kind="holiday", reason="元旦", reason_en="New Year's Day")
    return day
