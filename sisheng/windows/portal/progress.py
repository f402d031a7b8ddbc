"""Opening a case with number and code, and the story as the customer is told it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from sisheng.cases.models import Case, Clock
from sisheng.desk.followups.limits import may_be_asked
from sisheng.ground.act import Act
from sisheng.ground.events.models import Event
from sisheng.ground.events.wording import fill
from sisheng.ground.limits.actions import take
from sisheng.ground.limits.askers import Asker
from sisheng.ground.refusals import Unusable
from sisheng.ground.search.codes import whole_number
from sisheng.ground.search.tokens import compact
from sisheng.ground.ui.formats import when
from sisheng.mall.directory.models import Mall

# How often one may try, in an hour and at once.
WITH_WORK = (600, 60)
WITHOUT_WORK = (60, 12)
ONE_NUMBER = (30, 10)  # 29 ** 6 codes outlast anybody who tries thirty in an hour


def open_case(act: Act, mall: Mall, asker: Asker, *, number: str, code: str) -> Case:
    """The case with this number, for whoever also knows its code (domain 3.2).

    Raises Unusable with one and the same sentence for a wrong code and for a number that does not exist, and TooMany.
    """
    asked, told = whole_number(number), compact(code).upper()
    asker.take(f"progress {mall.pk}", act.at, worked=WITH_WORK, not_worked=WITHOUT_WORK)
    take(f"progress {mall.pk}:{asked}", *ONE_NUMBER, act.at)
    case = Case.objects.filter(mall=mall, number=asked).first()
    # compared also when there is none, so that the answer takes as long
    is_right = constant_time_compare(case.public_code if case else "", told)
    if case is None or not is_right:
        raise Unusable(_("Number and code do not go together. Please check both on your slip or in our message."))
    with transaction.atomic():
        Event.record("portal.shown", case.topic, act, mall_id=mall.pk)
    return case


@dataclass(frozen=True)
class Step:
    """One line of the story."""

    at: datetime
    sentence: str


def steps(case: Case) -> list[Step]:
    """What happened, as the customer is told it, newest first: only what config/portal.py has a sentence for."""
    words = _words().STEPS
    story = Event.objects.filter(mall_id=case.mall_id, topic=case.topic, kind__in=words).order_by("-pk")
    # the details of the event, never its personal part
    return [Step(event.happened_at, fill(words[event.kind], event.details)) for event in story]


@dataclass(frozen=True)
class Promise:
    """What we said by when, and whether that time is over."""

    sentence: str
    is_late: bool


def promises(case: Case, at: datetime) -> list[Promise]:
    """What we have promised and what is still to come, the nearest first; two that read alike are one."""
    running = case.clocks.live().filter(due_at__isnull=False).order_by("due_at", "pk")
    told = [_promise(clock, at) for clock in running if clock.is_promise or clock.deadline in _words().DEADLINES]
    return list(dict.fromkeys(told))


def _promise(clock: Clock, at: datetime) -> Promise:
    words = _words()
    sentence = words.DEADLINES.get(clock.deadline, words.ANY_PROMISE)
    due_at = clock.due_at or at
    return Promise(str(sentence) % {"time": when(due_at, at)}, is_late=due_at < at)


def next_step(case: Case, at: datetime) -> str:
    words, where = _words(), (case.kind, case.status)
    if where in words.NEXT_IF_ASKED and not _will_be_asked(case, at):
        return str(words.NEXT_IF_NOT_ASKED)
    return str(words.NEXT.get(where) or words.NEXT_IF_ASKED.get(where) or words.NEXT_BY_TURN[case.state.turn])


def _will_be_asked(case: Case, at: datetime) -> bool:
    """Nobody is promised a question who left no number for it, or does not want to be asked."""
    return getattr(case.real(), "may_contact", True) and may_be_asked(case.customer, at)


def _words() -> Any:
    return import_module(settings.SISHENG_PORTAL)
