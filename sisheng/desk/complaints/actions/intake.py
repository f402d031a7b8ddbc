"""Taking a complaint down, and accepting it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from sisheng.cases.models.case import Channel
from sisheng.desk.complaints import gates, telling
from sisheng.desk.complaints.actions.concerning import take_out_of_their_hands
from sisheng.desk.complaints.actions.guards import tell, who_is_at_it
from sisheng.desk.complaints.actions.judging import AT_ONCE, judgement_of, raise_to_manager
from sisheng.desk.complaints.models import Complaint
from sisheng.desk.complaints.severity import flags_of
from sisheng.desk.complaints.taxonomy import CATEGORIES, CLAIMS, FLAGS, is_known
from sisheng.ground.act import Act
from sisheng.ground.once.models import once
from sisheng.ground.refusals import Unusable
from sisheng.kit.evidence.actions import lapse_statements
from sisheng.mall.customers.actions import remember

if TYPE_CHECKING:
    from sisheng.mall.directory.models import Desk, Mall
    from sisheng.mall.staff.models import Staff

RECORDING_WORDING = "2026-11"  # the version of the sentence with which the desk asks to record
NO_COUNTER = (Channel.MINI, Channel.WEB)  # nobody of the desk was there when it was told


@once
def take_down(act: Act, mall: Mall, *, owner: Staff | None, desk: Desk | None = None, **told: Any) -> Complaint:
    """Begin a complaint with what is known so far. A draft runs no clock; nobody was told a number yet (CMP-02)."""
    return _taken_down(act, mall, owner, desk, told)


@once
def receive(act: Act, mall: Mall, *, owner: Staff | None, desk: Desk | None = None, **told: Any) -> Complaint:
    """Take a complaint down and accept it, in one go: what the counter does with a customer in front of it."""
    complaint = _taken_down(act, mall, owner, desk, told)
    _accept(act, complaint)
    return complaint


@once
def accept(act: Act, complaint: Complaint, *, seen: int | None = None) -> Complaint:
    """The complaint is ours now: its number is told to the customer, and the hours begin to count (CMP-03, CMP-11)."""
    _accept(act, complaint, seen)
    return complaint


@once
def discard(act: Act, complaint: Complaint, *, reason: str = "", seen: int | None = None) -> Complaint:
    """The draft was no complaint after all. Its number stays used."""
    complaint.transition("discard", act, seen=seen, personal={"reason": reason.strip()} if reason.strip() else None)
    lapse_statements(act, complaint)
    return complaint


@transaction.atomic
def _taken_down(act: Act, mall: Mall, owner: Staff | None, desk: Desk | None, told: dict[str, Any]) -> Complaint:
    phone, salutation = told.pop("phone", ""), told.pop("salutation", "")
    contact = told.pop("contact", "")
    wants_recording, restated = told.pop("recording", Complaint.Recording.NONE), told.pop("restated", False)
    complaint = Complaint(mall=mall, desk=desk, owner=owner, handler=owner, **told)
    if complaint.about_staff_id and complaint.about_staff == act.by:
        raise Unusable(
            _("A complaint about oneself is taken down by somebody else. Call a colleague."), field="against"
        )
    if complaint.customer is None and phone:
        known = {"salutation": salutation, "language": complaint.language}
        complaint.customer = remember(act.under(""), mall, phone=phone, **known)
    _check(complaint)
    _note_recording(complaint, wants_recording, act)
    complaint.restated_at = act.happened_at if restated else None
    complaint.may_contact = complaint.may_contact and complaint.customer is not None
    complaint.subject = complaint.subject or _subject(complaint)
    _judge_severity(complaint, act.happened_at)
    if complaint.is_about_us:
        take_out_of_their_hands(complaint, act)
    complaint.begin(act, severity=complaint.severity, contact=contact)
    return complaint


def _check(complaint: Complaint) -> None:
    if complaint.category and not is_known(CATEGORIES, complaint.category):
        raise Unusable(_("There is no such category. Choose one of the list."), field="category")
    if unknown := set(complaint.claims) - CLAIMS.keys():
        raise Unusable(_("Nobody can ask for “%(claim)s”.") % {"claim": min(unknown)}, field="claims")
    if unknown := set(complaint.flags) - FLAGS.keys():
        raise Unusable(_("“%(flag)s” is not on the list.") % {"flag": min(unknown)}, field="flags")
    if complaint.amount is not None and not 0 <= complaint.amount < Decimal(10) ** 8:
        raise Unusable(_("The amount is a number of yuan from 0 to 99,999,999."), field="amount")


def _note_recording(complaint: Complaint, wanted: str, act: Act) -> None:
    """Sound only after an explicit yes, with the moment and the wording; otherwise written notes (CTR-12, CMP-04)."""
    complaint.recording = wanted
    if wanted == Complaint.Recording.AUDIO:
        complaint.recording_at, complaint.recording_wording = act.happened_at, RECORDING_WORDING


def _subject(complaint: Complaint) -> str:
    about = complaint.shop.name if complaint.shop else complaint.against_words
    words = complaint.account or complaint.feeling or str(complaint.category_words)
    return " ".join(part for part in (about, words) if part)[:120] or _("Complaint")


def _judge_severity(complaint: Complaint, at: datetime) -> None:
    complaint.flags = flags_of(complaint.category, complaint.flags)
    complaint.severity = judgement_of(complaint, at).severity


def _accept(act: Act, complaint: Complaint, seen: int | None = None) -> None:
    gates.require(gates.to_accept(complaint), is_form=True)
    complaint.transition("accept", act, seen=seen, severity=complaint.severity, emotion=complaint.emotion)
    complaint.accepted_at = act.happened_at
    complaint.save(update_fields=["accepted_at"])
    complaint.start_part("complaint.progress_update", "progress", act)
    telling.accepted(act, complaint)
    if complaint.channel in NO_COUNTER:
        tell(act, complaint, "arrived", severity=complaint.severity, to=who_is_at_it(act, complaint))
    if complaint.severity in AT_ONCE:
        raise_to_manager(act, complaint)
