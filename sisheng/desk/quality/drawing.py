"""By lot: which records of a day are checked. A lot depends on the mall, the day and what was done, on nothing else."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from sisheng.cases.records import Done
from sisheng.desk.quality.models import Review
from sisheng.ground.policies import current_of

if TYPE_CHECKING:
    from sisheng.mall.directory.models import Mall

SHARE, OF_COUNTER, LEAST = "qa.sample.phone", "qa.sample.counter", "qa.sample.counter_least"


def by_lot(mall: Mall, on: date, done: Iterable[Done], how_many: int) -> list[Done]:
    """Each record has its place by the seed of the day and its own number, so that it does not matter in which order
    they come, and anybody can reckon it again."""
    seed = seed_of(mall, on)
    return sorted(done, key=lambda one: _place(seed, one.number))[:how_many]


def sizes(mall: Mall, at: datetime, there: Mapping[str, int]) -> dict[str, int]:
    """How many of each group are drawn (CTR-06): a share, rounded up; at the counter a smaller one, at least a few."""
    policies = {key: value.value for key, value in current_of(mall.pk, [SHARE, OF_COUNTER, LEAST], at).items()}
    return {
        group: min(count, max(policies[LEAST], _share(count, policies[OF_COUNTER])))
        if group == Review.Group.COUNTER
        else _share(count, policies[SHARE])
        for group, count in there.items()
    }


def seed_of(mall: Mall, on: date) -> str:
    return f"sisheng.quality {mall.slug} {on:%Y-%m-%d}"


def _place(seed: str, number: str) -> bytes:
    return hashlib.sha256(f"{seed} {number}".encode()).digest()


def _share(count: int, percent: int) -> int:
    return int(-(-count * percent // 100))
