"""Where the records come from that are drawn, by the group in which they are drawn.

Contacts and complaints are other slices. The lot could stand in windows/, which may import both; but it has rows,
actions and a page of its own and goes on with rubric and appeal, which is what a slice is. So the table
config/quality.py names for each group two functions of the slice that owns the records, as config/reactions.py names
reactions. A further group is a line there, and a column of Draw.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.module_loading import import_string

from sisheng.cases.records import Done, Glance

if TYPE_CHECKING:
    from sisheng.desk.quality.models import Review
    from sisheng.mall.directory.models import Mall
    from sisheng.mall.staff.models import Staff


@dataclass(frozen=True)
class Source:
    """All records of a day; and of some numbers what this person may see of them."""

    of_day: Callable[[Mall, date], list[Done]]
    shown: Callable[[Mall, Iterable[str], Staff], Mapping[str, Glance]]


def sources() -> Mapping[str, Source]:
    found: Mapping[str, Source] = import_string(settings.SISHENG_QUALITY_SOURCES)
    return found


def glances(mall: Mall, reviews: Iterable[Review], who: Staff) -> dict[str, Glance]:
    """What this person may see of the records of these reviews, by number."""
    by_group: dict[str, list[str]] = {}
    for review in reviews:
        by_group.setdefault(review.group, []).append(review.record)
    found: dict[str, Glance] = {}
    for group, numbers in by_group.items():
        found.update(sources()[group].shown(mall, numbers, who))
    return found
