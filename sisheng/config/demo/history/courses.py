"""The course of a complaint, step by step: each is taken through the same door as at the desk, at its own time."""

from __future__ import annotations

import random
from collections.abc import Generator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sisheng.config.demo.customers import SURNAMES, TITLES
from sisheng.config.demo.history.inquiries import ANONYMOUS, SLOW
from sisheng.config.demo.history.matters import Told
from sisheng.config.demo.history.stage import Stage
from sisheng.desk.complaints import actions
from sisheng.desk.complaints.models import Complaint, Proposal
from sisheng.desk.contacts.models import Contact
from sisheng.ground.act import Act
from sisheng.kit.approvals import actions as approvals
from sisheng.kit.approvals.authority import level_for
from sisheng.kit.approvals.models import Approval
from sisheng.kit.evidence.actions import ask_statement, nudge, receive_statement
from sisheng.kit.evidence.models import ShopStatement
from sisheng.mall.staff.models import Staff

NEWS_EVERY = timedelta(hours=19)  # the customer hears how it stands before a day is over
DECIDING = {"lead": ("1006", "1007"), "supervisor": ("1002", "1003"), "manager": ("1001",)}
Steps = Generator[datetime, datetime, datetime]  # a stretch of a course; answers when it was over
KNOWN, NAMELESS = 0.38, 0.3  # shares of those who complain: we have their number; of small matters, no number at all


