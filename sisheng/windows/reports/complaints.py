"""Complaints in figures, put together for one page: what the complaints say, beside contacts and satisfaction."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Count
from django.utils.translation import gettext as _

from sisheng.desk.complaints import figures, kept
from sisheng.desk.complaints.figures import Heading, Received, Span, Storey
from sisheng.desk.complaints.kept import InTime
from sisheng.desk.contacts.models import Contact
from sisheng.desk.followups.figures import satisfied
from sisheng.desk.followups.lifecycle import DONE
from sisheng.desk.followups.models import FollowUp, Survey
from sisheng.ground.policies import current
from sisheng.windows.reports.periods import Period
from sisheng.windows.reports.shares import Hours, Share, per_thousand

if TYPE_CHECKING:
    from sisheng.mall.directory.models import Mall
    from sisheng.mall.staff.models import Staff


@dataclass(frozen=True)
class Line:
    """One week with what came in, beside the contacts of that week."""

    begins: date
    n: int
    is_cut: bool
    contacts: int
    rate: str


@dataclass(frozen=True)
class Report:
    """Everything that the page shows, and nothing that it has to ask for."""

    period: Period
    received: Received
    before: int  # as many days earlier
    contacts: int
    hours: Hours
    shares: list[Share]
    categories: list[Heading]
    causes: list[Heading]
    weeks: list[Line]
    storeys: list[Storey]

    @property
    def is_empty(self) -> bool:
        return not (self.received.counted or self.received.merged or self.received.discarded)

    @property
    def rate(self) -> str:
        return per_thousand(self.received.counted, self.contacts)

    @property
    def traced(self) -> int:
        return sum(heading.n for heading in self.causes)

    @property
    def busiest_week(self) -> int:
        return max((line.n for line in self.weeks), default=0)


def report(mall: Mall, who: Staff, period: Period, at: datetime) -> Report:
    """The period as this person may see it: of this mall, and without what is about themselves."""
    span = period.span(mall, at)
    complaints, clocks = figures.complaints_of(mall, who), kept.clocks_of(mall, who)
    received = figures.received(complaints, span)
    causes = figures.by_cause(complaints, span)
    contacts = _contacts(mall, period)
    return Report(
        period=period,
        received=received,
        before=figures.counted(complaints, period.before.span(mall, at)).count(),
        contacts=sum(contacts.values()),
        hours=Hours(kept.hours_to_final(clocks, span)),
        shares=_shares(
            mall, received, causes, kept.in_time(clocks, span, mall), kept.on_the_spot(clocks, span),
            kept.reopened(complaints, span), _scores(mall, who, span), at,
        ),
        categories=figures.by_category(complaints, span),
        causes=causes,
        weeks=[_line(week, contacts, period) for week in figures.by_week(complaints, span, mall)],
        storeys=figures.by_place(complaints, span),
    )  # fmt: skip


def _shares(
    mall: Mall, received: Received, causes: list[Heading], clocks: dict[str, InTime], spot: InTime,
    reopened: tuple[int, int], scores: list[int], at: datetime,
) -> list[Share]:  # fmt: skip
    def aim(policy: str) -> int:
        return round(float(current(mall.pk, policy, at).value))

    def met(deadline: str) -> tuple[int, int]:
        clock = clocks.get(deadline, InTime(0, 0))
        return clock.in_time, clock.due

    content = satisfied(scores)
    liked = round((content.value or 0) * content.n)
    asked = received.updates + received.chased
    return [
        Share("final", _("Final answer within 72 hours"), *met("complaint.final"), aim=95),
        Share("proposed", _("First offer within 48 hours"), *met("complaint.propose"), aim=95),
        Share("investigated", _("Looked into within 24 hours"), *met("complaint.investigate"), aim=95),
        Share("statements", _("Statement of the shop in time"), *met("complaint.brand_statement"), aim=90),
        Share("spot", _("Settled on the spot, of those tried"), spot.in_time, spot.due,
              aim=aim("complaint.onspot.success")),
        Share("settled", _("Settled on the spot, of all"), spot.in_time, received.counted),
        Share("satisfied", _("Satisfied afterwards (4 or 5 of 5)"), liked, content.n, aim=aim("survey.target")),
        Share("reopened", _("Opened again, of those archived"), *reopened, aim=5, is_ceiling=True),
        Share("substantiated", _("Borne out by the facts, wholly or in part"), received.borne_out, received.found),
        Share("updates", _("Told before they asked"), received.updates, asked, aim=90),
        Share("causes", _("The three most frequent causes, of all found"), *figures.top_causes(causes)),
    ]  # fmt: skip


def _scores(mall: Mall, who: Staff, span: Span) -> list[int]:
    """What customers answered after a complaint: by link, and when they were rung (KPI-20)."""
    surveys = Survey.objects.answered().filter(
        mall=mall, case__kind="complaint", answered_at__gte=span.since, answered_at__lt=span.until
    )
    calls: Any = FollowUp.objects.filter(
        mall=mall, origin__kind="complaint", status=DONE, satisfaction__isnull=False, closed_at__gte=span.since,
        closed_at__lt=span.until,
    )  # fmt: skip
    written = surveys.exclude(case__about_staff=who).values_list("csat", flat=True)
    said = calls.exclude(origin__about_staff=who).values_list("satisfaction", flat=True)
    return [*written, *said]


def _contacts(mall: Mall, period: Period) -> Counter[date]:
    """How many receptions were logged on each day."""
    days = Contact.objects.counted().filter(mall=mall, on__gte=period.first, on__lte=period.last)
    return Counter(dict(days.order_by().values_list("on").annotate(Count("pk"))))


def _line(week: figures.Week, contacts: Counter[date], period: Period) -> Line:
    came = sum(n for day, n in contacts.items() if week.begins <= day < week.begins + figures.WEEK)
    return Line(week.begins, week.n, week.is_cut, came, per_thousand(week.n, came))
