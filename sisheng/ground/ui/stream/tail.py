"""What has been recorded since we last looked. Nothing is missed, whatever order the transactions finish in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Max

from sisheng.ground.events.models import Event
from sisheng.ground.events.seals import writers

Topics = frozenset[str]
EVERYTHING: Topics = frozenset({"*"})
AT_ONCE = 2000  # events; after more than that, everything is said to have changed


@dataclass
class Tail:
    """Follows the table of events. `settled`: every event up to this id has been told, none can still turn up there.

    On PostgreSQL a lower id may be committed after a higher one. So long as ids are missing below the newest, we
    look from the last settled one again, and settle only when whoever was writing at that time has finished.
    """

    settled: int = 0
    _told: set[int] = field(default_factory=set)
    _mark: int = 0
    _writers: frozenset[str] = frozenset()

    @classmethod
    def from_now(cls) -> Tail:
        """Begin at the newest event, but mind those that are on their way with a lower id."""
        tail = cls(settled=max(newest() - AT_ONCE, 0))
        tail.look()
        return tail

    def look(self) -> dict[int, Topics]:
        """The topics that changed in each mall since the last look."""
        finished = not self._mark or not (self._writers & writers())
        rows = list(
            Event.objects.filter(pk__gt=self.settled).order_by("pk").values_list("pk", "mall_id", "topic", "kind")
        )
        fresh = [row for row in rows if row[0] not in self._told]
        self._told.update(row[0] for row in fresh)
        self._settle(rows[-1][0] if rows else self.settled, len(rows), finished=finished)
        return by_mall((mall_id, topic, kind) for _, mall_id, topic, kind in fresh)

    def _settle(self, last: int, count: int, *, finished: bool) -> None:
        if last - self.settled == count:  # none is missing
            self._close(last)
        elif self._mark and finished:  # whoever could have filled the gaps below the mark has not
            self._close(self._mark)
        elif not self._mark:
            # The order matters: whoever drew an id up to this one was writing before we ask who is writing.
            self._mark, self._writers = last, writers()

    def _close(self, last: int) -> None:
        self.settled, self._mark, self._writers = last, 0, frozenset()
        self._told = {pk for pk in self._told if pk > last}


def since(mall_id: int, pk: int) -> Topics:
    """What changed in a mall after an event: for a desk that was away for a moment, or whose page is a little old."""
    rows = Event.objects.filter(pk__gt=pk).order_by("pk").values_list("mall_id", "topic", "kind")[: AT_ONCE + 1]
    if len(rows) > AT_ONCE:
        return EVERYTHING
    return by_mall(rows).get(mall_id, frozenset())


def newest() -> int:
    return Event.objects.aggregate(last=Max("pk"))["last"] or 0


def by_mall(rows: Iterable[tuple[int, str, str]]) -> dict[int, Topics]:
    """An event “inquiry.promise” about “case:17” concerns the topics case:17, case and inquiry."""
    topics: dict[int, set[str]] = defaultdict(set)
    for mall_id, topic, kind in rows:
        topics[mall_id] |= {topic, topic.partition(":")[0], kind.partition(".")[0]}
    return {mall_id: frozenset(names) for mall_id, names in topics.items()}
