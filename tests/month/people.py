"""Who is on duty when, and what they do next with a complaint."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from sisheng.cases.models import Clock
from sisheng.desk.complaints import actions
from sisheng.desk.complaints.models import Complaint
from sisheng.ground.act import Act
from sisheng.kit.approvals import actions as approvals
from sisheng.kit.approvals.models import Approval
from sisheng.mall.directory.models import Mall
from sisheng.mall.staff import actions as staff_actions
from sisheng.mall.staff.models import CheckIn, Staff

# (staff code, desk, from, until): an early and a late shift; each has two days off a week
ROTA = (
    ("1001", "main", time(9, 30), time(18)),
    ("1002", "main", time(9, 30), time(17)),
    ("1003", "main", time(14), time(22)),
    ("1006", "main", time(9, 30), time(16)),
    ("1007", "main", time(15, 30), time(22, 10)),
    ("1008", "main", time(9, 40), time(16)),
    ("1009", "main", time(9, 40), time(18)),
    ("1010", "main", time(13), time(22, 10)),
    ("1012", "guide", time(10), time(20)),
    ("1015", "parking", time(12), time(22)),
)
HOUR = timedelta(hours=1)
REMINDED_AT_ONCE = 20  # in ten minutes
LINES = [{"kind": "voucher", "value": Decimal(30), "payer": "mall"}]
LARGE = [{"kind": "refund", "value": Decimal(640), "payer": "brand"}]


def is_working(number: int, day: date) -> bool:
    return (day.toordinal() + 3 * number) % 7 not in {0, 1}


def come_and_go(mall: Mall, now: datetime) -> None:
    """Whoever's shift has begun comes to their desk, whoever's is over leaves it."""
    here = now.astimezone(mall.zone)
    present = {there.staff.code: there for there in CheckIn.objects.present().filter(mall=mall).select_related("staff")}
    people = Staff.objects.in_bulk([code for code, *_rest in ROTA], field_name="code")
    for number, (code, desk, begins, ends) in enumerate(ROTA):
        should = is_working(number, here.date()) and begins <= here.time() < ends
        person = people[code]
        if should and code not in present:
            staff_actions.check_in(Act(by=person, at=now), mall.desks.get(code=desk), person=person)
        if not should and code in present:
            staff_actions.check_out(Act(by=person, at=now), mall, person=person)


def agents_here(mall: Mall) -> list[Staff]:
    there = CheckIn.objects.present().filter(mall=mall, staff__posts__role="agent").select_related("staff", "desk")
    return [check_in.staff for check_in in there.order_by("pk").distinct()]


def receive(mall: Mall, now: datetime, chance: Random, phone: str) -> Complaint | None:
    here = agents_here(mall)
    if not here:
        return None
    person = chance.choice(here)
    shop = chance.choice(list(mall.shops.order_by("pk")[:40]))
    amount = Decimal(chance.choice([30, 88, 150, 400, 900, 2000]))
    return actions.receive(
        Act(by=person, at=now), mall, owner=person, desk=mall.desks.get(code="main"), shop=shop,
        category=chance.choice(["price.price_tag", "price.misleading"]), account="标价与收银不符。",
        claims=["compensation"], phone=phone, amount=amount,
        flags=["injury"] if chance.random() < 0.02 else [],
    )  # fmt: skip


def tell_how_it_goes(mall: Mall, now: datetime, chance: Random) -> None:
    """Who is reminded of a customer without news tells them how it stands: mostly in time, some only after an alarm."""
    rung = Clock.objects.live().filter(mall=mall, deadline="complaint.progress_update", stage__gte=Clock.Stage.SOON)
    for clock in rung.order_by("next_ring_at", "pk")[:REMINDED_AT_ONCE]:
        if chance.random() < 0.15:
            complaint = Complaint.objects.select_related("mall", "handler", "customer").get(pk=clock.case_id)
            mine = Act(by=complaint.handler or Staff.objects.get(code="1001"), at=now)
            actions.inform(mine, complaint, news="还在核实，明天再告诉您。")


def next_step(complaint: Complaint, now: datetime, chance: Random) -> timedelta | None:
    """Somebody does what comes next; how long until the next one, or None when it is over.

    Most are quick, some are slow: there have to be alarms, and answers that come too late.
    """
    mall = complaint.mall
    boss = Staff.objects.get(code="1001")
    mine = Act(by=complaint.handler or boss, at=now)
    theirs = Act(by=boss, at=now)
    soon = timedelta(minutes=chance.randint(5, 90))
    later = chance.choice([HOUR * chance.randint(1, 12), HOUR * chance.randint(12, 30)])
    if chance.random() < 0.05:  # somebody has let it lie
        later = HOUR * chance.randint(50, 90)
    match complaint.status:
        case "accepted":
            if chance.random() < 0.03:
                actions.withdraw(mine, complaint, reason="顾客说算了")
                return soon
            if complaint.severity == "S4":
                actions.mediate(mine, complaint)
                return timedelta(minutes=chance.randint(5, 80))
            actions.investigate(mine, complaint)
            return later
        case "withdrawn" if chance.random() < 0.3:
            actions.resume(theirs, complaint, reason="撤错了单")
            return later
        case "withdrawn":
            return None
        case "on_spot" if chance.random() < 0.85:
            actions.settle(mine, complaint, words="退差价。", remedies=LINES, cause="process.not_followed",
                           responsibility="price")  # fmt: skip
            return later
        case "on_spot":
            actions.fail(mine, complaint, reason="要书面说明")
            return later
        case "investigating":
            actions.find(mine, complaint, finding="标价签没有更换。", substantiated="yes", responsibility="price")
            return soon
        case "proposing":
            if complaint.offer is None:
                lines = LARGE if chance.random() < 0.15 else LINES
                actions.write_proposal(mine, complaint, words="退差价，送一张券。", remedies=lines)
            complaint.forget_offers()
            if complaint.offer.approval == "needed":
                actions.ask(mine, complaint)
                return soon
            actions.propose(theirs, complaint)
            return later
        case "approval":
            waiting = Approval.objects.with_people().filter(case=complaint, state="waiting").first()
            if waiting:
                approvals.decide(theirs, waiting, yes=True)
            return soon
        case "awaiting_customer" if complaint.offer.n < 3 and chance.random() < 0.2:
            actions.refuse(mine, complaint)
            return soon
        case "awaiting_customer" | "final_offered":
            actions.agree(mine, complaint)
            return later
        case "re_evaluating":
            actions.re_evaluate(mine, complaint, words="再看了一遍。")
            actions.write_proposal(mine, complaint, words="再送一张券。", remedies=LINES, is_final=True)
            actions.offer_final(mine, complaint)
            return later
        case "executing":
            for remedy in complaint.agreed.remedies.filter(done_at=None):
                actions.fulfil(mine, complaint, remedy=remedy)
            actions.resolve(mine, complaint)
            return HOUR * 24
        case "resolved" | "follow_up" if chance.random() < 0.05 and not complaint.reopen_count:
            actions.reopen(mine, complaint, reason="差价没有到账")
            return soon
        case "reopened":
            actions.investigate(mine, complaint)
            return later
        case "follow_up":
            actions.trace(mine, complaint, cause="process.not_followed", whys=["为什么"] * 5)
            actions.decide_improvement(mine, complaint, because="当天已改好价签")
            actions.hear_customer(mine, complaint, words="可以接受")
            actions.archive(theirs, complaint)
            return None
        case "resolved":
            return HOUR
    raise AssertionError(f"nobody knows what to do in {mall.slug} with “{complaint.status}”")
