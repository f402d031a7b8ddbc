"""What follows an event is done by the worker: exactly once, or not yet."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.module_loading import import_string

from sisheng.ground.events.models import Delivery
from sisheng.ground.privacy.scrubbing import scrub

logger = logging.getLogger(__name__)

FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=5), timedelta(hours=1)


class Disappeared(Exception):
    """What is said of a reaction in whose midst the worker was killed."""


def run_reactions(now: datetime, limit: int = 100, *, carefully: bool = False) -> int:
    """Handle what is waiting; return how many were handled. Safe to run in several processes at once.

    A reaction that fails leaves nothing behind but its error; it is tried again later, and the others go on.
    `carefully` counts each attempt before it is made, so that a reaction that kills its worker is not the first thing
    that the next worker meets as well.
    """
    handled = 0
    for delivery in list(Delivery.objects.waiting(now).select_related("event__detail")[:limit]):
        try:
            if carefully:
                _postpone(delivery, now, Disappeared("the worker was killed while it did this"))
            handled += _handle(delivery, now)
        except Exception as error:
            logger.exception("Unable to follow event %s with %s", delivery.event_id, delivery.reaction)
            _postpone(delivery, now, error)
    return handled


@transaction.atomic
def _handle(delivery: Delivery, now: datetime) -> bool:
    # Claim and effect share one transaction: if the reaction fails, the claim is undone with it.
    if not Delivery.objects.filter(pk=delivery.pk, handled_at=None).update(handled_at=now, last_error=""):
        return False
    import_string(delivery.reaction)(delivery.event)
    return True


def _postpone(delivery: Delivery, now: datetime, error: Exception) -> None:
    # Another worker may have succeeded, or failed, a moment ago: then this failure is not counted.
    unchanged = Delivery.objects.filter(pk=delivery.pk, handled_at=None, attempts=delivery.attempts)
    wait = min(FIRST_WAIT * 2 ** min(delivery.attempts, 20), LONGEST_WAIT)
    words = scrub(f"{type(error).__name__}: {error}")[:500]
    if unchanged.update(attempts=delivery.attempts + 1, next_try=now + wait, last_error=words):
        delivery.attempts += 1
