"""What is done to events after they were told: only that the personal part is forgotten."""

from __future__ import annotations

from itertools import groupby

from django.db import transaction

from sisheng.ground.act import Act
from sisheng.ground.events.models import Event, EventDetail, EventQuerySet


@transaction.atomic
def erase(events: EventQuerySet, act: Act) -> int:
    """Forget the personal details of these events, and tell that they were erased; return how many there were.

    `verify` tells what was erased here from what has been tampered with.
    """
    known = events.filter(detail__isnull=False).order_by("mall_id", "topic", "pk").values_list("mall_id", "topic", "pk")
    erased = 0
    for (mall_id, topic), rows in groupby(list(known), key=lambda row: row[:2]):
        ids = [row[2] for row in rows]
        EventDetail.objects.filter(pk__in=ids).delete()
        Event.record("event.erased", topic, act, mall_id=mall_id, count=len(ids), events=ids)
        erased += len(ids)
    return erased
