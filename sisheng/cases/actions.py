"""What people do with any case, whatever its kind."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from sisheng.cases.models import Case, Clock, Link, Note, Pause
from sisheng.cases.ringing import acknowledge as _acknowledge
from sisheng.ground.act import Act
from sisheng.ground.events.models import Event
from sisheng.ground.once.models import once
from sisheng.ground.refusals import OutOfTurn, Unusable
from sisheng.mall.staff.models import Staff

AS_IT_IS = (
    "due_at", "left", "stage", "met_at", "cancelled_at", "breached_at", "acknowledged_by", "acknowledged_at",
)  # fmt: skip


@once
def add_note(act: Act, case: Case, *, text: str, is_internal: bool = True) -> Note:
    """Write a sentence beside a case."""
    act.must("cases.note", case.mall)
    text = text.strip()
    if not text:
        raise Unusable(_("Write a few words first."), field="text")
    note = Note.objects.create(
        mall=case.mall, case=case, by=act.by.actor_key, at=act.happened_at, text=text, is_internal=is_internal
    )
    Event.record("case.noted", case.topic, act, mall_id=case.mall_id, note=note.pk, is_internal=is_internal)
    return note


@once
def assign(act: Act, case: Case, *, to: Staff) -> Case:
    """Give the work on a case to somebody who may do it. The clocks do not notice."""
    act.must("cases.assign", case.mall)
    if not to.can("desk.work", case.mall):
        raise Unusable(_("%(name)s does not work at a desk of this mall.") % {"name": to.spoken_name}, field="to")
    must_suit(case, to)
    before = case.handler.actor_key if case.handler else ""
    case.handler = to
    case.save(update_fields=["handler"])
    Event.record("case.assigned", case.topic, act, mall_id=case.mall_id, before=before, to=to.actor_key)
    return case


def must_suit(case: Case, to: Staff) -> None:
    """Raises Unusable where the work on this case is not to be given to this person."""
    if not case.real().may_be_handled_by(to):
        told = {"name": to.spoken_name, "number": case.number}
        sentence = _("%(name)s cannot take %(number)s: what is said about us is for a supervisor who is not concerned.")
        raise Unusable(sentence % told, field="to")


@once
def assign_all(act: Act, cases: list[Case], *, to: Staff) -> None:
    """Give several cases to one person: all of them, or none."""
    for case in sorted(
        cases, key=lambda case: case.pk
    ):  # everybody takes them in this order, so none waits for another
        assign(act.under(""), case, to=to)


@once
def acknowledge(act: Act, clock: Clock, *, who: Staff) -> Clock:
    """Stop the alarm of one clock from climbing further."""
    _acknowledge(clock, act, who)
    return clock


@transaction.atomic
def pause(clock: Clock, act: Act, *, reason: str) -> None:
    """Stop a clock for one of the three lawful reasons; “the brand is slow” is none of them (domain 3.19)."""
    act.must("cases.pause", clock.case.mall)
    if reason not in Pause.REASONS:
        raise Unusable(
            _("A clock may only be paused because the customer asks, an authority decides, or force majeure.")
        )
    _hold(clock)
    if clock.due_at is None or clock.met_at or clock.cancelled_at:
        raise OutOfTurn(_("This clock is not running."))
    clock.set_running(False, act, reason=reason)
    clock.case.note_next_due()
    Event.record(
        "deadline.paused", clock.case.topic, act, mall_id=clock.mall_id, deadline=clock.deadline, reason=reason
    )


@transaction.atomic
def resume(clock: Clock, act: Act) -> None:
    """Let a paused clock run on with the time it had left."""
    act.must("cases.pause", clock.case.mall)
    _hold(clock)
    if clock.due_at is not None or clock.met_at or clock.cancelled_at:
        raise OutOfTurn(_("This clock is not paused."))
    clock.set_running(True, act, reason="")
    clock.case.note_next_due()
    Event.record("deadline.resumed", clock.case.topic, act, mall_id=clock.mall_id, deadline=clock.deadline)


@transaction.atomic
def extend(clock: Clock, act: Act, *, until: datetime, reason: str) -> None:
    """Give a running clock a later due time, in the open. A promise that is broken already stays broken."""
    if not reason.strip():
        raise Unusable(_("Say why in a few words."), field="reason")
    _hold(clock)
    if clock.due_at is None or clock.met_at or clock.cancelled_at:
        raise OutOfTurn(_("This clock is not running."))
    if act.happened_at >= clock.due_at:
        raise OutOfTurn(_("This is overdue already. It can be answered late, but not be made good by a later date."))
    if until <= clock.due_at:
        raise Unusable(_("Choose a time later than the present one."), field="until")
    before = clock.due_at
    clock.put_off(until)
    clock.case.note_next_due()
    Event.record(
        "deadline.extended", clock.case.topic, act, mall_id=clock.mall_id, personal={"reason": reason.strip()},
        deadline=clock.deadline, part=clock.part, before=before, until=until,
    )  # fmt: skip


def _hold(clock: Clock) -> None:
    """Nobody changes the case meanwhile, and the clock is seen as it is now."""
    clock.case.hold()
    clock.refresh_from_db(fields=AS_IT_IS)


def note_repeat(case: Case, act: Act, *, within: timedelta = timedelta(hours=24)) -> Case | None:
    """Tie a new case to an earlier one of the same customer about the same shop, asked less than a day ago (INQ-06)."""
    if case.customer_id is None:
        return None
    since: datetime = act.happened_at - within
    earlier = (
        Case.objects.filter(
            mall=case.mall, customer=case.customer, kind=case.kind, shop=case.shop, opened_at__gte=since
        )
        .exclude(pk=case.pk)
        .order_by("-pk")
        .first()
    )
    if earlier:
        Link.objects.create(
            mall=case.mall, source=case, target=earlier, kind=Link.Kind.REPEAT, at=act.at, by=act.by.actor_key
        )
    return earlier
