"""The people who work in the demo mall (domain 4.5), with a post in the mall and in its practice mall."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib.auth.hashers import make_password

from sisheng.config.demo.tables import add_missing, rows
from sisheng.mall.directory.models import Mall
from sisheng.mall.staff.models import DutyDay, Post, Staff

DUTY_MANAGERS = ("1004", "1005")  # day about
BEHIND, AHEAD = 60, 30  # days for which the duty managers are named


def staff(password: str) -> tuple[int, list[str]]:
    """How many were new, and the codes of those: only they have this password."""
    known = set(Staff.objects.values_list("code", flat=True))
    new = [row for row in rows("staff") if row["code"] not in known]
    hashed = make_password(password) if new else ""  # one hash for one password: it is slow on purpose
    Staff.objects.bulk_create(
        Staff(
            code=row["code"],
            name=row["name"],
            name_en=row["name_en"],
            title=row["title"],
            languages=row["languages"],
            skills=row["skills"],
            password=hashed,
        )
        for row in new
    )
    return len(new), [row["code"] for row in new]


def posts(mall: Mall) -> int:
    people = Staff.objects.in_bulk([row["code"] for row in rows("staff")], field_name="code")
    made = (
        Post(mall=mall, staff=people[row["code"]], role=role) for row in rows("staff") for role in row["roles"].split()
    )
    return add_missing(made, by=("staff_id", "role"), within={"mall": mall})


def duty_days(mall: Mall, today: date) -> int:
    people = Staff.objects.in_bulk(DUTY_MANAGERS, field_name="code")
    days = (today + timedelta(days=ahead) for ahead in range(-BEHIND, AHEAD + 1))
    made = (DutyDay(mall=mall, on=day, staff=people[DUTY_MANAGERS[day.toordinal() % 2]]) for day in days)
    return add_missing(made, by="on", within={"mall": mall})
