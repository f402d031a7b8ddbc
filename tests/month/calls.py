"""Who rings the customers afterwards, at any hour; they are held back where they must be, and hear what they hear."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from random import Random

from sisheng.desk.contacts import actions as contacts
from sisheng.desk.followups import actions
from sisheng.desk.followups.actions.calling import is_trained
from sisheng.desk.followups.actions.planning import draw_for_every_mall
from sisheng.desk.followups.actions.surveys import send_due
from sisheng.desk.followups.models import Attempt, FollowUp, Survey
from sisheng.ground.act import Act
from sisheng.ground.refusals import OutOfTurn
from sisheng.kit.links.holder import LinkHolder
from sisheng.kit.links.models import OneTimeLink
from sisheng.mall.customers.actions import remember
from sisheng.mall.directory.models import Mall
from sisheng.mall.staff.models import CheckIn, Staff
from tests.month.people import agents_here

CALLS_AT_ONCE = 10  # in ten minutes
DRAWN_AT, DRAWN_UNTIL = 9 * 60 + 10, 9 * 60 + 20  # minutes after midnight: the lot of the day


def ring_round(mall: Mall, now: datetime, chance: Random, refused: Counter[str]) -> list[int]:
    """Somebody trained rings a few who are on the sheet; which complaints were opened again by what they heard."""
    present = CheckIn.objects.present().filter(mall=mall).select_related("staff").order_by("pk")
    callers = [there.staff for there in present if is_trained(there.staff, mall)]
    waiting = FollowUp.objects.filter(mall=mall, closed_at=None).select_related("mall", "customer", "origin")
    sheet = list(waiting.order_by("next_due_at", "pk")[:40])
    again = []
    for call in chance.sample(sheet, min(CALLS_AT_ONCE, len(sheet))) if callers else []:
        try:
            if _ring(Act(by=chance.choice(callers), at=now), call, chance) and call.origin_id:
                again.append(call.origin_id)
        except OutOfTurn as no:
            refused[type(no).__name__] += 1
    return again


def _ring(act: Act, call: FollowUp, chance: Random) -> bool:
    """One call; True where the customer wants the matter opened again."""
    actions.number_to_ring(act, call, reason="回访") if chance.random() < 0.5 else None
    heard = chance.random()
    if heard < 0.3:
        actions.attempt(act, call, result=chance.choice(Attempt.Result.values))
    elif heard < 0.35:
        actions.refuse(act, call)
    elif heard < 0.45:
        actions.give_up(act, call, reason="多次未接")
    else:
        satisfaction = chance.choice([5, 5, 5, 4, 4, 3, 2, 1])
        follows = "" if satisfaction > 2 else chance.choice(["complaint", "improvement", "reopen"])
        if follows == "reopen" and call.origin_id is None:
            follows = "complaint"
        actions.finish(act, call, satisfaction=satisfaction, followed_by=follows)
        return follows == "reopen"
    return False


def somebody_asks(mall: Mall, now: datetime, chance: Random, phone: str) -> None:
    """A contact of somebody who leaves a number: the lot of the next day may fall on them."""
    here = agents_here(mall)
    if here:
        agent: Staff = chance.choice(here)
        act = Act(by=agent, at=now)
        customer = remember(act, mall, phone=phone)
        contacts.log(act, mall, agent=agent, need="1", outcome="answered", words="洗手间", customer=customer)


def by_itself(mall: Mall, now: datetime) -> None:
    """The timetable of every minute and of the morning."""
    send_due(now)
    here = now.astimezone(mall.zone)
    if DRAWN_AT <= here.hour * 60 + here.minute < DRAWN_UNTIL:
        draw_for_every_mall(now)


def answer_some(now: datetime, chance: Random) -> None:
    """Some answer the question by link, and few want to be left in peace."""
    sent = list(Survey.objects.filter(state=Survey.State.SENT).select_related("mall", "case").order_by("pk"))
    for survey in chance.sample(sent, min(2, len(sent))):
        luck = chance.random()
        link = OneTimeLink.objects.filter(purpose="survey", part=survey.number, used_at=None).order_by("pk").last()
        if luck > 0.1 or link is None:
            continue
        act = Act(by=LinkHolder(link), at=now, via="link")
        if luck < 0.02:
            actions.opt_out(act, survey, link=link)
        else:
            actions.answer(act, survey, csat=chance.choice([5, 4, 2]), link=link)