class Going:
    """One complaint on its way."""

    def __init__(self, stage: Stage, told: Told, contact: Contact | None, agent: Staff, fate: random.Random,
                 words: dict[str, Any], phone: str, customer: Any = None) -> None:  # fmt: skip
        self.stage, self.told, self.contact, self.agent, self.fate = stage, told, contact, agent, fate
        self.words, self.phone, self.customer = words, phone, customer
        self.is_slow = told.unit == SLOW
        self.case: Complaint
        self.begun: datetime
        self.news_at: datetime

    # --- acts ---

    def act(self, at: datetime, by: str = "") -> Act:
        return Act(by=self.stage.people[by] if by else self.agent, at=at)

    def fresh(self) -> Complaint:
        """As it stands now; others may have gone on with it meanwhile."""
        self.case.refresh_from_db()
        self.case.mall, self.case.desk = self.stage.mall, self.stage.desk
        self.case.forget_offers()
        return self.case

    def accept(self, at: datetime) -> None:
        matter, stage = self.told.matter, self.stage
        minutes = self.fate.uniform(10, 40) if not matter.units else self.fate.uniform(20, 2000)
        self.case = actions.receive(
            self.act(at), stage.mall, owner=self.agent, desk=stage.desk, category=matter.category,
            contact=self.contact.number if self.contact else "",
            channel=self.contact.channel if self.contact else "counter",
            shop=stage.mall.shops.get(unit=self.told.unit) if self.told.unit else None,
            against=matter.against, against_words=matter.against_words, place=matter.place, amount=self.told.yuan,
            account=self.told.account, feeling=matter.feeling, claims=matter.claims, flags=list(matter.flags),
            happened_on=at - timedelta(minutes=minutes), restated=self.fate.random() < 0.9,
            emotion=self.fate.choice(("angry", "angry", "anxious", "calm", "calm")),
            recording=self.fate.choice(("none", "notes")), **self._who(),
        )  # fmt: skip
        self.agent = self.case.handler or self.agent
        self.begun = self.news_at = at

    def _who(self) -> dict[str, Any]:
        if self.customer is not None:
            return {"customer": self.customer}
        if not self.phone:
            return {"anonymous_label": self.fate.choice(ANONYMOUS)}
        return {"phone": self.phone, "salutation": self.fate.choice(SURNAMES) + self.fate.choice(TITLES)}

    def investigate(self, at: datetime) -> None:
        actions.investigate(self.act(at), self.case)
        if self.fate.random() < 0.6:
            actions.judge(self.act(at), self.case, responsibility=self.told.matter.responsibility)

    def ask_shop(self, at: datetime) -> None:
        if self.told.matter.question and self.case.shop:
            ask_statement(self.act(at), self.case, self.case.shop, question=self.told.matter.question)

    def nudge_shop(self, at: datetime) -> None:
        for statement in self._asked():
            nudge(self.act(at), statement)

    def hear_shop(self, at: datetime) -> None:
        for statement in self._asked():
            receive_statement(self.act(at), statement, text=self.told.matter.statement)

    def _asked(self) -> list[ShopStatement]:
        asked = list(ShopStatement.objects.filter(case=self.case, received_at=None, excused_at=None))
        for statement in asked:
            statement.case = self.case
        return asked

    def find(self, at: datetime) -> None:
        matter = self.told.matter
        actions.find(self.act(at), self.case, finding=matter.finding, substantiated=matter.substantiated,
                     responsibility=matter.responsibility)  # fmt: skip

    def write(self, at: datetime, more: int = 0, words: str = "", is_final: bool = False) -> None:
        actions.write_proposal(self.act(at), self.case, words=words or self.told.matter.offer,
                               remedies=self.told.remedies(more), is_final=is_final)  # fmt: skip

    def ask_approval(self, at: datetime) -> None:
        actions.ask(self.act(at), self.case, reason=self.told.matter.finding[:60])

    def decide(self, at: datetime) -> None:
        waiting = Approval.objects.filter(case=self.case, state=Approval.State.WAITING).select_related("mall", "case")
        for approval in waiting:
            level = level_for(self.stage.mall, approval.amount or Decimal(0), at) or "lead"
            approvals.decide(self.act(at, self.fate.choice(DECIDING[level])), approval, yes=True, words="按此办理。")

    @property
    def needs_approval(self) -> bool:
        return bool(self.case.offer and self.case.offer.approval == Proposal.Approval.NEEDED)

    def propose(self, at: datetime) -> None:
        actions.propose(self.act(at), self.case)
        self.news_at = at

    def offer_final(self, at: datetime) -> None:
        actions.offer_final(self.act(at), self.case)
        self.news_at = at

    def agree(self, at: datetime) -> None:
        actions.agree(self.act(at), self.case, words=self.fate.choice(self.words["agree"]))

    def refuse(self, at: datetime) -> None:
        actions.refuse(self.act(at), self.case, words=self.fate.choice(self.words["refuse"]))

    def look_again(self, at: datetime) -> None:
        actions.re_evaluate(self.act(at), self.case, words=self.fate.choice(self.words["re_evaluation"]))

    def inform(self, at: datetime) -> None:
        if self.case.status in {"awaiting_customer", "final_offered"}:
            actions.remind(self.act(at), self.case)
        actions.inform(self.act(at), self.case, news=self.fate.choice(self.words["progress"]))
        self.news_at = at

    def fulfil_one(self, at: datetime) -> None:
        owed = [remedy for remedy in self.case.agreed.remedies.all() if not remedy.done_at] if self.case.agreed else []
        if owed:
            actions.fulfil(self.act(at), self.case, remedy=owed[0])

    def withdraw(self, at: datetime) -> None:
        actions.withdraw(self.act(at), self.case, reason=self.fate.choice(self.words["withdrawn"]))

    def go_external(self, at: datetime) -> None:
        authority = self.fate.choice(("12315", "12315", "12345"))
        office = self.words["offices"][0 if authority == "12315" else 2]
        actions.go_external(
            self.act(at, "1006"), self.case, authority=authority, received_on=self.stage.mall.today(at), office=office,
            reference=f"NT{at:%y%m%d}{self.case.pk % 1000:03d}",
        )  # fmt: skip

    def reply_authority(self, at: datetime) -> None:
        file = self.case.external_cases.latest("pk")
        actions.reply_external(self.act(at, "1006"), self.case, file=file, reply=self.words["authority_reply"])

    # --- when ---

    def wait(self, at: datetime, wanted: datetime) -> Steps:
        """Until then; meanwhile the customer hears every day how it stands."""
        while True:
            next_news = self.stage.around(self.news_at + NEWS_EVERY, at)
            hears_from_us = self.case.is_open and self.case.status not in {"external", "resolved", "follow_up"}
            if not hears_from_us or wanted <= next_news + timedelta(minutes=30):
                break
            at = yield next_news
            self.fresh()
            self.inform(at)
        at = yield wanted
        self.fresh()
        return at

    def within(self, at: datetime, least: float, most: float) -> Steps:
        """Some hours after it was accepted, as the hours of the desk allow."""
        wanted = self.begun + timedelta(hours=self.fate.uniform(least, most))
        return self.wait(at, self.stage.around(wanted.replace(microsecond=0), at))

    def shortly(self, at: datetime, least: float, most: float) -> Steps:
        """Some open minutes later."""
        return self.wait(at, self.stage.after(at, least, most, self.fate))
