"""The typical cases of a week, for the supervisor to read and to talk through (CMP-34, RPT-07, CTR-34)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from sisheng.cases.models import Case
from sisheng.desk.contacts.models import Contact
from sisheng.ground.policies import current
from sisheng.ground.ui.http import show
from sisheng.mall.directory.models import Mall
from sisheng.mall.staff.gate import needs
from sisheng.mall.staff.models import Staff
from sisheng.mall.staff.request import DeskRequest

WEEK = timedelta(days=7)
MOST = 50


@dataclass(frozen=True)
class Digest:
    """What was marked among what came in during one week of the mall, Monday to Sunday."""

    begins: date
    cases: list[Case]
    contacts: list[Contact]
    wanted: int
    came: int  # cases and contacts in all

    @property
    def ends(self) -> date:
        return self.begins + WEEK - timedelta(days=1)

    @property
    def count(self) -> int:
        return len(self.cases) + len(self.contacts)

    @property
    def too_few_came(self) -> bool:
        """Where fewer came in than are wanted, fewer are enough: that is said, and is no failing."""
        return self.came < self.wanted

    @property
    def missing(self) -> int:
        return max(min(self.wanted, self.came) - self.count, 0)


def digest(mall: Mall, who: Staff, on: date, at: datetime) -> Digest:
    """The week in which that day lies, as far as this person may see it."""
    begins = on - timedelta(days=on.weekday())
    since, until = (datetime.combine(day, time.min, mall.zone) for day in (begins, begins + WEEK))
    cases = Case.objects.visible_to(who).filter(mall=mall, opened_at__gte=since, opened_at__lt=until)
    cases = cases.exclude(status="discarded")
    contacts = Contact.objects.visible_to(who).counted().filter(mall=mall, on__gte=begins, on__lt=begins + WEEK)
    marked = cases.filter(is_typical=True).select_related("mall", "shop").order_by("pk")
    return Digest(
        begins=begins,
        cases=[case.real() for case in marked[:MOST]],
        contacts=list(contacts.filter(is_typical=True).select_related("mall", "shop").order_by("pk")[:MOST]),
        wanted=int(current(mall.pk, "report.typical_cases", at).value),
        came=cases.count() + contacts.count(),
    )


@require_GET
@needs("cases.see")
def typical(request: DeskRequest) -> HttpResponse:
    """This week; `week` names a day of another."""
    today = request.mall.today(request.act.at)
    found = digest(request.mall, request.user, min(_day(request.GET.get("week", "")) or today, today), request.act.at)
    context = {
        "digest": found,
        "before": found.begins - WEEK,
        "after": found.begins + WEEK if found.begins + WEEK <= today else None,
        "at": request.act.at,
    }
    return show(request, "board/typical.html", "board/_typical.html", context)


def _day(told: str) -> date | None:
    try:
        day = date.fromisoformat(told)
    except ValueError:
        return None
    return day if day.year > 2000 else None
