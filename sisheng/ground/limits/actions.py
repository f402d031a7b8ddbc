"""Taking a token, and sweeping the buckets that are full."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from sisheng.ground.limits.models import Bucket
from sisheng.ground.refusals import TooMany
from sisheng.ground.ui.formats import when

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
AT_ONCE = 500  # so that nobody waits long for a turn at writing
TURNS = 8  # whoever loses the race so often is one of very many at the same moment


def take(key: str, rate: float, burst: int, at: datetime) -> None:
    """Take one token from the bucket of `key`, which holds `burst` and gets `rate` back in an hour.

    Raises TooMany with the time from which there is one again. Call it outside of a transaction that may be rolled
    back: a token is gone also when what it was taken for was refused.
    """
    comes_back_in = HOUR / rate
    name = _hidden(key)
    bucket = Bucket.objects.filter(key=name)
    for _turn in range(TURNS):
        full_at = bucket.values_list("full_at", flat=True).first()
        if full_at is None:
            Bucket.objects.bulk_create([Bucket(key=name, full_at=at)], ignore_conflicts=True)
            continue
        next_full_at = max(full_at, at) + comes_back_in
        free_at = next_full_at - burst * comes_back_in
        if free_at > at:
            raise TooMany(too_often(free_at, at))
        if bucket.filter(full_at=full_at).update(full_at=next_full_at):
            return
    raise TooMany(too_often(at + MINUTE, at))


def too_often(free_at: datetime, at: datetime) -> str:
    """The sentence that says when to try again, to the minute and never too early."""
    minute = free_at.replace(second=0, microsecond=0)
    again_at = minute if minute == free_at else minute + MINUTE
    return _("That was tried too often. You can try again at %(time)s.") % {"time": when(again_at, at)}


def sweep(at: datetime) -> int:
    """Forget the buckets that are full; how many they were."""
    full, swept = Bucket.objects.filter(full_at__lte=at), 0
    while keys := list(full.values_list("pk", flat=True)[:AT_ONCE]):
        swept += full.filter(pk__in=keys).delete()[0]
    return swept


def _hidden(key: str) -> str:
    # under the secret of the site: the addresses of a country can be hashed one after another in a minute
    return salted_hmac("sisheng.limits", key, algorithm="sha256").hexdigest()
