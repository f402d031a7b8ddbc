"""Complaints counted for those who lead: how many, about what, why, where, when, and how we kept our word (CMP-22).

Counted is what was accepted in the period. A complaint that was merged counts once, as the one it became part of; one
that was withdrawn counts, since somebody was not content. Each function asks the database once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil
from typing import TYPE_CHECKING, Any

from django.db.models import Count, DurationField, Exists, ExpressionWrapper, F, OuterRef, Q, Sum
from django.db.models.functions import TruncDate

from sisheng.cases.models import Clock
from sisheng.desk.complaints import taxonomy
from sisheng.desk.complaints.models import Complaint
from sisheng.ground.events.models import Event
from sisheng.ground.policies import current
from sisheng.ground.ui.formats import in_english

if TYPE_CHECKING:
    from sisheng.mall.directory.models import Mall

WEEK = timedelta(days=7)
NOT_SAID = "none"  # in the place of a key: nobody chose one
TOP = 3  # root causes that are watched (KPI-19)


@dataclass(frozen=True)
class Span:
    """From one moment until just before another, as it looks at a third: what is not due yet is not judged."""

    since: datetime
    until: datetime
    at: datetime


# Which complaints


def accepted(complaints: Any, span: Span) -> Any:
    """All that were accepted in that time, whatever became of them."""
    return complaints.filter(accepted_at__gte=span.since, accepted_at__lt=span.until)


def counted(complaints: Any, span: Span) -> Any:
    """Each matter once: without those that became part of another."""
    return accepted(complaints, span).exclude(status="merged")


# How many


@dataclass(frozen=True)
class Received:
    """What came in, and what is told apart from it."""

    counted: int
    withdrawn: int  # among those counted
    open: int
    merged: int  # beside those counted
    discarded: int
    found: int  # whose facts were judged
    borne_out: int  # of them, wholly or in part
    updates: int  # news from us before they asked
    chased: int  # how often they had to ask


def received(complaints: Any, span: Span) -> Received:
    """The period in one row. A draft that was thrown away was never accepted: it lies where it was begun."""
    was_accepted = Q(accepted_at__gte=span.since, accepted_at__lt=span.until)
    thrown_away = Q(status="discarded", opened_at__gte=span.since, opened_at__lt=span.until)
    is_counted = was_accepted & ~Q(status="merged")
    found = complaints.filter(was_accepted | thrown_away).aggregate(
        counted=Count("pk", filter=is_counted),
        withdrawn=Count("pk", filter=was_accepted & Q(status="withdrawn")),
        open=Count("pk", filter=was_accepted & Q(closed_at=None)),
        merged=Count("pk", filter=was_accepted & Q(status="merged")),
        discarded=Count("pk", filter=thrown_away),
        found=Count("pk", filter=is_counted & ~Q(substantiated="")),
        borne_out=Count("pk", filter=is_counted & Q(substantiated__in=["yes", "partly"])),
        updates=Sum("updates", filter=is_counted),
        chased=Sum("chased", filter=is_counted),
    )
    return Received(**{name: number or 0 for name, number in found.items()})


# About what, and why


@dataclass(frozen=True)
class Heading:
    """One branch of a tree with its parts, and which share of all it makes up together with those before it."""

    key: str
    label: Any
    n: int
    cumulative: int  # percent
    parts: list[tuple[str, Any, int]]


def by_category(complaints: Any, span: Span) -> list[Heading]:
    """What people complain about, the most frequent first, with its running share (Pareto)."""
    return _headings(_numbers(counted(complaints, span), "category"), taxonomy.CATEGORIES)


def by_cause(complaints: Any, span: Span) -> list[Heading]:
    """Why it happened, of those whose cause was found."""
    return _headings(_numbers(counted(complaints, span).exclude(cause=""), "cause"), taxonomy.CAUSES)


def top_causes(causes: Iterable[Heading]) -> tuple[int, int]:
    """How many the three most frequent root causes make up, of how many whose cause is known (KPI-19)."""
    numbers = [n for heading in causes for _key, _label, n in heading.parts]
    return sum(sorted(numbers, reverse=True)[:TOP]), sum(numbers)


def _numbers(complaints: Any, field: str) -> Counter[str]:
    return Counter(dict(complaints.order_by().values_list(field).annotate(Count("pk"))))


def _headings(numbers: Counter[str], table: Any) -> list[Heading]:
    branches: dict[str, list[tuple[str, int]]] = {}
    for key, n in numbers.items():
        branches.setdefault(key.partition(".")[0], []).append((key, n))
    order = list(table)
    sums = {first: sum(n for _key, n in parts) for first, parts in branches.items()}
    ranked = sorted(branches, key=lambda first: (-sums[first], order.index(first) if first in order else len(order)))
    total, so_far, headings = sum(sums.values()), 0, []
    for first in ranked:
        so_far += sums[first]
        parts = [
            (key, _part(table, key), n) for key, n in sorted(branches[first], key=lambda part: (-part[1], part[0]))
        ]
        label = taxonomy.spoken(table, first) if first else ""
        headings.append(Heading(first or NOT_SAID, label, sums[first], round(100 * so_far / total), parts))
    return headings


def _part(table: Any, key: str) -> Any:
    first, _dot, second = key.partition(".")
    return table[first][1].get(second, "") if first in table else key


# Where


@dataclass(frozen=True)
class Spot:
    """A shop with its complaints, and how dark it is drawn: 1 to 5."""

    pk: int
    unit: str
    name: str
    name_en: str
    n: int
    heat: int

    @property
    def title(self) -> str:
        return self.name_en if self.name_en and in_english() else self.name


@dataclass(frozen=True)
class Storey:
    """A floor with its shops, those with the most complaints first."""

    code: str
    n: int
    spots: list[Spot]


def by_place(complaints: Any, span: Span) -> list[Storey]:
    """Floor by floor from the top, and last what concerned no shop."""
    fields = ("shop__floor__level", "shop__floor__code", "shop", "shop__unit", "shop__name", "shop__name_en")
    rows = list(counted(complaints, span).order_by().values_list(*fields).annotate(n=Count("pk")))
    most = max((row[-1] for row in rows if row[2]), default=0)
    floors: dict[tuple[int, str], list[Spot]] = {}
    for level, code, shop, unit, name, name_en, n in rows:
        if shop:
            floors.setdefault((level, code), []).append(Spot(shop, unit, name, name_en, n, _heat(n, most)))
    storeys = [
        Storey(code, sum(spot.n for spot in spots), sorted(spots, key=lambda spot: (-spot.n, spot.unit)))
        for (_level, code), spots in sorted(floors.items(), reverse=True)
    ]
    nowhere = sum(row[-1] for row in rows if not row[2])
    return [*storeys, Storey(NOT_SAID, nowhere, [])] if nowhere else storeys


def _heat(n: int, most: int) -> int:
    """Five shades up to the shop with the most; with few complaints one shade is one complaint."""
    return ceil(5 * n / max(most, 5))


# When


@dataclass(frozen=True)
class Week:
    """Monday to Sunday on the calendar of the mall; the first and the last one may be cut by the period."""

    begins: date
    n: int
    is_cut: bool


def by_week(complaints: Any, span: Span, mall: Mall) -> list[Week]:
    """Every week of the period, also those without any."""
    day = TruncDate("accepted_at", tzinfo=mall.zone)
    days = dict(counted(complaints, span).annotate(day=day).order_by().values_list("day").annotate(Count("pk")))
    first, last = mall.today(span.since), mall.today(span.until - timedelta(microseconds=1))
    return [
        Week(monday, sum(n for on, n in days.items() if monday <= on < monday + WEEK), _is_cut(monday, first, last))
        for monday in weeks(first, last)
    ]


def weeks(first: date, last: date) -> list[date]:
    """The Mondays of all weeks that the days touch."""
    monday = first - timedelta(days=first.weekday())
    return [monday + n * WEEK for n in range((last - monday).days // 7 + 1)]


def _is_cut(monday: date, first: date, last: date) -> bool:
    return monday < first or monday + WEEK - timedelta(days=1) > last


# How we kept our word


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
    complaint that was opened again owes a second answer and counts a second time. What an authority had in hand does
    not count as our time; a later date that a manager gave does: the customer has waited longer, with or without a
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


def complaints_of(mall: Mall, who: Any) -> Any:
    """The complaints of one mall that this person may know of: none about themselves (CMP-30)."""
    return Complaint.objects.visible_to(who).filter(mall=mall)


def clocks_of(mall: Mall, who: Any) -> Any:
    """Their clocks."""
    return Clock.objects.filter(mall=mall).exclude(case__about_staff=who)
