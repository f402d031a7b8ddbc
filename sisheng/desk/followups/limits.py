"""How often and when somebody may be rung, and whom nobody asks anything (CTR-04, FUP-04)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

from django.db.models import Max, Q

from sisheng.desk.followups.lifecycle import CANCELLED, DONE, OPEN, REFUSED
from sisheng.desk.followups.models import Attempt, FollowUp, Survey
from sisheng.kit.messages.ways import first_quiet_free
from sisheng.mall.customers.models import Consent, Customer

if TYPE_CHECKING:
    from sisheng.cases.models import Case
    from sisheng.mall.directory.models import Mall

APART = timedelta(hours=24)  # one call a day to one person, whatever it is about
MOST_FOR_ONE_MATTER = 2  # also when it is opened again: whoever complains is not to be pestered
TALK = timedelta(minutes=30)  # who was rung in time is not cut off when the quiet hours begin


def part_of_day(at: datetime, mall: Mall) -> str:
    hour = at.astimezone(mall.zone).hour
    if hour < 12:
        return Attempt.Part.MORNING
    return Attempt.Part.AFTERNOON if hour < 18 else Attempt.Part.EVENING


def quiet_until(mall: Mall, customer: Customer | None, at: datetime) -> datetime | None:
    """When the quiet hours of the mall and of the customer are over; None when there are none now.

    Where the two leave no moment of the day, a day from then is as good as any: nobody is rung.
    """
    free_at = first_quiet_free(mall, customer, at)
    if free_at is None:
        return at + APART
    return free_at if free_at > at else None


def too_soon(customer: Customer | None, at: datetime) -> datetime | None:
    """From when on this person may be rung again; None when it may be now."""
    if customer is None:
        return None
    spoken = FollowUp.objects.filter(customer=customer, closed_at__lte=at, status__in=[DONE, REFUSED])
    last = cast("datetime | None", spoken.aggregate(at=Max("closed_at"))["at"])
    return last + APART if last and at < last + APART else None


def room_for(case: Case) -> int:
    """How many more calls this matter may bring."""
    planned = FollowUp.objects.of(case).exclude(status=CANCELLED).count()
    return max(0, MOST_FOR_ONE_MATTER - planned)


def may_be_asked(customer: Customer | None, at: datetime) -> bool:
    return customer is not None and Customer.objects.filter(askable(at), pk=customer.pk).exists()


def askable(at: datetime) -> Q:
    """Customers who left a number to be rung, and did not say that they want to be left in peace."""
    said_yes = Consent.objects.standing(at).filter(purpose=Consent.Purpose.SERVICE)
    said_no = Survey.objects.filter(state=Survey.State.OPTED_OUT, case__customer__isnull=False)
    return (
        Q(state=Customer.State.ACTIVE)
        & Q(pk__in=said_yes.values("customer"))
        & ~Q(pk__in=said_no.values("case__customer"))
    )


def being_rung(**which: Any) -> Any:
    """The customers whom a call is planned for."""
    return FollowUp.objects.filter(status__in=OPEN, customer__isnull=False, **which).values("customer")
