"""The open time of one month, laid out so that any question about it is two bisections."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import datetime, timedelta

Span = tuple[datetime, datetime]  # from, until; in UTC wherever there is arithmetic
NO_TIME = timedelta(0)


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same time in order, with overlapping and touching spans made one."""
    whole: list[Span] = []
    for opens, closes in sorted(spans):
        if whole and opens <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(closes, whole[-1][1]))
        elif opens < closes:
            whole.append((opens, closes))
    return whole


class Month:
    """The spans of one calendar month of UTC. What is open over its edge is cut there and goes on in the next."""

    __slots__ = ("before", "begins", "closes", "ends", "open_for", "opens")

    def __init__(self, begins: datetime, ends: datetime, spans: Iterable[Span]) -> None:
        cut = merged((max(opens, begins), min(closes, ends)) for opens, closes in spans if closes > begins)
        cut = [span for span in cut if span[0] < span[1]]
        self.begins, self.ends = begins, ends
        self.opens = [opens for opens, _closes in cut]
        self.closes = [closes for _opens, closes in cut]
        self.before = []  # how much of the month's open time has passed when each span begins
        self.open_for = NO_TIME
        for opens, closes in cut:
            self.before.append(self.open_for)
            self.open_for += closes - opens

    def passed(self, at: datetime) -> timedelta:
        """How much of the month's open time lies before that moment."""
        last = bisect_right(self.opens, at) - 1
        if last < 0:
            return NO_TIME
        return self.before[last] + (min(at, self.closes[last]) - self.opens[last])

    def moment(self, passed: timedelta) -> datetime:
        """The first moment by which so much of the month's open time (more than none) has passed."""
        last = bisect_left(self.before, passed) - 1
        return self.opens[last] + (passed - self.before[last])

    def span_at(self, at: datetime) -> Span | None:
        """The span that is open at that moment; the closing moment itself is no longer open."""
        last = bisect_right(self.opens, at) - 1
        return (self.opens[last], self.closes[last]) if last >= 0 and at < self.closes[last] else None

    def opening_from(self, at: datetime) -> datetime | None:
        """That moment if it is open, else the next opening within the month."""
        following = bisect_right(self.closes, at)
        return max(at, self.opens[following]) if following < len(self.opens) else None
