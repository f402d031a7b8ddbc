"""Seals: finished ranges of events are closed one after the other, so that a later change can be named.

A range is closed only when nobody can still commit into it. SQLite has one writer at a time, so whatever is
visible is finished. On PostgreSQL an earlier id may be committed after a later one; therefore we look how far the ids
go, then who is writing events at that moment, and seal so far once all of those have finished. (Transaction numbers
would not do: the older transaction may draw the higher event id. Nor would they survive a restore elsewhere.)
"""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import Max

from sisheng.ground.events.models import Event, Seal

AT_ONCE = 1000  # events in one seal at most
LEAF = struct.Struct(">q8s")  # an event's id and the first bytes of its digest
FIELDS = ("id", "mall_id", "topic", "kind", "by", "at", "said_at", "via", "details", "detail_hash")


def seal(now: datetime) -> int:
    """Seal every finished event; return how many. Safe to run in several processes at once."""
    return Sealer().sweep(now)


@dataclass(frozen=True)
class _Mark:
    """How far the ids went when we looked, and who was still writing then."""

    last_id: int
    writers: frozenset[str]


class Sealer:
    """Remembers between two sweeps how far it has looked and whom it is waiting for. A worker keeps one, so that a desk
    that is never quiet is sealed too."""

    def __init__(self) -> None:
        self._mark: _Mark | None = None

    @property
    def has_more(self) -> bool:
        """It has seen more than it could seal yet."""
        return self._mark is not None

    def sweep(self, now: datetime, most: int | None = None) -> int:
        """Seal what is finished, at most so many ranges of it; return how many events."""
        mark = self._mark = self._mark or _look()
        if mark.writers and mark.writers & writers():
            return 0
        sealed = ranges = 0
        while ranges != most:
            made = _seal_next(mark.last_id, now)
            if not made:
                self._mark = None
                break
            sealed, ranges = sealed + made, ranges + 1
        return sealed


def _look() -> _Mark:
    # The order matters: whoever drew an id up to this one was writing before we ask who is writing.
    last_id = Event.objects.aggregate(last=Max("pk"))["last"] or 0
    return _Mark(last_id, writers())


def writers() -> frozenset[str]:
    """The other transactions that have told events and are not finished. An INSERT locks the table before it draws
    its id, and lets go when what it wrote is visible."""
    if connection.vendor != "postgresql":
        return frozenset()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT virtualtransaction FROM pg_locks WHERE relation = 'events_event'::regclass"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            " AND mode = 'RowExclusiveLock' AND pid IS DISTINCT FROM pg_backend_pid()"
        )
        return frozenset(name for (name,) in cursor.fetchall())


def _seal_next(up_to: int, now: datetime) -> int:
    """Close the next range of at most AT_ONCE events; return how many are in it."""
    last = Seal.objects.order_by("-number").first()
    first_id = last.last_id + 1 if last else 1
    waiting = Event.objects.filter(pk__gte=first_id, pk__lte=up_to).order_by("pk")
    events = list(waiting.values_list(*FIELDS)[:AT_ONCE])
    if not events:
        return 0
    leaves, root = leaves_and_root((row[0], digest_of(row)) for row in events)
    new = Seal(
        number=last.number + 1 if last else 1,
        first_id=first_id,
        last_id=events[-1][0],
        count=len(events),
        leaves=leaves,
        root=root,
        previous=last.digest if last else "",
        sealed_at=now,
    )
    new.digest = digest_of_seal(new)
    try:
        with transaction.atomic():
            new.save(force_insert=True)
    except IntegrityError:
        return 0  # another sealer was a moment earlier
    return len(events)


def digest_of(row: tuple[Any, ...]) -> bytes:
    """The digest of an event, given its FIELDS. It is of what they mean, so it is the same on every database."""
    told = [value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value for value in row]
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).digest()


def leaves_and_root(digests: Iterable[tuple[int, bytes]]) -> tuple[bytes, str]:
    """Enough of each digest to say which event was altered, and one hash of them all to say whether any was."""
    leaves, root = bytearray(), hashlib.sha256()
    for event_id, digest in digests:
        leaves += LEAF.pack(event_id, digest[:8])
        root.update(digest)
    return bytes(leaves), root.hexdigest()


def digest_of_seal(seal: Seal) -> str:
    told = [seal.number, seal.first_id, seal.last_id, seal.count, seal.root, seal.previous]
    when = seal.sealed_at.astimezone(UTC).isoformat()
    return hashlib.sha256(json.dumps([*told, when]).encode() + bytes(seal.leaves)).hexdigest()
