"""What happens after a matter is settled: somebody rings, and a question goes out by link."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any, cast

from sisheng.config.demo.history.lives import once_more
from sisheng.config.demo.history.stage import Course, Stage
from sisheng.desk.followups.actions import answer, attempt, draw, finish, give_up, plan, refuse
from sisheng.desk.followups.actions.calling import keep_trying, not_now
from sisheng.desk.followups.models import FollowUp, Survey
from sisheng.desk.followups.models.survey import STAYS_OPEN
from sisheng.ground.act import SYSTEM, Act
from sisheng.ground.events.models import Event
from sisheng.kit.links.actions import make
from sisheng.kit.links.holder import LinkHolder
from sisheng.mall.customers.models import Customer

TRAINED = ("1008", "1006", "1011", "1007")
NOT_REACHED, UNREACHABLE, REFUSED = 0.13, 0.06, 0.03
SCORES = (5, 5, 4, 5, 4, 5, 5, 4, 3, 5, 4, 5, 5, 4, 5, 5, 4, 5, 5, 5, 4, 5, 2, 4)  # the one who gives 2 wants more

# one deck of answers: 22 of 24 are content, and 12 would recommend us while 3 would not (91 %, +38)
ANSWERS = ((5, 10), (5, 9), (4, 9), (5, 10), (4, 8), (5, 9), (2, 3), (5, 10), (4, 7), (5, 9), (5, 8), (4, 8),
           (5, 10), (4, 7), (5, 9), (3, 5), (4, 8), (5, 10), (4, 6), (5, 9), (4, 7), (5, 10), (4, 8),
           (5, 8))  # fmt: skip
ANSWERED = (0, 5, 11, 17, 22, 28, 33, 39, 44)  # of fifty who are asked: 18 %
OF = 50


class Calls:
    """Plans and makes the calls of every day, and sends the questions."""

    def __init__(self, stage: Stage, words: dict[str, Any]) -> None:
        self.stage, self.words = stage, words
        self.asked = self.rung = self.scored = self.answered = 0
        self.taken: set[int] = set()

    def day(self, at: datetime, days_ago: int) -> Course:
        """From ten past nine: the lot is drawn, members' turns come round, and the work of the day is shared out."""
        draw(self.stage.mall, self.stage.mall.today(at), at)
        for member in self._whose_turn(days_ago):
            plan(Act(by=SYSTEM, at=at, via="worker"), self.stage.mall, customer=member, trigger="regular")
        at = yield self.stage.hours.next_opening(at) + timedelta(minutes=2)
        evening = at + timedelta(hours=24)
        calls: Any = FollowUp.objects.filter(mall=self.stage.mall, closed_at=None)
        for call in calls.order_by("pk"):
            due = call.clocks.live().values_list("due_at", flat=True).first()
            if call.pk not in self.taken and due is not None and (due < evening or call.trigger == "regular"):
                self.taken.add(call.pk)
                self.stage.add(*self._begun(call, due, at))
        due_today = Survey.objects.filter(mall=self.stage.mall, state="scheduled", send_at__lt=evening)
        for survey in due_today.select_related("mall", "case__mall", "case__customer").order_by("pk"):
            wanted = self.stage.around(survey.send_at, at)
            self.stage.add(wanted, self.question(survey, wanted))

    def _whose_turn(self, days_ago: int) -> Iterator[Customer]:
        """Gold members every thirty days, silver ones every ninety."""
        members = Customer.objects.filter(mall=self.stage.mall, consents__purpose="service").order_by("number")
        for turn, member in enumerate(members.filter(tier="gold").distinct()):
            if days_ago % 30 == 5 * turn % 30:
                yield member
        for turn, member in enumerate(members.filter(tier="silver").distinct()):
            if days_ago == (8 * turn + 3) % 61:
                yield member

    def _begun(self, call: FollowUp, due: datetime, at: datetime) -> tuple[datetime, Course]:
        fate = self.stage.fate(f"call:{self.rung}")
        self.rung += 1
        latest = max(at + timedelta(minutes=4), due - timedelta(minutes=20))
        evening = at.astimezone(self.stage.mall.zone).replace(hour=20, minute=30)
        latest = min(latest, evening)
        when = (at + (latest - at) * fate.random()).replace(microsecond=0)
        return when, self.call(call, when, fate)

    # --- one call ---

    def call(self, call: FollowUp, at: datetime, fate: random.Random) -> Course:
        luck, tries = fate.random(), 0
        while True:
            call = cast("FollowUp", FollowUp.objects.select_related("mall", "customer").get(pk=call.pk))
            if not call.is_open:
                return
            if not_now(call, at):
                at = yield self.stage.after(at, 100, 200, fate)
                continue
            by = Act(by=self.stage.people[TRAINED[(call.pk + tries) % len(TRAINED)]], at=at)
            if luck < NOT_REACHED and (tries == 0 or (luck < UNREACHABLE and call.trigger != "random" and tries < 6)):
                if tries >= 3 and not keep_trying(call, at):
                    give_up(by, call, reason="三个时段都没有接")
                    return
                attempt(by, call, result=fate.choice(("no_answer", "no_answer", "busy", "off")))
                tries += 1
                at = yield self._again(call, at, fate)
                continue
            break
        if luck > 1 - REFUSED:
            refuse(by, call, reason="说正在开会，不用回访了")
        else:
            self._finish(by, call, fate)

    def _again(self, call: FollowUp, at: datetime, fate: random.Random) -> datetime:
        """At another time of the day, but before it is due."""
        again = self.stage.after(at, 200, 330, fate)
        due = call.clocks.live().values_list("due_at", flat=True).first()
        return again if due is None or again < due else max(at + timedelta(minutes=6), due - timedelta(minutes=9))

    def _finish(self, by: Act, call: FollowUp, fate: random.Random) -> None:
        score = SCORES[self.scored % len(SCORES)]
        self.scored += 1
        about_complaint = call.template == "complaint"
        kinds = {True: ("content", "fair", "not_content"), False: ("general", "general_low", "general_low")}
        content, fair, bad = kinds[about_complaint]
        words = fate.choice(self.words[content if score >= 4 else fair if score == 3 else bad])
        asked = ("handling", "speed") if about_complaint else ("service", "goods", "surroundings")
        followed_by = "" if score > 2 else self._what_follows(call)
        finish(by, call, satisfaction=score, words=words, followed_by=followed_by,
               answers={name: max(1, min(5, score - fate.choice((0, 0, 0, 1)))) for name in asked})  # fmt: skip
        if followed_by == "reopen" and call.origin_id:
            self.stage.follow(by.at)
            self.stage.add(by.at, once_more(self.stage.settled[call.origin_id], by.at))

    def _what_follows(self, call: FollowUp) -> str:
        is_settled = bool(call.origin and call.origin.pk in self.stage.settled and call.origin.status == "follow_up")
        may_open_again = is_settled and call.trigger == "first"
        return "reopen" if may_open_again else "improvement"

    # --- one question by link ---

    def question(self, survey: Survey, at: datetime) -> Course:
        """Sent as on a site with text messages; most are not answered."""
        case, turn, fate = survey.case, self.asked, self.stage.fate(f"survey:{self.asked}")
        self.asked += 1
        worker = Act(by=SYSTEM, at=at, via="worker")
        remind_at = at + timedelta(hours=48)
        Survey.objects.filter(pk=survey.pk).update(state="sent", sent_at=at, remind_at=remind_at)
        link, _token = make(worker, case, purpose="survey", part=survey.number, lasts=STAYS_OPEN)
        self._tell(worker, survey, "sent")
        is_answered = turn % OF in ANSWERED
        if is_answered and fate.random() < 0.75:
            at = yield _awake(at + timedelta(hours=fate.uniform(0.3, 30)), self.stage)
        else:
            at = yield _awake(remind_at, self.stage)
            Survey.objects.filter(pk=survey.pk).update(remind_at=None, reminded_at=at)
            self._tell(Act(by=SYSTEM, at=at, via="worker"), survey, "reminded")
            until = at + timedelta(hours=fate.uniform(1, 40)) if is_answered else survey.send_at + STAYS_OPEN
            at = yield _awake(max(until, at), self.stage)
        survey.refresh_from_db()
        if not is_answered:
            Survey.objects.filter(pk=survey.pk).update(state="expired", remind_at=None)
            self._tell(Act(by=SYSTEM, at=at, via="worker"), survey, "expired")
            return
        csat, nps = ANSWERS[self.answered % len(ANSWERS)]
        self.answered += 1
        answer(Act(by=LinkHolder(link), at=at, via="portal"), survey, csat=csat, nps=nps, link=link, is_solved=csat > 2,
               ces=max(1, min(7, csat + fate.choice((0, 1, 2)))), is_anonymous=fate.random() < 0.2,
               words=fate.choice(self.words["survey"]) if csat > 3 else "说了两遍才有人记下来。")  # fmt: skip

    @staticmethod
    def _tell(act: Act, survey: Survey, verb: str) -> None:
        Event.record(f"survey.{verb}", survey.case.topic, act, mall_id=survey.mall_id, survey=survey.number)


def _awake(at: datetime, stage: Stage) -> datetime:
    """Nobody sends or answers in the night, nor on the day on which the mall was shut."""
    here = at.astimezone(stage.mall.zone)
    if not time(9) <= here.time() < time(21) or not stage.hours.opens_on(here.date()):
        return stage.hours.next_opening(at)
    return at.replace(microsecond=0)
