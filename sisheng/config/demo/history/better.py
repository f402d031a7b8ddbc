"""What was to become better, whom people praised, and what they suggested."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sisheng.cases.models import Case
from sisheng.config.demo.history.stage import Course, Stage
from sisheng.config.demo.tables import tree
from sisheng.desk.complaints.models import Complaint
from sisheng.desk.improvements import actions
from sisheng.desk.improvements.models import Improvement
from sisheng.desk.praise import actions as praise
from sisheng.ground.act import Act

WHO_DECIDES, WHO_LOOKS = "1003", "1002"
HOW_FAR = ("proposed", "agreed", "doing", "done", "verified", "standardised")

OriginOf = Callable[[str], Complaint | None]  # a complaint of that matter that is still open


class Better:
    """Plays what data/improvements.toml says."""

    def __init__(self, stage: Stage, origin_of: OriginOf) -> None:
        self.stage, self.origin_of = stage, origin_of
        self.told: dict[str, Any] = tree("improvements")

    def begin(self, days: int) -> None:
        """Put all of it on stage that falls into the days."""
        for turn, one in enumerate(self.told["improvements"]):
            if one["ago"] <= days:
                at = self._day(one["ago"], turn)
                self.stage.add(at, self.improvement(one, at, days_back=one["ago"]))
        for turn, one in enumerate(self.told["praise"]):
            at = self._day(1 + turn * 4, turn)
            if 1 + turn * 4 <= days:
                self.stage.add(at, self.good_words(one, at))
        for turn, one in enumerate(reversed(self.told["suggestions"])):
            at = self._day(2 + turn * 6, turn + 5)
            if 2 + turn * 6 <= days:
                self.stage.add(at, self.suggestion(one, at))

    def _day(self, ago: int, turn: int) -> datetime:
        wanted = self.stage.until - timedelta(days=ago, minutes=37 * (turn % 7))
        return self.stage.around(wanted.replace(microsecond=0), wanted - timedelta(days=2))

    # --- improvements ---

    def improvement(self, one: dict[str, Any], at: datetime, days_back: int) -> Course:
        origin = self.origin_of(one.get("matter", ""))
        better = self._asked_for(one, at, origin)
        span = timedelta(days=min(one["days"], days_back) * 0.9)
        begun, fate = at, self.stage.fate(f"better:{one['ago']}")
        reached = one["reached"]
        if reached == "dropped":
            at = yield self.stage.around(begun + timedelta(days=2), at)
            actions.drop(self._act(at, WHO_DECIDES), better, reason=one["reason"])
            return
        goal = HOW_FAR.index("doing" if reached == "trying_again" else reached)
        for share, step in ((0.1, self._agree), (0.2, self._start), (0.8, self._finish), (0.97, self._verify)):
            if HOW_FAR.index(_LEADS_TO[step.__name__]) > goal and reached != "trying_again":
                return
            at = yield self.stage.around(begun + span * share + timedelta(minutes=fate.randint(0, 90)), at)
            better.refresh_from_db()
            step(better, one, at)
        if reached == "trying_again":
            at = yield self.stage.around(at + timedelta(days=1), at)
            due = at + timedelta(days=one["again_days"])
            actions.try_again(self._act(at, WHO_DECIDES), better, measure=one["again"], due_at=due)
        elif reached == "standardised":
            at = yield self.stage.around(at + timedelta(days=3), at)
            actions.standardise(self._act(at, WHO_DECIDES), better)

    def _asked_for(self, one: dict[str, Any], at: datetime, origin: Case | None) -> Improvement:
        return actions.begin(
            self._act(at, one["owner"]), self.stage.mall, owner=self.stage.people[one["owner"]],
            problem=one["problem"], measure=one["measure"], due_at=at + timedelta(days=one["days"]),
            source=one.get("source", "") or ("complaint" if origin else "meeting"), origin=origin,
            shop=self.stage.mall.shops.get(unit=one["unit"]) if "unit" in one else None,
            department=one.get("department", ""), need=one.get("need", ""), cause=one.get("cause", ""),
            metric=one.get("metric", ""), effect_before=one.get("before", ""),
            cost=Decimal(one["cost"]) if "cost" in one else None, desk=self.stage.desk,
        )  # fmt: skip

    def _agree(self, better: Improvement, one: dict[str, Any], at: datetime) -> None:
        actions.agree(self._act(at, WHO_DECIDES), better)
        if "reply" in one:
            actions.reply(self._act(at, one["owner"]), better, reply=one["reply"])

    def _start(self, better: Improvement, one: dict[str, Any], at: datetime) -> None:
        actions.start(self._act(at, one["owner"]), better)

    def _finish(self, better: Improvement, one: dict[str, Any], at: datetime) -> None:
        actions.finish(self._act(at, one["owner"]), better, words=one["done"])

    def _verify(self, better: Improvement, one: dict[str, Any], at: datetime) -> None:
        judge = actions.fall_short if one["reached"] == "trying_again" else actions.verify
        judge(self._act(at, WHO_LOOKS), better, words=one["seen"], effect_after=one["after"])

    # --- praise and suggestions ---

    def good_words(self, one: dict[str, Any], at: datetime) -> Course:
        by = self.stage.fate(one["words"]).choice(("1008", "1009", "1010"))
        person = self.stage.people[one["person"]] if one["person"] else None
        praise.give(self._act(at, by), self.stage.mall, words=one["words"], person=person,
                    person_words=one.get("person_words", ""), channel="counter")  # fmt: skip
        return
        yield at

    def suggestion(self, one: dict[str, Any], at: datetime) -> Course:
        made = praise.suggest(self._act(at, "1009"), self.stage.mall, words=one["words"], channel="counter")
        at = yield self.stage.around(at + timedelta(days=1, hours=2), at)
        if one["answer"]:
            praise.take(self._act(at, WHO_LOOKS), made, owner=self.stage.people[WHO_LOOKS])
            at = yield self.stage.around(at + timedelta(hours=20), at)
            praise.answer(self._act(at, WHO_LOOKS), made, answer=one["answer"], reason=one["reason"])

    def _act(self, at: datetime, by: str) -> Act:
        return Act(by=self.stage.people[by], at=at)


_LEADS_TO = {"_agree": "agreed", "_start": "doing", "_finish": "done", "_verify": "verified"}
