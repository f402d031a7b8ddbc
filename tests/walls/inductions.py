"""An induction that can be passed, for the walls."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from sisheng.desk.training import actions
from sisheng.desk.training.models import Induction
from sisheng.ground.act import Act
from sisheng.mall.directory.models import Mall
from sisheng.mall.staff.models import Staff


def induction_of(act: Act, mall: Mall, person: Staff) -> Induction:
    """Three days in class and three beside a colleague, of twelve hours each, and an exam of 90 points."""
    today = mall.today(act.at)
    new = actions.begin(act, mall, person=person, on=today - timedelta(days=9))
    for day in range(6):
        form = "classroom" if day < 3 else "shadowing"
        told = {"form": form, "topic": "process", "hours": Decimal(12)}
        actions.note_lesson(act, new, on=today - timedelta(days=9 - day), **told)
    actions.examine(act, new, on=today, score=90)
    return new
