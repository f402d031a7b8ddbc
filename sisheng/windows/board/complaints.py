"""What the desk home says of complaints: the day, the 72 hours, the week's typical cases, and who has how many."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q

from sisheng.cases.models import Clock
from sisheng.desk.complaints.figures import Span
from sisheng.desk.complaints.kept import InTime, in_time
from sisheng.desk.complaints.models import Complaint
from sisheng.ground.lifecycle import Turn
from sisheng.ground.policies import current
from sisheng.windows.board.lists import people_of

if TYPE_CHECKING:
    from sisheng.mall.directory.models import Mall
    from sisheng.mall.staff.models import Staff

MEASURED_OVER = timedelta(days=30)


def final_in_time(mall: Mall, at: datetime, over: timedelta = MEASURED_OVER) -> InTime:
    """The share of final answers given within 72 hours, among all that were due by now and within the last 30 days."""
    finals = Clock.objects.filter(mall=mall, deadline="complaint.final")
    return in_time(finals, Span(at - over, at, at), mall).get("complaint.final", InTime(0, 0))


@dataclass(frozen=True)
class Figures:
    """Complaints at a glance."""

    accepted_today: int
    to_do: int  # on which the desk has to act
    final: InTime
    typical: int
    this_week: int
    typical_wanted: int

    @property
    def too_few_to_choose(self) -> bool:
        """There cannot be more typical cases than complaints; that is said, and is no failing (CTR-34)."""
        return self.this_week < self.typical_wanted


def figures(mall: Mall, at: datetime) -> Figures:
    """Count the day and the week of the mall (CMP-34: a week begins on Monday)."""
    day = datetime.combine(mall.today(at), time.min, mall.zone)
    week = datetime.combine(mall.today(at) - timedelta(days=mall.today(at).weekday()), time.min, mall.zone)
    counts = Complaint.objects.filter(mall=mall).aggregate(
        accepted_today=Count("pk", filter=Q(accepted_at__gte=day)),
        to_do=Count("pk", filter=Q(closed_at=None, turn=Turn.DESK)),
        typical=Count("pk", filter=Q(accepted_at__gte=week, is_typical=True)),
        this_week=Count("pk", filter=Q(accepted_at__gte=week)),
    )
    wanted = int(current(mall.pk, "report.typical_cases", at).value)
    return Figures(**counts, final=final_in_time(mall, at), typical_wanted=wanted)


@dataclass(frozen=True)
class InHand:
    """How many complaints one person has in hand, beside what one pair of hands can do (CMP-33)."""

    person: Any
    count: int
    enough: int

    @property
    def is_full(self) -> bool:
        return self.count >= self.enough


def in_hand(mall: Mall, who: Staff, at: datetime) -> list[InHand]:
    """For those who share out the work, by staff code and never by how much: it is no ranking."""
    return list(_in_hand(mall, at)) if who.can("complaints.decide", mall) else []


def _in_hand(mall: Mall, at: datetime) -> Iterator[InHand]:
    open_ones = Complaint.objects.filter(mall=mall, closed_at=None, handler__isnull=False)
    counts = dict(open_ones.order_by().values_list("handler").annotate(Count("pk")))
    enough = int(current(mall.pk, "complaint.in_hand", at).value)
    for person in people_of(mall, "complaints.handle"):
        if person.pk in counts:
            yield InHand(person, counts[person.pk], enough)
