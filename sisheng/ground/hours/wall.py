"""From the clock on the wall to UTC, also in the nights when clocks are changed.

Open means: from the first moment at which the wall shows the opening time or a later one, to the moment from which it
shows the closing time or a later one for good. So a time that comes twice opens at the first and closes at the second,
and one that is leapt over happens at the leap.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo

SECOND = timedelta(seconds=1)
NOON = time(12)


def opening_moment(wall: datetime, zone: tzinfo) -> datetime:
    """The first moment (UTC) at which the wall shows this time or a later one."""
    first, last = _readings(wall, zone)
    return first if first <= last else _leap(last, first, zone)


def closing_moment(wall: datetime, zone: tzinfo) -> datetime:
    """The moment (UTC) from which the wall never again shows an earlier time."""
    # by the second before it: where the hour from 01:00 comes twice, 01:00 itself is reached for good the first time
    first, last = _readings(wall - SECOND, zone)
    return last + SECOND if first <= last else _leap(last, first, zone)


def exists(day: date, zone: tzinfo) -> bool:
    """Samoa went from 29 to 31 December 2011 in one second: there was no day between."""
    first, last = _readings(datetime.combine(day, NOON), zone)
    return first <= last


def _readings(wall: datetime, zone: tzinfo) -> tuple[datetime, datetime]:
    """The two moments that the wall time can mean: equal, except in the night of a change. In an hour that is leapt
    over, the first lies after the second (PEP 495)."""
    # local to UTC: `fold` chooses between the offsets before and after a change
    return wall.replace(tzinfo=zone, fold=0).astimezone(UTC), wall.replace(tzinfo=zone, fold=1).astimezone(UTC)


def _leap(before: datetime, after: datetime, zone: tzinfo) -> datetime:
    """The second at which clocks are put forward, known to lie after `before` and not after `after`."""
    old = before.astimezone(zone).utcoffset()
    while after - before > SECOND:
        middle = before + (after - before) // (2 * SECOND) * SECOND
        if middle.astimezone(zone).utcoffset() == old:
            before = middle
        else:
            after = middle
    return after
