"""Complaints counted for those who lead: how many, about what, why, where and when (CMP-22). See also kept.py.

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

from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncDate

from sisheng.desk.complaints import taxonomy
from sisheng.desk.complaints.models import Complaint
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


def complaints_of(mall: Mall, who: Any) -> Any:
    """The complaints of one mall that this person may know of: none about themselves (CMP-30)."""
    return Complaint.objects.visible_to(who).filter(mall=mall)


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
