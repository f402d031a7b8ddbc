"""How we kept our word to those who complained: what was due and done in time, and what had to be opened again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, DurationField, Exists, ExpressionWrapper, F, OuterRef, Q

from sisheng.cases.models import Clock
from sisheng.ground.events.models import Event
from sisheng.ground.policies import current

if TYPE_CHECKING:
    from sisheng.desk.complaints.figures import Span
    from sisheng.mall.directory.models import Mall


def clocks_of(mall: Mall, who: Any) -> Any:
    """Their clocks."""
    return Clock.objects.filter(mall=mall).exclude(case__about_staff=who)


@dataclass(frozen=True)
class InTime:
    """Of the clocks that fell due, how many were met in time."""

    due: int
    in_time: int

    @property
    def share(self) -> int | None:
        """None means that nothing was due: never 100 % of nothing."""
        return round(100 * self.in_time / self.due) if self.due else None


def in_time(clocks: Any, span: Span, mall: Mall) -> dict[str, InTime]:
    """For each deadline, of what fell due in the period and by now, what was done in time (KPI-13, 14, 15, 48).

    What was never done counts as not in time; what was called off, by a withdrawal or a merging, owes nothing. A
    complaint that was opened again, or came back from an authority after our answer, owes a second one and counts a
    second time. What an authority had in hand does not count as our time; a later date that a manager gave does: the
    customer has waited longer, with or without a
    reason.
    """
    hours = current(mall.pk, "complaint.final", span.at).amount
    took = ExpressionWrapper(F("met_at") - F("started_at"), output_field=DurationField())
    is_kept = Q(met_at__lte=F("due_at")) & (
        ~Q(deadline="complaint.final") | Q(case__complaint__extended_until=None) | Q(took__lte=hours)
    )
    due = clocks.filter(
        case__kind="complaint", cancelled_at=None, due_at__gt=span.since, due_at__lte=min(span.until, span.at)
    )
    rows = due.annotate(took=took).order_by().values_list("deadline")
    rows = rows.annotate(due=Count("pk"), in_time=Count("pk", filter=is_kept))
    return {deadline: InTime(due, kept) for deadline, due, kept in rows}


def hours_to_final(clocks: Any, span: Span) -> list[float]:
    """How many hours each final answer of the period took from acceptance, nights and authorities included."""
    given = clocks.filter(deadline="complaint.final", part="", met_at__gte=span.since, met_at__lt=span.until)
    return sorted((met - began).total_seconds() / 3600 for began, met in given.values_list("started_at", "met_at"))


def on_the_spot(clocks: Any, span: Span) -> InTime:
    """Of the attempts to settle it at the counter, how many came to an end within the hour (KPI-16)."""
    tried = clocks.filter(deadline="complaint.onspot.time", started_at__gte=span.since, started_at__lt=span.until)
    is_over = Q(met_at__isnull=False) | Q(cancelled_at__isnull=False) | Q(due_at__lte=span.at)
    found = tried.filter(is_over).aggregate(due=Count("pk"), in_time=Count("pk", filter=Q(met_at__lte=F("due_at"))))
    return InTime(**found)


def reopened(complaints: Any, span: Span) -> tuple[int, int]:
    """How many of those that were archived in the period were opened again at some time, and of how many (KPI-18)."""
    archived = Event.objects.filter(
        mall_id=OuterRef("mall_id"), topic=OuterRef("number"), kind="complaint.archive", at__gte=span.since,
        at__lt=span.until,
    )  # fmt: skip
    lies_there = Q(status="archived", closed_at__gte=span.since, closed_at__lt=span.until)
    # only what was opened again has to be looked up in its story: it may lie there no more
    found = complaints.filter(lies_there | (Q(reopen_count__gt=0) & Exists(archived))).aggregate(
        again=Count("pk", filter=Q(reopen_count__gt=0)), archived=Count("pk")
    )
    return found["again"], found["archived"]
