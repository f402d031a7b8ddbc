"""What people do about an approval: ask, decide, withdraw."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sisheng.cases.ladder import UPWARDS
from sisheng.ground.act import SYSTEM, Act
from sisheng.ground.events.models import Event
from sisheng.ground.once.models import once
from sisheng.ground.refusals import NotAllowed, OutOfTurn, Overtaken, Unusable
from sisheng.kit.approvals.authority import authority_of, deciding_authority_of, level_for, next_above
from sisheng.kit.approvals.models import DEADLINE, Approval, Step
from sisheng.kit.approvals.people import whom_to_ask
from sisheng.mall.directory.models import Sequence as Numbers
from sisheng.mall.staff.models import Staff

if TYPE_CHECKING:
    from sisheng.cases.models import Case


@once
def ask(
    act: Act, case: Case, *, ref: str, title: str, amount: Decimal | None = None, reason: str = "",
    chain: Sequence[str] | None = None,
) -> Approval:  # fmt: skip
    """Ask for a yes. Without a chain the amount says who decides; without an amount, the next level above who asks.

    A chain is the roles that sign, in order. It never ends below the level that the amount needs.
    """
    act.must("approvals.ask", case.mall)
    who = _person(act)
    if not title.strip():
        raise Unusable(_("Say in a sentence what is asked for."), field="title")
    if amount is not None and amount <= 0:
        raise Unusable(_("Write an amount above zero."), field="amount")
    if not case.is_open:
        raise OutOfTurn(_("The case is over; nothing can be asked about it."))
    roles = _signing(act, case, who, amount, chain)
    approval = Approval(
        mall=case.mall, case=case, ref=ref, title=title.strip(), amount=amount, reason=reason.strip(), asked_by=who,
        asked_at=act.happened_at, own_limit=authority_of(who, case.mall, act.happened_at).limit, level=roles[0],
        number=Numbers.next_number(case.mall, "SP", case.mall.today(act.at)),
    )  # fmt: skip
    try:
        with transaction.atomic():
            approval.save(force_insert=True)
    except IntegrityError:
        raise OutOfTurn(_("This has been asked already and waits for a decision.")) from None
    Step.objects.bulk_create(
        Step(approval=approval, position=position, role=role) for position, role in enumerate(roles, start=1)
    )
    _ring(act, approval, "approval.asked", personal={"title": approval.title})
    return approval


@once
def decide(act: Act, approval: Approval, *, yes: bool, words: str = "", seen: int | None = None) -> Approval:
    """Say yes or no. A no needs a word why; after a yes the next in the chain is asked, if there is one.

    `seen` is the step on the person's screen. Of two people who decide at once the second is told so.
    """
    act.must("approvals.decide", approval.mall)
    who, words = _person(act), words.strip()
    authority = deciding_authority_of(who, approval.mall, act.happened_at)
    if no := approval.hindrance(who, authority):
        raise no
    if not yes and not words:
        raise Unusable(_("Say why not, in a few words."), field="words")
    lender = approval.in_whose_name(authority)
    approval.case.hold()  # the case first, as whoever moves it on takes them: so nobody waits in a ring
    position, is_last = approval.position, approval.is_at_last_step
    if seen is not None and seen != position:
        raise _overtaken()
    if yes and not is_last:
        following = approval.steps.get(position=position + 1)
        _change(approval, level=following.role, position=following.position)
    else:
        state = Approval.State.APPROVED if yes else Approval.State.DECLINED
        _change(approval, state=state, decided_by=who, decided_at=act.happened_at, words=words)
    approval.steps.filter(position=position).update(is_yes=yes, decided_by=who, decided_at=act.happened_at, words=words)
    approval.case.end_part(DEADLINE, approval.number, act)
    if approval.is_waiting:
        _ring(act, approval, "approval.passed_on", personal={"words": words})
    else:
        to, for_whom = [approval.asked_by.actor_key], {"for_whom": lender.actor_key} if lender else {}
        _tell(act, approval, f"approval.{approval.state}", {"words": words}, to=to, **for_whom)
    return approval


@once
def withdraw(act: Act, approval: Approval) -> Approval:
    """It is no longer needed: said by who asked, or by whose case it is."""
    act.must("approvals.ask", approval.mall)
    who = _person(act)
    if who.pk not in {approval.asked_by_id, approval.case.handler_id, approval.case.owner_id}:
        raise OutOfTurn(_("Only who asked, or who handles the case, takes it back."))
    if not approval.is_waiting:
        raise OutOfTurn(_("It has been decided already; there is nothing to take back."))
    _end(act, approval, Approval.State.WITHDRAWN)
    return approval


@transaction.atomic
def call_off(act: Act, case: Case) -> None:
    """What was asked about this case is not to be decided any more, though the case itself goes on."""
    for approval in Approval.objects.filter(case=case, state=Approval.State.WAITING).with_people():
        _end(act, approval, Approval.State.LAPSED)


def lapse(event: Event) -> None:
    """Reaction to a step that ends a case: nobody decides any more on what was asked about it."""
    waiting = Approval.objects.filter(mall_id=event.mall_id, case__number=event.topic, state=Approval.State.WAITING)
    for approval in waiting.exclude(case__closed_at=None).with_people():
        _end(Act(by=SYSTEM, at=event.at, said_at=event.said_at, via="worker"), approval, Approval.State.LAPSED)


def _signing(act: Act, case: Case, who: Staff, amount: Decimal | None, chain: Sequence[str] | None) -> list[str]:
    """The roles that sign, in order."""
    own = authority_of(who, case.mall, act.happened_at)
    roles = list(chain or ())
    if unknown := set(roles) - set(UPWARDS):
        raise ValueError(f"No level of approval: {', '.join(sorted(unknown))}")
    if amount is not None and not own.covers(amount):
        needed = level_for(case.mall, amount, act.happened_at) or UPWARDS[0]
        if not roles or UPWARDS.index(roles[-1]) < UPWARDS.index(needed):
            roles.append(needed)
    elif not roles and amount is None:
        roles = [above] if (above := next_above(own.level)) else []
    if not roles:
        raise OutOfTurn(_("This lies within your own authority; nobody needs to be asked."))
    return roles


def _ring(act: Act, approval: Approval, kind: str, *, personal: dict[str, str]) -> None:
    """Start the clock of the level that is to decide now, and tell whom of them to tell."""
    approval.case.start_part(DEADLINE, approval.number, act, role=approval.level)
    people = whom_to_ask(approval, act.at)
    _tell(act, approval, kind, personal, to=[person.actor_key for person in people])


def _end(act: Act, approval: Approval, state: str) -> None:
    approval.case.hold()
    _change(approval, state=state)
    approval.case.end_part(DEADLINE, approval.number, act, cancelled=True)
    _tell(act, approval, f"approval.{state}", {}, to=[])


def _change(approval: Approval, **fields: object) -> None:
    """Compare and set: it still waits, at the step that we saw. Raises Overtaken."""
    as_seen = Approval.objects.filter(pk=approval.pk, state=Approval.State.WAITING, position=approval.position)
    if not as_seen.update(**fields):
        raise _overtaken()
    for name, value in fields.items():
        setattr(approval, name, value)


def _tell(act: Act, approval: Approval, kind: str, personal: dict[str, str], *, to: list[str], **more: str) -> None:
    said = {name: words for name, words in personal.items() if words}
    Event.record(
        kind, approval.case.topic, act, mall_id=approval.mall_id, personal=said or None, number=approval.number,
        ref=approval.ref, amount=None if approval.amount is None else f"{approval.amount:.2f}", level=approval.level,
        to=to, **more,
    )  # fmt: skip


def _overtaken() -> Overtaken:
    return Overtaken(_("Somebody else has just decided on this. Here is how it stands now."))


def _person(act: Act) -> Staff:
    if not isinstance(act.by, Staff):
        raise NotAllowed(_("Only a person can ask for an approval, or give one."))
    return act.by
