"""How much of what was drawn has been checked (KPI-39), and how many of the answers were right (KPI-04)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet

from sisheng.desk.quality.models import Draw, Review

if TYPE_CHECKING:
    from sisheng.mall.directory.models import Mall

FEW = 10  # below it a share may mean anything, and is not shown


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    hits: int
    n: int

    @property
    def percent(self) -> int | None:
        """Rounded down: 97.6 % is no 98 %, and 99.9 % is not all."""
        return 100 * self.hits // self.n if self.n else None

    @property
    def is_thin(self) -> bool:
        return self.n < FEW


@dataclass(frozen=True)
class Day:
    """The lot of one day, and how far one has come with it."""

    on: date
    groups: tuple[tuple[Any, Share], ...]  # name, drawn of how many there were
    checked: Share
    right: Share


def days(mall: Mall, since: date) -> list[Day]:
    """One a lot, the newest first."""
    done = ~Q(reviews__state=Review.State.SAMPLED)
    drawn = {f"{group}_drawn": Count("reviews", Q(reviews__group=group)) for group in Review.Group.values}
    lots = Draw.objects.filter(mall=mall, on__gte=since).annotate(
        drawn=Count("reviews"),
        checked=Count("reviews", done),
        judged=Count("reviews", Q(reviews__is_correct__isnull=False)),
        right=Count("reviews", Q(reviews__is_correct=True)),
        **drawn,
    )
    return [
        Day(
            on=lot.on,
            groups=tuple(
                (label, Share(getattr(lot, f"{group}_drawn"), getattr(lot, group)))
                for group, label in Review.Group.choices
            ),
            checked=Share(lot.checked, lot.drawn),
            right=Share(lot.right, lot.judged),
        )
        for lot in lots.order_by("-on")
    ]


def together(shares: Iterable[Share]) -> Share:
    found = list(shares)
    return Share(sum(share.hits for share in found), sum(share.n for share in found))


def right_answers(reviews: QuerySet[Review]) -> Share:
    """Of the answers that were judged."""
    found = reviews.aggregate(n=Count("pk", Q(is_correct__isnull=False)), hits=Count("pk", Q(is_correct=True)))
    return Share(found["hits"], found["n"])
