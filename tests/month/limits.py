"""How often, when and whom the desk rang in that month, told from the events alone (CTR-04, FUP-08, FUP-10, SAT-02)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta

from sisheng.desk.complaints.models import Complaint
from sisheng.desk.followups.models import FollowUp, Survey
from sisheng.ground.events.models import Event
from sisheng.mall.directory.models import Mall

DAY = timedelta(hours=24)
CALLS = ("followup.attempt", "followup.finish", "followup.refuse")
SPOKEN = ("followup.finish", "followup.refuse")
OVER = ("complaint.archive", "complaint.withdraw", "complaint.merge", "complaint.discard")
EARLIEST, LATEST = (9, 0), (21, 30)  # who was rung before nine in the evening is not cut off in the middle


def wrong_calls(mall: Mall) -> Iterator[str]:
    calls = {call.number: call for call in FollowUp.objects.filter(mall=mall).select_related("origin", "customer")}
    rung = list(Event.objects.filter(mall_id=mall.pk, kind__in=CALLS).order_by("at", "pk"))
    yield from _at_a_decent_hour(mall, rung)
    yield from _once_a_day(rung, calls)
    yield from _twice_for_one_matter(calls)
    yield from _not_given_up_early(mall, rung)
    yield from _the_lot(mall, calls)
    yield from _left_in_peace(mall, rung, calls)
    yield from _asked_by_link(mall)


def _at_a_decent_hour(mall: Mall, rung: list[Event]) -> Iterator[str]:
    for event in rung:
        here = event.at.astimezone(mall.zone)
        if not EARLIEST <= (here.hour, here.minute) < LATEST:
            yield f"{event.topic}: rung at {here:%d %H:%M}"


def _once_a_day(rung: list[Event], calls: dict[str, FollowUp]) -> Iterator[str]:
    spoken: dict[int, datetime] = {}
    for event in rung:
        customer = calls[event.topic].customer_id
        last = spoken.get(customer)
        if last and event.at - last < DAY:
            yield f"{event.topic}: customer {customer} was rung {event.at - last} after a talk"
        if event.kind in SPOKEN:
            spoken[customer] = event.at


def _twice_for_one_matter(calls: dict[str, FollowUp]) -> Iterator[str]:
    matters = Counter(call.origin_id for call in calls.values() if call.origin_id and call.status != "cancelled")
    yield from (f"matter {matter} brought {times} calls" for matter, times in matters.items() if times > 2)


def _not_given_up_early(mall: Mall, rung: list[Event]) -> Iterator[str]:
    tried = defaultdict(list)
    for event in rung:
        if event.kind == "followup.attempt":
            hour = event.at.astimezone(mall.zone).hour
            tried[event.topic].append("morning" if hour < 12 else "afternoon" if hour < 18 else "evening")
    for number in Event.objects.filter(mall_id=mall.pk, kind="followup.give_up").values_list("topic", flat=True):
        if len(tried[number]) < 3 or len(set(tried[number])) < 2:
            yield f"{number}: given up after {tried[number]}"


def _the_lot(mall: Mall, calls: dict[str, FollowUp]) -> Iterator[str]:
    drawn = [call for call in calls.values() if call.trigger == "random"]
    a_day = Counter(mall.today(call.opened_at) for call in drawn)
    yield from (f"{day}: the lot fell on {times}" for day, times in a_day.items() if times > 10)
    ended = dict(Event.objects.filter(mall_id=mall.pk, kind__in=OVER).values_list("topic", "at").order_by("-at"))
    theirs = defaultdict(list)
    for complaint in Complaint.objects.filter(mall=mall, customer__isnull=False):
        theirs[complaint.customer_id].append((complaint.number, complaint.opened_at))
    for call in drawn:
        for number, opened_at in theirs[call.customer_id]:
            if opened_at < call.opened_at and not (number in ended and ended[number] <= call.opened_at):
                yield f"{call.number}: the lot fell on somebody whose {number} was open"


def _left_in_peace(mall: Mall, rung: list[Event], calls: dict[str, FollowUp]) -> Iterator[str]:
    """Who said so is neither rung nor asked by link any more."""
    said: dict[int, datetime] = {}
    surveys = {
        survey.number: survey.case.customer_id for survey in Survey.objects.filter(mall=mall).select_related("case")
    }
    for event in Event.objects.filter(mall_id=mall.pk, kind="survey.opted_out").order_by("pk"):
        said.setdefault(surveys[event.details["survey"]], event.at)
    for event in rung:
        customer = calls[event.topic].customer_id
        if customer in said and event.at > said[customer]:
            yield f"{event.topic}: rung after they had said that they want to be left in peace"
    for event in Event.objects.filter(mall_id=mall.pk, kind__in=["survey.sent", "survey.reminded"]):
        customer = surveys[event.details["survey"]]
        if customer in said and event.at > said[customer]:
            yield f"{event.topic}: asked by link after they had said that they want to be left in peace"


def _asked_by_link(mall: Mall) -> Iterator[str]:
    """Not before a day after it was settled, once, and reminded once."""
    settled = defaultdict(list)
    for topic, at in Event.objects.filter(
        mall_id=mall.pk, kind__in=["complaint.resolve", "complaint.settle_external"]
    ).values_list("topic", "at"):
        settled[topic].append(at)
    sent: Counter[tuple[str, str]] = Counter()
    for event in Event.objects.filter(mall_id=mall.pk, kind__in=["survey.sent", "survey.reminded"]).order_by("pk"):
        sent[event.kind, event.details["survey"]] += 1
        if not any(at + DAY <= event.at for at in settled[event.topic]):
            yield f"{event.topic}: asked by link at {event.at:%d %H:%M}, settled {settled[event.topic]}"
    yield from (f"{kind} {times} times for {survey}" for (kind, survey), times in sent.items() if times > 1)


def counted_calls(mall: Mall, held_back: Counter[str]) -> str:
    said = Counter(Event.objects.filter(mall_id=mall.pk, kind__startswith="followup.").values_list("kind", flat=True))
    asked = Counter(Event.objects.filter(mall_id=mall.pk, kind__startswith="survey.").values_list("kind", flat=True))
    told = [f"{times:,} {kind}" for kind, times in sorted((said + asked).items())]
    return f"{', '.join(told)}; {held_back.total():,} calls held back"
