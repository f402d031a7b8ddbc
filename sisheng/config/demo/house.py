"""The house: its floors, its hours, its desks, and the list of numbers to call."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from sisheng.config.demo.tables import add_missing, tree
from sisheng.mall.directory.holidays import write_down_holidays
from sisheng.mall.directory.models import (
    Desk,
    EmergencyNumber,
    Floor,
    Mall,
    Opening,
    OpeningHours,
    Zone,
)

LATE_DAYS = (5, 6, 8)  # Friday, Saturday, and the eve of a public holiday


def build(about: dict[str, Any], at: datetime, shadow_of: Mall | None = None) -> tuple[Mall, dict[str, int]]:
    """The mall itself with everything that does not move."""
    plan = tree("mall")
    mall, _is_new = Mall.objects.get_or_create(slug=about["slug"], defaults={**about, "shadow_of": shadow_of})
    here = {"mall": mall}
    made = {
        "floors": add_missing((Floor(mall=mall, **floor) for floor in plan["floors"]), by="code", within=here),
        "zones": add_missing((Zone(mall=mall, **zone) for zone in plan["zones"]), by="code", within=here),
        "opening hours": _hours(mall, plan["hours"]),
        "holidays": write_down_holidays(mall, _years_around(mall.today(at))),
        "desks": _desks(mall, plan["desks"]),
        "emergency numbers": add_missing(
            (EmergencyNumber(mall=mall, position=turn, **call) for turn, call in enumerate(plan["calls"], 1)),
            by="position",
            within=here,
        ),
    }
    if mall.hours is None:
        mall.hours = mall.opening_hours.get(code="M")
        mall.save(update_fields=["hours"])
    return mall, made


def _years_around(today: date) -> list[int]:
    """The year of the history behind us and of the promises before us."""
    return sorted({(today - timedelta(days=90)).year, today.year, (today + timedelta(days=90)).year})


def _hours(mall: Mall, patterns: list[dict[str, str]]) -> int:
    made = 0
    for pattern in patterns:
        words = {"name": pattern["name"], "name_en": pattern["name_en"]}
        hours, is_new = OpeningHours.objects.get_or_create(mall=mall, code=pattern["code"], defaults=words)
        if is_new:
            Opening.objects.bulk_create(_openings(hours, pattern["usual"], pattern.get("late", "")))
            made += 1
    return made


def _openings(hours: OpeningHours, usual: str, late: str) -> list[Opening]:
    days = range(1, 9 if late else 8)
    spans = {day: (late if late and day in LATE_DAYS else usual).split("-") for day in days}
    return [
        Opening(hours=hours, day=day, opens_at=time.fromisoformat(opens), closes_at=time.fromisoformat(closes))
        for day, (opens, closes) in spans.items()
    ]


def _desks(mall: Mall, desks: list[dict[str, Any]]) -> int:
    floors = {floor.code: floor for floor in mall.floors.all()}
    zones = {zone.code: zone for zone in mall.zones.all()}
    hours = {pattern.code: pattern for pattern in mall.opening_hours.all()}
    made = (
        Desk(
            mall=mall,
            position=position,
            code=desk["code"],
            name=desk["name"],
            name_en=desk["name_en"],
            floor=floors[desk["floor"]],
            zone=zones[desk["zone"]],
            spot=desk["spot"],
            spot_en=desk["spot_en"],
            extension=desk["extension"],
            hours=hours[desk["hours"]],
            capabilities=desk["capabilities"],
            has_low_counter=desk["low_counter"],
        )
        for position, desk in enumerate(desks, 1)
    )
    return add_missing(made, by="code", within={"mall": mall})
