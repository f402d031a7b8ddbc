"""An authority, an association or a court takes part (N-13, N-48 to N-50)."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sisheng.desk.complaints.actions.again import call_off_approvals
from sisheng.desk.complaints.actions.guards import a_reason, tell
from sisheng.desk.complaints.models import Authority, Complaint, ExternalCase
from sisheng.ground.act import Act
from sisheng.ground.once.models import once
from sisheng.ground.policies import current
from sisheng.ground.refusals import OutOfTurn, Unusable

KEPT_AS_DATA = ("is_accepted_by_them", "why_not_accepted", "mediation_at", "mediation_until", "office", "result")


@once
def register_external(
    act: Act, complaint: Complaint, *, authority: str, received_on: date, reference: str = "", office: str = "",
    reply_due_at: datetime | None = None,
) -> Complaint:  # fmt: skip
    """A letter or an order of an authority has come about this matter. The date on it wins over our own (N-50)."""
    act.must("complaints.handle", complaint.mall)
    _registered(act, complaint, authority, received_on, reference, office, reply_due_at)
    return complaint


@once
def go_external(
    act: Act, complaint: Complaint, *, authority: str, received_on: date, reference: str = "", office: str = "",
    reply_due_at: datetime | None = None, seen: int | None = None,
) -> Complaint:  # fmt: skip
    """The authority decides now. Our own hours rest until we hear back; the one of the law does not."""
    complaint.transition("go_external", act, seen=seen, authority=authority)
    call_off_approvals(act, complaint)
    _registered(act, complaint, authority, received_on, reference, office, reply_due_at)
    return complaint


def _registered(
    act: Act, complaint: Complaint, authority: str, received_on: date, reference: str, office: str,
    reply_due_at: datetime | None,
) -> ExternalCase:  # fmt: skip
    if authority not in Authority.values:
        raise Unusable(_("Choose the authority."), field="authority")
    if received_on > complaint.mall.today(act.at):
        raise Unusable(_("It cannot have come in the future."), field="received_on")
    file = ExternalCase(
        mall=complaint.mall, complaint=complaint, authority=authority, reference=reference.strip(),
        office=office.strip(), received_on=received_on,
    )  # fmt: skip
    file.reply_due_at = reply_due_at or _usual_reply(complaint, file, received_on)
    try:
        with transaction.atomic():
            file.save()
    except IntegrityError:
        raise Unusable(_("This number of theirs is registered already."), field="reference") from None
    complaint.start_part(file.deadline, file.part, act, due_at=max(file.reply_due_at, act.happened_at))
    tell(act, complaint, "external_registered", authority=authority, reference=file.reference,
         reply_due_at=file.reply_due_at)  # fmt: skip
    return file


def _usual_reply(complaint: Complaint, file: ExternalCase, received_on: date) -> datetime:
    """Our own working days where the order names no date, counted from the end of the day on which it came."""
    if file.deadline == "complaint.external.reply":
        raise Unusable(_("Say by when they want the reply: it stands on the letter."), field="reply_due_at")
    start = datetime.combine(received_on, time(12), tzinfo=complaint.mall.zone)
    value = current(complaint.mall_id, file.deadline, start)
    return value.due_at(start, complaint.mall.calendar(value.counted, desk=complaint.desk))


@once
def reply_external(act: Act, complaint: Complaint, *, file: ExternalCase, reply: str) -> Complaint:
    """What we answered the authority, with the evidence sent along (N-50)."""
    act.must("complaints.decide", complaint.mall)
    _must_belong(complaint, file)
    complaint.hold()  # before the file: whoever ends the complaint takes it first, too
    if not reply.strip():
        raise Unusable(_("Write what was answered."), field="reply")
    unanswered = ExternalCase.objects.filter(pk=file.pk, replied_at=None)
    if not unanswered.update(reply=reply.strip(), replied_at=act.happened_at):
        raise OutOfTurn(_("They have had our reply already."))
    file.refresh_from_db()
    complaint.end_part(file.deadline, file.part, act)
    tell(act, complaint, "external_replied", personal={"reply": file.reply}, authority=file.authority,
         reference=file.reference)  # fmt: skip
    return complaint


@once
def note_external(act: Act, complaint: Complaint, *, file: ExternalCase, **dates: Any) -> Complaint:
    """Their acceptance, their meeting, their result: kept as they say it, since rules and cities differ (N-49)."""
    act.must("complaints.handle", complaint.mall)
    _must_belong(complaint, file)
    if unknown := set(dates) - set(KEPT_AS_DATA):
        raise Unusable(_("This cannot be noted here."), field=min(unknown))
    ended = {"ended_at": act.happened_at} if dates.get("result") and file.ended_at is None else {}
    ExternalCase.objects.filter(pk=file.pk).update(**dates, **ended)
    file.refresh_from_db()
    said = dates.pop("result", "")
    tell(act, complaint, "external_noted", personal={"result": said} if said else None, authority=file.authority,
         reference=file.reference, **dates)  # fmt: skip
    return complaint


@once
def hear_back(act: Act, complaint: Complaint, *, words: str, seen: int | None = None) -> Complaint:
    """The matter comes back to us, and what we offer begins anew. Hours that rested run on with the time they had left;
    what we had answered before is owed once more, from now."""
    complaint.transition("hear_back", act, seen=seen, personal={"words": a_reason(words)})
    complaint.rounds += 1
    complaint.save(update_fields=["rounds"])
    complaint.forget_offers()
    return complaint


@once
def settle_external(act: Act, complaint: Complaint, *, words: str, seen: int | None = None) -> Complaint:
    """The authority has settled it with both sides."""
    complaint.transition("settle_external", act, seen=seen, personal={"words": a_reason(words)})
    complaint.outcome, complaint.replied_at = "external", act.happened_at
    # what they said stands where we had come to no finding of our own
    complaint.finding, complaint.substantiated = (
        complaint.finding or words.strip(),
        complaint.substantiated or "unclear",
    )
    complaint.responsibility = complaint.responsibility or "open"
    complaint.responsibility_at = complaint.responsibility_at or act.happened_at
    complaint.save(
        update_fields=["outcome", "replied_at", "finding", "substantiated", "responsibility", "responsibility_at"]
    )
    return complaint


def _must_belong(complaint: Complaint, file: ExternalCase) -> None:
    if file.complaint_id != complaint.pk:
        raise Unusable(_("This file belongs to another complaint."), field="file")
