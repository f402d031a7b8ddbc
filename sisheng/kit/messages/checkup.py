"""Do messages to customers leave the house?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from sisheng.ground.channels.configured import names
from sisheng.ground.checkup import Finding, examine, trouble, well
from sisheng.kit.messages.models import Message

TOO_LONG = timedelta(minutes=15)


@examine("messages")
def do_messages_leave_the_house(now: datetime) -> Iterator[Finding]:
    written = Message.objects.exclude(channel=Message.Channel.SLIP)
    held_up = written.filter(state=Message.State.WAITING, attempts__gt=0, at__lt=now - TOO_LONG)
    for channel in sorted(set(held_up.values_list("channel", flat=True))):
        stuck = held_up.filter(channel=channel)
        error = stuck.order_by("-pk").values_list("last_error", flat=True)[0]
        told = {"count": stuck.count(), "channel": channel, "error": error}
        sentence = _("%(count)s messages wait for %(channel)s. Look at the service and its settings: %(error)s")
        yield trouble(sentence % told)
    if not held_up.exists():
        ways = ", ".join(sorted(names()))
        yield well(_("Messages go out by: %(ways)s.") % {"ways": ways} if ways else _("Customers are told in person."))
