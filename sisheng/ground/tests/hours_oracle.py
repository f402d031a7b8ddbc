"""A second opinion on calendars: slow, plain, and sharing nothing with the engine but the wording of its promises.

It counts in whole seconds since 1970. The clock on the wall is a list of stretches with one offset each, found by
looking at the zone day by day; open time is what is left after walking along all openings and closings.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

DAY = 86400


@dataclass
class Sample:
    """A calendar in plain figures: seconds since midnight, closings past midnight above 86400."""

    seed: int
    zone: str
    week: list[list[tuple[int, int]]]
    special: dict[date, tuple[str, object]] = field(default_factory=dict)  # closed | like, weekday | open, pairs

    def pairs(self, day: date) -> list[tuple[int, int]]:
        kind, what = self.special.get(day, ("like", day.weekday()))
        if kind == "closed":
            return []
        return what if kind == "open" else self.week[what]


@cache
def stretches(zone: str) -> list[tuple[int, int, int]]:
    """(from, until, offset): when the clocks of a zone were how far from UTC, in all the years of our windows."""
    begin, last = seconds(date(2010, 1, 1)), seconds(date(2032, 1, 1))
    found, offset = [], _offset(zone, begin)
    for day in range(begin + DAY, last, DAY):
        if _offset(zone, day) != offset:
            change = next(at for at in range(day - DAY + 60, day + 60, 60) if _offset(zone, at) != offset)
            found.append((begin, change, offset))
            begin, offset = change, _offset(zone, change)
    return [*found, (begin, last, offset)]


def _offset(zone: str, at: int) -> int:
    return int(datetime.fromtimestamp(at, ZoneInfo(zone)).utcoffset().total_seconds())


class Oracle:
    """Knows the openings of the dates from `first` to `last`, and nothing before or after."""

    def __init__(self, sample: Sample, first: date, last: date) -> None:
        self.clock = stretches(sample.zone)
        self.by_day: dict[date, list[tuple[int, int]]] = {}
        day = first
        while day <= last:
            midnight = seconds(day)
            real = [
                (self.opening(midnight + opens), self.closing(midnight + closes)) for opens, closes in sample.pairs(day)
            ]
            exists = self.opening(midnight) < self.closing(midnight + DAY)
            self.by_day[day] = [(opens, closes) for opens, closes in real if opens < closes and exists]
            day += timedelta(days=1)
        self.spans = union([pair for pairs in self.by_day.values() for pair in pairs])

    def opening(self, wall: int) -> int:
        """The first second at which the wall shows that or later."""
        for begin, end, offset in self.clock:
            if max(begin, wall - offset) < end:
                return max(begin, wall - offset)
        raise LookupError(wall)

    def closing(self, wall: int) -> int:
        """The second after the last one at which the wall shows less than that."""
        last = None
        for begin, end, offset in self.clock:
            if wall - offset > begin:
                last = min(end, wall - offset)
        return last

    def add(self, start: int, amount: int) -> int | None:
        at = start
        for opens, closes in self.spans:
            if amount == 0:
                break
            if closes <= start:
                continue
            begin = max(opens, start)
            used = min(amount, closes - begin)
            amount -= used
            at = begin + used
        return at if amount == 0 else None

    def between(self, a: int, b: int) -> int:
        total = 0
        for opens, closes in self.spans:
            if opens < b and closes > a:
                total += min(closes, b) - max(opens, a)
        return total

    def is_open(self, at: int) -> bool:
        return any(opens <= at < closes for opens, closes in self.spans)

    def next_opening(self, at: int) -> int | None:
        later = [max(at, opens) for opens, closes in self.spans if closes > at]
        return later[0] if later else None

    def closing_after(self, at: int) -> int | None:
        for opens, closes in self.spans:
            if opens <= at < closes:
                return closes
        return None

    def close_of_business(self, at: int) -> int | None:
        opening = self.next_opening(at)
        if opening is None:
            return None
        going_on = [day for day, pairs in self.by_day.items() if any(o <= opening < c for o, c in pairs)]
        for day, pairs in self.by_day.items():
            if going_on and day >= going_on[0] and pairs:
                last = max(closes for _opens, closes in pairs)
                if last > opening and not self.is_open(last):
                    return last
        return None

    def working_days(self, after: date) -> list[date]:
        return [day for day, pairs in self.by_day.items() if pairs and day > after]

    def wall_date(self, at: int) -> date:
        offset = next(offset for begin, end, offset in self.clock if begin <= at < end)
        return date(1970, 1, 1) + timedelta(days=(at + offset) // DAY)


def union(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Walk along all edges and count how many pairs are open: open time is where the count is not nought."""
    edges = sorted([(opens, -1) for opens, _closes in pairs] + [(closes, 1) for _opens, closes in pairs])
    spans, depth, begin = [], 0, 0
    for at, edge in edges:  # at one second, openings (-1) come before closings (1): touching spans stay one
        if depth == 0:
            begin = at
        depth -= edge
        if depth == 0:
            spans.append((begin, at))
    return spans


def seconds(moment: date) -> int:
    """Of a date: its midnight as if on UTC. Of a moment: seconds since 1970."""
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day, tzinfo=UTC)
    passed = moment.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC)
    return passed.days * DAY + passed.seconds
