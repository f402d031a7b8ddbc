"""Calls are planned: after a matter is settled, by lot every day, and for members as often as they were promised."""

from __future__ import annotations

import hashlib
import random
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from sisheng.cases.models import Case
from sisheng.desk.followups.actions.calling import call_off, is_trained
from sisheng.desk.followups.limits import APART, askable, being_rung, may_be_asked, room_for
from sisheng.desk.followups.models import FollowUp
from sisheng.desk.followups.models.followup import PART
from sisheng.ground.act import SYSTEM, Act
from sisheng.ground.events.models import Event
from sisheng.ground.policies import current
from sisheng.mall.customers.models import Customer
from sisheng.mall.directory.models import Mall

if TYPE_CHECKING:
    from sisheng.mall.staff.models import Staff

REGULARLY = {"gold": "followup.regular.gold", "silver": "followup.regular.silver"}  # FUP-12: members, by tier
QUESTIONS_OF = {"first": "complaint", "second": "complaint", "work": "work"}
LOT_UNTIL = time(20)  # whoever was drawn is rung on the same day, before people want their peace


def after_settling(event: Event) -> None:
    """Reaction: a complaint was settled; its customer is rung within a day and within three (CMP-15 to CMP-17)."""
    found = Case.objects.filter(mall_id=event.mall_id, number=event.topic).select_related("mall", "customer", "handler")
    case = found.first()
    if case is None or case.customer is None or not getattr(case.real(), "may_contact", True):
        return
    if not may_be_asked(case.customer, event.happened_at):
        return
    act = Act(by=SYSTEM, at=event.at, via="worker", said_at=event.said_at)
    for trigger in (FollowUp.Trigger.FIRST, FollowUp.Trigger.SECOND)[: room_for(case)]:
        plan(act, case.mall, customer=case.customer, trigger=trigger, origin=case, handler=case.handler)


@transaction.atomic
def plan(
    act: Act, mall: Mall, *, customer: Customer, trigger: str, origin: Case | None = None,
    handler: Staff | None = None, about: str = "", draw: str = "", due_at: datetime | None = None,
) -> FollowUp:  # fmt: skip
    """One call for one person, due by the policy of its kind. It is nobody's own unless they are trained (FUP-05)."""
    caller = handler if handler and is_trained(handler, mall) else None
    call = FollowUp(
        mall=mall, customer=customer, origin=origin, trigger=trigger, about=about, draw=draw,
        template=QUESTIONS_OF.get(trigger, "general"),
        subject=origin.subject if origin else customer.masked_name or customer.number,
        shop=origin.shop if origin else None, desk=origin.desk if origin else None,
        language=customer.language, owner=caller, handler=caller, channel="phone",
        about_staff=origin.about_staff if origin else None,
    )  # fmt: skip
    call.begin(act, trigger=trigger)
    call.start_part(call.deadline, PART, act, due_at=due_at)
    return call


def cancel_of_reopened(event: Event) -> None:
    """Reaction: the matter is open again; nobody is asked how content they are with what is not over."""
    act = Act(by=SYSTEM, at=event.at, via="worker", said_at=event.said_at)
    open_ones = FollowUp.objects.filter(mall_id=event.mall_id, origin__number=event.topic, closed_at=None)
    for call in open_ones.select_related("mall"):
        call_off(act, call, reason=_("the matter was reopened"))


# By lot


def draw_for_every_mall(at: datetime) -> None:
    """Timetable, every morning: ten people of yesterday, by lot (FUP-08)."""
    for mall in Mall.objects.filter(shadow_of=None):
        draw(mall, mall.today(at), at)


def draw(mall: Mall, day: date, at: datetime) -> list[FollowUp]:
    """The calls of one day. A day is drawn once; of two workers who draw at once, one comes too late."""
    seed = seed_of(mall, day)
    if FollowUp.objects.filter(mall=mall, draw=seed).exists():
        return []
    act = Act(by=SYSTEM, at=at, via="worker")
    due_at = max(datetime.combine(day, LOT_UNTIL, tzinfo=mall.zone), at + timedelta(hours=1))
    try:
        with transaction.atomic():
            return [
                plan(act, mall, customer=customer, trigger=FollowUp.Trigger.RANDOM, about=customer.number, draw=seed,
                     due_at=due_at)
                for customer in by_lot(mall, day, at)
            ]  # fmt: skip
    except IntegrityError:
        return []


def by_lot(mall: Mall, day: date, at: datetime) -> list[Customer]:
    """Who is drawn that day. The order comes from the seed and from who could be drawn at that moment, nothing else."""
    people = candidates(mall, day, at)
    random.Random(seed_of(mall, day)).shuffle(people)  # noqa: S311  reproducible on purpose
    return people[: int(current(mall.pk, "followup.random_daily", at).value)]


def candidates(mall: Mall, day: date, at: datetime) -> list[Customer]:
    """Who was here the day before, may be asked, and whom no other call and no own complaint concerns (CTR-04).

    Only what was known at that moment counts: drawn again later, it is the same lot.
    """
    since = datetime.combine(day - timedelta(days=1), time(0), tzinfo=mall.zone)
    until = since + timedelta(days=1)
    came = Q(contacts__at__gte=since, contacts__at__lt=until, contacts__undone_at=None)
    asked = Case.objects.filter(mall=mall, customer__isnull=False, opened_at__gte=since, opened_at__lt=until)
    asked = asked.exclude(kind__in=("followup", "complaint"))
    others = FollowUp.objects.filter(mall=mall, customer__isnull=False, opened_at__lt=at)
    rung = others.filter(Q(closed_at=None) | Q(closed_at__gt=at - APART))
    theirs = Case.objects.filter(mall=mall, customer__isnull=False, kind="complaint", opened_at__lt=at)
    complaining = theirs.filter(Q(closed_at=None) | Q(closed_at__gt=at - APART))
    free = Customer.objects.filter(askable(at), came | Q(pk__in=asked.values("customer")), mall=mall)
    free = free.exclude(pk__in=rung.values("customer")).exclude(pk__in=complaining.values("customer"))
    return list(free.distinct().order_by("pk"))


def seed_of(mall: Mall, day: date) -> str:
    return hashlib.sha256(f"sisheng.followups {mall.slug} {day:%Y-%m-%d}".encode()).hexdigest()[:32]


# For members


def plan_regular_calls(at: datetime) -> None:
    """Timetable, every morning: members are rung as often as their tier was promised (FUP-12), few on one day."""
    act = Act(by=SYSTEM, at=at, via="worker")
    for mall in Mall.objects.filter(shadow_of=None):
        most = int(current(mall.pk, "followup.regular.daily", at).value)
        for member in _members_to_ring(mall, at)[:most]:
            plan(act, mall, customer=member, trigger=FollowUp.Trigger.REGULAR)


def _members_to_ring(mall: Mall, at: datetime) -> list[Customer]:
    """Gold before silver, and in each those whom we have known longest."""
    found: list[Customer] = []
    for tier, policy in REGULARLY.items():
        since = at - current(mall.pk, policy, at).amount
        lately = FollowUp.objects.filter(mall=mall, customer__isnull=False, opened_at__gt=since).values("customer")
        members = Customer.objects.filter(askable(at), mall=mall, tier=tier, tier_until__gte=mall.today(at))
        members = members.exclude(pk__in=lately).exclude(pk__in=being_rung(mall=mall))
        found += members.filter(created_at__lt=since).order_by("created_at", "pk")
    return found
