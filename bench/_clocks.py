"""Sweeps and deadlines, in a process of its own: _clocks.py ROUNDS DEADLINES. Prints JSON (see million.py)."""

from __future__ import annotations

import json
import statistics
import sys
import time
from datetime import timedelta
from itertools import cycle, islice

import django

django.setup()

from django.utils import timezone

from sisheng.cases.models import Clock
from sisheng.cases.ringing import sweep
from sisheng.ground.policies import current
from sisheng.mall.directory.models import Mall

DUE = 1000
RULES = (  # hours of opening time, working days, noon of the next day, the close of business
    "inquiry.callback",
    "complaint.start",
    "complaint.external.reply_12345",
    "repair.promise",
    "found.owner_contact",
    "bag.overnight",
)


def main() -> None:
    rounds, deadlines = map(int, sys.argv[1:])
    now = timezone.now()
    sweep(now, most=1_000_000)  # what is due by itself
    sweeps = [swept() for _round in range(rounds)]
    began = time.perf_counter()
    sweep(now)
    idle = time.perf_counter() - began
    print(
        json.dumps(
            {
                "live": Clock.objects.live().count(),
                "sweeps": " ".join(f"{seconds:.2f}" for seconds in sweeps),
                "sweep": statistics.median(sweeps),
                "idle_ms": round(idle * 1000, 2),
                "deadlines": deadlines,
                "reckoned": round(reckoned(deadlines), 1),
            }
        )
    )


def swept() -> float:
    """Let the next thousand quiet clocks be due, and ring them."""
    quiet = Clock.objects.live().filter(stage=Clock.Stage.QUIET).order_by("pk").values_list("pk", flat=True)[:DUE]
    at = timezone.now()
    Clock.objects.filter(pk__in=list(quiet)).update(due_at=at, next_ring_at=at)
    began = time.perf_counter()
    rung = sweep(at)
    took = time.perf_counter() - began
    if rung < DUE:  # one more may have come due by itself
        sys.exit(f"Only {rung} clocks rang of {DUE}.")
    return took


def reckoned(many: int) -> float:
    """So many deadlines, each from another moment of the last year."""
    mall, now = Mall.objects.get(slug="boyun"), timezone.now()
    desk = mall.desks.order_by("pk").first()
    values = [current(mall.pk, rule, now) for rule in RULES]
    began = time.perf_counter()
    for number, value in enumerate(islice(cycle(values), many)):
        value.due_at(now - timedelta(seconds=number * 31), mall.calendar(value.counted, desk=desk))
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
