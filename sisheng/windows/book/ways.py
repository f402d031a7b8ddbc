"""Every way in which a complaint reaches us: who answers for it, and within what time (CMP-28)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sisheng.cases.models.case import Channel
from sisheng.ground.policies import current
from sisheng.ground.policies.table import policies
from sisheng.ground.policies.value import Value
from sisheng.mall.directory.models import Mall
from sisheng.windows.book.models import PAPER, Sitting

READ = "complaint.book.read"


@dataclass(frozen=True)
class Way:
    """One channel: how it comes in, which role takes it down, and by when; a time that a mall may set is a policy."""

    channel: Channel
    how: Any
    who: Any
    by_when: Any


AT_ONCE = _("at once, while they are there")
SAME_DAY = _("on the day it comes")
AGENT, LEAD, SUPERVISOR = _("whoever serves at the desk"), _("the lead on duty"), _("the supervisor on duty")
WAYS = (
    Way(Channel.COUNTER, _("in person, at any desk"), AGENT, AT_ONCE),
    Way(Channel.PHONE, _("by the hot line"), AGENT, AT_ONCE),
    Way(Channel.SITE, _("told to somebody of us on the floor"), AGENT, AT_ONCE),
    Way(Channel.WEB, _("by the code on the posters"), _("the system accepts it; the desk is told"), _("at once")),
    Way(Channel.BOOK, _("written into the book at the desk"), LEAD, READ),
    Way(Channel.BOX, _("put into the box"), LEAD, READ),
    Way(Channel.MAIL, _("by mail to the house"), AGENT, SAME_DAY),
    Way(Channel.LETTER, _("by post"), AGENT, SAME_DAY),
    Way(Channel.VISIT, _("from an authority, or brought to the office"), SUPERVISOR, SAME_DAY),
)
STEPS = (
    "complaint.start", "complaint.investigate", "complaint.propose", "complaint.final", "complaint.progress_update",
    "complaint.followup1",
)  # fmt: skip


def ways_of(mall: Mall, at: datetime) -> list[Way]:
    """The channels, with the times that this mall has set."""
    often = gettext("read every %(time)s") % {"time": current(mall.pk, READ, at)}
    return [replace(way, by_when=often) if way.by_when == READ else way for way in WAYS]


def steps_of(mall: Mall, at: datetime) -> list[tuple[Any, Value]]:
    """From the moment a complaint is accepted: each step, and how long this mall gives itself for it."""
    return [(policies()[key].label, current(mall.pk, key, at)) for key in STEPS]


@dataclass(frozen=True)
class Turn:
    """When book or box were read last, and whether it is time again."""

    channel: Channel
    last: Sitting | None
    every: Value
    is_due: bool


def turn_of(mall: Mall, at: datetime) -> list[Turn]:
    every = current(mall.pk, READ, at)
    turns = []
    for channel in PAPER:
        last = Sitting.objects.filter(mall=mall, channel=channel).select_related("by").order_by("-pk").first()
        turns.append(Turn(channel, last, every, last is None or at - last.at > every.amount))
    return turns
