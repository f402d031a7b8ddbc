"""Is what happened still as it was told, and is everything that should follow being done?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Max, Sum
from django.utils.translation import gettext as _

from sisheng.ground.checkup import Finding, examine, trouble, well
from sisheng.ground.events.models import Delivery, Event, Seal
from sisheng.ground.events.triggers import missing_triggers, put_up
from sisheng.ground.events.verifying import verify

LATE = timedelta(minutes=5)


@examine("events.triggers", mend=lambda: put_up(connection))
def can_nothing_be_changed(now: datetime) -> Iterator[Finding]:
    if missing := missing_triggers(connection):
        yield trouble(
            _("Somebody took these triggers away: %(names)s. Put them up again with `sisheng doctor --mend`.")
            % {"names": ", ".join(trigger.name for trigger in missing)}
        )
    else:
        yield well(_("The database refuses to change what happened."))


@examine("events.seals", takes_long=True)
def is_everything_as_it_was_told(now: datetime) -> Iterator[Finding]:
    remedy = _("Compare it with a backup, and find out who can write to the database.")
    found = [trouble(f"{problem} {remedy}") for problem in verify()]
    yield from found
    if not found:
        yield _all_sealed()


def _all_sealed() -> Finding:
    """The last digest, written down elsewhere, also tells when the end of the chain is cut off."""
    last = Seal.objects.order_by("-number").first()
    if last is None:
        return well(_("Nothing is sealed yet."))
    told = {
        "events": Seal.objects.aggregate(all=Sum("count"))["all"],
        "number": last.number,
        "digest": last.digest[:16],
    }
    return well(_("All %(events)s sealed events are as they were told. Seal %(number)s is %(digest)s.") % told)


@examine("events.sealing")
def is_everything_sealed_soon(now: datetime) -> Iterator[Finding]:
    sealed = Seal.objects.aggregate(last=Max("last_id"))["last"] or 0
    if Event.objects.filter(pk__gt=sealed, at__lt=now - LATE).exists():
        yield trouble(
            _("Events are not being sealed. Is `sisheng work` running, and does nobody hold a transaction open?")
        )
    else:
        yield well(_("What happened is sealed within minutes."))


@examine("events.deliveries")
def does_everything_follow(now: datetime) -> Iterator[Finding]:
    failing = Delivery.objects.failing().select_related("event")
    for delivery in failing[:5]:
        yield trouble(
            _("%(reaction)s has failed %(attempts)s times after event %(event)s (%(kind)s): %(error)s")
            % {
                "reaction": delivery.reaction,
                "attempts": delivery.attempts,
                "event": delivery.event_id,
                "kind": delivery.event.kind,
                "error": delivery.last_error,
            }
        )
    late = Delivery.objects.filter(handled_at=None, attempts=0, event__at__lt=now - LATE).count()
    if late:
        yield trouble(_("%(count)s events wait to be followed. Is `sisheng work` running?") % {"count": late})
    elif not failing:
        yield well(_("Everything that happened has been followed."))
