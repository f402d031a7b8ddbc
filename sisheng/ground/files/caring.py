"""What is done for the files while nobody looks: hashes are computed again, what nobody needs is cleared away."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.db import transaction

from sisheng.ground.act import SYSTEM, Act
from sisheng.ground.events.models import Event
from sisheng.ground.files import disk
from sisheng.ground.files.models import KeptFile

UNCLAIMED = "unclaimed"  # a folder beside the files
GRACE = timedelta(days=1)  # a file that is younger may belong to an act that is not finished
KEPT_UNCLAIMED = timedelta(days=30)  # then nobody has missed it
SECONDS = 120.0  # of computing in one night


def recheck(at: datetime) -> int:
    """Compute the hashes of those files again that nobody has looked at for longest; return how many were looked at."""
    until, done = time.monotonic() + SECONDS, 0
    waiting = KeptFile.objects.there().filter(altered_at=None).order_by("checked_at", "pk")
    for pk in list(waiting.values_list("pk", flat=True)):
        if time.monotonic() > until:
            break
        file = KeptFile.objects.there().filter(pk=pk).first()
        if file is not None:
            _look_at(file, at)
            done += 1
    return done


def _look_at(file: KeptFile, at: datetime) -> None:
    if not file.trouble:
        KeptFile.objects.filter(pk=file.pk).update(checked_at=at)
        return
    again = KeptFile.objects.there().filter(pk=file.pk).first()  # new keys may just have given it another name
    if again is None or (again.name != file.name and not again.trouble):
        return
    with transaction.atomic():
        if KeptFile.objects.filter(pk=file.pk, altered_at=None).update(altered_at=at):
            Event.record(
                "file.altered", file.topic, Act(SYSTEM, at, via="system"), mall_id=file.mall_id, file=file.about
            )


def clear_unclaimed(at: datetime) -> int:
    """Lay aside what no row names; take away what has lain there long enough. Return how many were laid aside.

    Nothing is deleted at once: whoever starts a worker on the wrong database must not lose every file in a night.
    """
    aside = disk.root() / UNCLAIMED
    for path in aside.glob("*") if aside.is_dir() else ():
        if _touched(path) < at - KEPT_UNCLAIMED:
            path.unlink(missing_ok=True)
    count = 0
    for path in unclaimed(at):
        aside.mkdir(mode=0o700, exist_ok=True)
        os.utime(path, (at.timestamp(), at.timestamp()))  # from now on it lies there
        path.replace(aside / path.name)
        count += 1
    return count


def unclaimed(at: datetime) -> Iterator[Path]:
    """The files on the disk that no row names, without those that may still be named."""
    old = [path for path in disk.root().glob("[0-9a-f][0-9a-f]/*") if _touched(path) < at - GRACE]
    needed = KeptFile.objects.names()  # asked after looking at the disk: what was named meanwhile is needed
    return (path for path in old if path.name not in needed)


def _touched(path: Path) -> datetime:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)
    except FileNotFoundError:  # another worker was here
        return datetime.max.replace(tzinfo=UTC)
