"""Receiving people: stamp an arrival, greet, log what was asked and answered, undo a slip of the finger."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from sisheng.desk.contacts.models import Arrival, Contact, Outcome
from sisheng.ground.act import Act
from sisheng.ground.events.models import Event
from sisheng.ground.once.models import once
from sisheng.ground.refusals import OutOfTurn, Unusable
from sisheng.mall.directory.models import Sequence

if TYPE_CHECKING:
    from sisheng.mall.customers.models import Customer
    from sisheng.mall.directory.models import Desk, Mall, Shop
    from sisheng.mall.staff.models import Staff

REPEAT_WITHIN = timedelta(hours=24)  # INQ-06
BECAME = {"inquiry": Outcome.INQUIRY, "complaint": Outcome.COMPLAINT, "return": Outcome.RETURN}  # by kind of case
STALE_AFTER = timedelta(minutes=30)  # an arrival nobody served in half an hour has left


@dataclass(frozen=True)
class Answer:
    """Which answer card was read out."""

    kind: str = ""
    ref: str = ""
    title: str = ""
    shop: Shop | None = None


@dataclass(frozen=True)
class Details:
    """What the form of a channel asks for beyond the need; all of it optional for the anonymous (REC-23)."""

    understood_as: str = ""
    caller: str = ""
    reach: str = ""
    matter: str = ""
    place: str = ""
    cause: str = ""
    course: str = ""
    result: str = ""
    language: str = "zh"
    emotion: str = ""


@once
def log(
    act: Act, mall: Mall, *, agent: Staff, need: str, outcome: str, desk: Desk | None = None, words: str = "",
    answer: Answer = Answer(), channel: str = "counter", seconds: int = 0, party_size: int = 1,
    customer: Customer | None = None, arrival: Arrival | None = None, details: Details = Details(),
) -> Contact:  # fmt: skip
    """Record one reception as it happened (REC-07). What could not be answered is told, so that it becomes a gap.

    A promise is not logged: it comes with the inquiry, and until then the question has not been answered.
    """
    act.must("contacts.log", mall)
    if outcome == Outcome.INQUIRY:
        raise Unusable(
            _("A call back is promised on its own form. The contact says so once it is sent."), field="outcome"
        )
    if outcome == Outcome.UNANSWERED and not (words.strip() or details.matter.strip()):
        raise Unusable(_("Write down what was asked, so that the answer can be found."), field="words")
    if arrival is not None:
        _take(arrival, act, agent)
    contact = Contact(
        mall=mall, at=act.at, on=mall.today(act.happened_at), desk=desk, agent=agent, channel=channel, need=need,
        words=words.strip(), answer_kind=answer.kind, answer_ref=answer.ref, answer_title=answer.title,
        shop=answer.shop, party_size=party_size, seconds=seconds, customer=customer, outcome=outcome,
        arrived_at=arrival.arrived_at if arrival else None, greeted_at=arrival.greeted_at if arrival else None,
        answered_at=act.happened_at if outcome in {Outcome.ANSWERED, Outcome.GUIDED} else None, **asdict(details),
    )  # fmt: skip
    contact.repeat_of = _asked_before(contact, act.happened_at)
    # the number comes last: its row is what everybody else at this moment waits for
    contact.number = Sequence.next_number(mall, "JD", contact.on)
    contact.save(force_insert=True)
    if arrival is not None and not Arrival.objects.waiting().filter(pk=arrival.pk).update(contact=contact):
        raise _served()
    _tell(contact, act)
    return contact


def _tell(contact: Contact, act: Act) -> None:
    told: dict[str, Any] = {"need": contact.need, "outcome": contact.outcome, "seconds": contact.seconds}
    if contact.answer_ref:
        told["answer"] = f"{contact.answer_kind}:{contact.answer_ref}"
    Event.record("contact.logged", contact.topic, act, mall_id=contact.mall_id, **told)
    if contact.outcome == Outcome.UNANSWERED:
        words = contact.words or contact.matter[:200]
        # people say more than they should: the words can be forgotten later, the count remains
        Event.record(
            "contact.unanswered",
            contact.topic,
            act,
            mall_id=contact.mall_id,
            personal={"words": words},
            need=contact.need,
        )


def _take(arrival: Arrival, act: Act, agent: Staff) -> None:
    """Whoever logs a waiting customer has greeted them, if nobody had before; only one person can serve one arrival."""
    if arrival.greeted_at is None:
        arrival.greeted_at = max(act.happened_at, arrival.arrived_at)
        Arrival.objects.filter(pk=arrival.pk, greeted_at=None).update(greeted_at=arrival.greeted_at, greeted_by=agent)
    if not Arrival.objects.waiting().filter(pk=arrival.pk).exists():
        raise _served()


def _served() -> OutOfTurn:
    return OutOfTurn(_("A colleague has already served this customer."))


def _asked_before(contact: Contact, at: datetime) -> Contact | None:
    """The same customer asked about the same thing within a day (INQ-06)."""
    if contact.customer_id is None:
        return None
    earlier = Contact.objects.counted().filter(
        mall_id=contact.mall_id, customer_id=contact.customer_id, need=contact.need, at__gte=at - REPEAT_WITHIN
    )
    return earlier.filter(answer_ref=contact.answer_ref).order_by("-pk").first()


@once
def undo(act: Act, contact: Contact) -> Contact:
    """Take back a log within ten seconds. Nothing is erased: it keeps its number and is not counted (ux 7)."""
    act.must("contacts.undo", contact.mall)
    if contact.undone_at:
        raise OutOfTurn(_("%(number)s has already been undone.") % {"number": contact.number})
    if contact.agent.actor_key != act.by.actor_key:
        raise OutOfTurn(_("Only the person who logged %(number)s can undo it.") % {"number": contact.number})
    if not contact.can_be_undone(act.at):
        raise OutOfTurn(_("%(number)s can no longer be undone. Add a note instead.") % {"number": contact.number})
    if not Contact.objects.counted().filter(pk=contact.pk, passed_up_at=None).update(undone_at=act.at):
        # somebody else was faster: another undo, or whoever told a superior of it
        raise OutOfTurn(_("%(number)s can no longer be undone. Add a note instead.") % {"number": contact.number})
    Arrival.objects.filter(contact=contact).update(contact=None)
    Event.record("contact.undone", contact.topic, act, mall_id=contact.mall_id)
    contact.refresh_from_db()
    return contact


@once
def mark_typical(act: Act, contact: Contact, *, is_typical: bool) -> Contact:
    """Others can learn from it, or not after all: any contact can be a typical case (CTR-34)."""
    act.must("contacts.log", contact.mall)
    if contact.undone_at:
        raise OutOfTurn(_("%(number)s has been undone and is not counted.") % {"number": contact.number})
    if Contact.objects.filter(pk=contact.pk, is_typical=not is_typical).update(is_typical=is_typical):
        contact.is_typical = is_typical
        verb = "marked_typical" if is_typical else "unmarked_typical"
        Event.record(f"contact.{verb}", contact.topic, act, mall_id=contact.mall_id)
    return contact


@once
def arrive(act: Act, desk: Desk) -> Arrival:
    """Stamp that somebody has come to the desk (REC-01)."""
    act.must("contacts.log", desk.mall)
    arrival = Arrival.objects.create(mall=desk.mall, desk=desk, arrived_at=act.happened_at)
    Event.record("arrival.stamped", f"arrival:{arrival.pk}", act, mall_id=desk.mall_id, desk=desk.pk)
    return arrival


@once
def greet(act: Act, desk: Desk, *, agent: Staff) -> Arrival:
    """Greet whoever has waited longest at this desk."""
    act.must("contacts.log", desk.mall)
    waiting = Arrival.objects.waiting().filter(mall=desk.mall, desk=desk, greeted_at=None)
    for arrival in waiting[:5]:  # colleagues greet at the same moment: take the next one
        greeted_at = max(act.happened_at, arrival.arrived_at)
        unseen = Arrival.objects.filter(pk=arrival.pk, greeted_at=None)
        if unseen.update(greeted_at=greeted_at, greeted_by=agent):
            Event.record("arrival.greeted", f"arrival:{arrival.pk}", act, mall_id=desk.mall_id, desk=desk.pk)
            arrival.refresh_from_db()
            return arrival
    raise OutOfTurn(_("Nobody is waiting to be greeted at this desk."))


@once
def leave(act: Act, arrival: Arrival) -> Arrival:
    """The customer went away unserved."""
    act.must("contacts.log", arrival.mall)
    if not Arrival.objects.waiting().filter(pk=arrival.pk).update(left_at=act.happened_at):
        raise _served()
    Event.record("arrival.left", f"arrival:{arrival.pk}", act, mall_id=arrival.mall_id)
    arrival.refresh_from_db()
    return arrival


def clear_stale_arrivals(at: datetime) -> int:
    """Those whom nobody greeted within half an hour have left. Whoever is being served stays, however long it takes."""
    return Arrival.objects.waiting().filter(greeted_at=None, arrived_at__lt=at - STALE_AFTER).update(left_at=at)


def mark_converted(event: Event) -> None:
    """Reaction: a case arose from a contact. Only now does the contact say so; one that was undone stays undone."""
    from sisheng.cases.models import Case

    number = event.details.get("contact")
    case = Case.objects.filter(mall_id=event.mall_id, number=event.topic).first()
    if number and case:
        free = Contact.objects.counted().filter(mall_id=event.mall_id, number=number, case=None)
        free.update(case=case, outcome=BECAME[case.kind])
