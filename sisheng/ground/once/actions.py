"""What the timetable does with receipts."""

from __future__ import annotations

from datetime import datetime, timedelta

from sisheng.ground.once.models import Receipt

KEPT = timedelta(days=3)  # a form is sent again within a day; a page may stay open over a weekend
AT_ONCE = 500  # so that nobody waits long for a turn at writing


def forget_old(at: datetime) -> None:
    """Drop the receipts of forms that nobody sends again any more, the oldest first.

    They lie in the order of their coming, so it is enough to look until the first one that is still of use; one that
    lies a little out of order goes another night.
    """
    while True:
        oldest = list(Receipt.objects.order_by("pk").values_list("pk", "at")[:AT_ONCE])
        old = [key for key, done_at in oldest if done_at < at - KEPT]
        Receipt.objects.filter(pk__in=old).delete()
        if len(old) < AT_ONCE:
            return
