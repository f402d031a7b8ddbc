"""What must be true of the database when everybody has gone home."""

from __future__ import annotations

from collections import Counter

from sisheng.cases.models import Case
from sisheng.cases.models.clock import Clock
from sisheng.desk.contacts.models import Contact, Outcome
from sisheng.desk.inquiries.models import Inquiry
from sisheng.desk.knowledge.actions import fold
from sisheng.desk.knowledge.models import Gap
from sisheng.ground.events.models import Delivery, Event
from sisheng.ground.events.verifying import verify
from sisheng.ground.once.models import Receipt
from sisheng.ground.search.finding import find
from sisheng.mall.customers.models import Customer
from sisheng.mall.directory.models import Mall
from tests.killing.people import SHARED_WORDS, Wish

CLOCKS = ["inquiry.brand_contact", "inquiry.callback"]


class Found:
    """Compares what people were told with what is there; `wrong` says in sentences where the two differ."""

    def __init__(self, mall: Mall, wishes: list[Wish]) -> None:
        self.mall = mall
        self.told = {wish.mark: wish for wish in wishes if wish.number}
        self.contacts = list(Contact.objects.filter(mall=mall))
        self.inquiries = list(Inquiry.objects.filter(mall=mall).select_related("customer"))
        self.events = Counter(Event.objects.filter(mall_id=mall.pk).values_list("kind", "topic"))
        self.lost: list[str] = []
        self.doubled: list[str] = []
        self.half_made: list[str] = []
        self.reactions: list[str] = []
        self._compare()
        self._whole_contacts()
        self._whole_inquiries()
        self._reactions()

    @property
    def wrong(self) -> list[str]:
        return [
            *(f"lost: {told}" for told in self.lost),
            *(f"doubled: {told}" for told in self.doubled),
            *(f"half made: {told}" for told in self.half_made),
            *(f"reaction: {told}" for told in self.reactions),
            *(f"seal: {told}" for told in verify()),
        ]

    # Lost and doubled

    def _compare(self) -> None:
        there: dict[str, list[str]] = {}
        for contact in self.contacts:
            there.setdefault(contact.understood_as, []).append(contact.number)
        for inquiry in self.inquiries:
            there.setdefault(inquiry.question.partition(" ")[0], []).append(inquiry.number)
        for mark, wish in self.told.items():
            numbers = there.get(mark, [])
            if wish.number not in numbers:
                self.lost.append(f"{wish.number} ({mark}), there is {numbers}")
        for mark, numbers in there.items():
            if len(numbers) > 1:
                self.doubled.append(f"{mark} is {numbers}")
            if mark not in self.told:
                self.doubled.append(f"{numbers} ({mark}) belongs to nobody's form")
        for number, times in Counter(record.number for record in [*self.contacts, *self.inquiries]).items():
            if times > 1:
                self.doubled.append(f"the number {number} was given {times} times")
        if (receipts := Receipt.objects.filter(made__regex=r"^(contacts|inquiries)\.").count()) != len(self.told):
            self.doubled.append(f"{receipts} receipts for {len(self.told)} forms")

    # Half made

    def _whole_contacts(self) -> None:
        for contact in self.contacts:
            self._told_once("contact.logged", contact.number)
            self._told_once("contact.unanswered", contact.number, times=int(self._was_unanswered(contact)))
        self._nothing_but("contact.logged", {contact.number for contact in self.contacts})

    def _whole_inquiries(self) -> None:
        clocks: dict[int, list[str]] = {}
        for case_id, deadline in Clock.objects.filter(mall=self.mall).live().values_list("case_id", "deadline"):
            clocks.setdefault(case_id, []).append(deadline)
        for inquiry in self.inquiries:
            number = inquiry.number
            self._told_once("inquiry.begin", number)
            if sorted(clocks.get(inquiry.pk, [])) != CLOCKS:
                self.half_made.append(f"{number} has the clocks {clocks.get(inquiry.pk)}")
            if inquiry.next_due_at.year >= 9000:
                self.half_made.append(f"{number} is not due")
            if number not in {hit.ref for hit in find(self.mall.pk, number, kinds=["case"], limit=3)}:
                self.half_made.append(f"{number} cannot be found")
            if inquiry.customer is None and not inquiry.anonymous_label:
                self.half_made.append(f"{number} belongs to nobody")
        self._nothing_but("inquiry.begin", {inquiry.number for inquiry in self.inquiries})
        cases = Case.objects.filter(mall=self.mall).count()
        if cases != len(self.inquiries):
            self.half_made.append(f"{cases} cases, {len(self.inquiries)} inquiries")
        for customer in Customer.objects.filter(mall=self.mall):
            self._told_once("customer.remember", customer.topic)

    def _was_unanswered(self, contact: Contact) -> bool:
        """As it was sent: a promise to call back makes something else of it later."""
        wish = self.told.get(contact.understood_as)
        return wish is not None and wish.body["outcome"] == Outcome.UNANSWERED

    def _told_once(self, kind: str, topic: str, *, times: int = 1) -> None:
        if (found := self.events[kind, topic]) != times:
            self.half_made.append(f"{topic} has {found} × {kind}")

    def _nothing_but(self, kind: str, numbers: set[str]) -> None:
        for told, topic in self.events:
            if told == kind and topic not in numbers:
                self.half_made.append(f"{kind} of {topic}, which is not there")

    # Reactions

    def _reactions(self) -> None:
        waiting = Delivery.objects.filter(handled_at=None)
        self.reactions += [f"{one} was not run: {one.last_error}" for one in waiting]
        # what became a case is looked after there, and is no gap any more
        promised = {inquiry.contact_number for inquiry in self.inquiries}
        unanswered = [contact for contact in self.contacts if self._was_unanswered(contact)]
        asked = Counter(contact.words for contact in unanswered if contact.number not in promised)
        counted = dict(Gap.objects.filter(mall=self.mall).values_list("same_words", "asked"))
        for words in SHARED_WORDS:
            if counted.get(fold(words), 0) != asked[words]:
                self.reactions.append(
                    f"“{words}” was asked {asked[words]} times, counted {counted.get(fold(words), 0)}"
                )
        by_number = {contact.number: contact for contact in self.contacts}
        for inquiry in self.inquiries:
            if inquiry.contact_number and by_number[inquiry.contact_number].case_id != inquiry.pk:
                self.reactions.append(f"{inquiry.contact_number} was not tied to {inquiry.number}")
