"""Working on a complaint: who does it, what is found, and keeping the customer posted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from sisheng.cases.actions import extend as put_off
from sisheng.cases.actions import must_suit
from sisheng.desk.complaints import gates, telling
from sisheng.desk.complaints.actions.concerning import WHOM, redirected
from sisheng.desk.complaints.actions.guards import a_reason, count, must_be_open, must_be_theirs, tell, who_is_at_it
from sisheng.desk.complaints.actions.judging import FACTS, is_for_the_spot, judge_anew, judgement_of
from sisheng.desk.complaints.editing import correct
from sisheng.desk.complaints.models import Apology, Complaint
from sisheng.desk.complaints.taxonomy import RESPONSIBILITIES, SUBSTANTIATED
from sisheng.ground.act import Act
from sisheng.ground.once.models import once
from sisheng.ground.policies import current
from sisheng.ground.refusals import OutOfTurn, Unusable

if TYPE_CHECKING:
    from sisheng.mall.staff.models import Staff
from sisheng.mall.staff.visitors import LASTS

EXTENDABLE = ("complaint.investigate", "complaint.propose", "complaint.final")


@once
def mediate(act: Act, complaint: Complaint, *, seen: int | None = None) -> Complaint:
    """Try to settle it here and now: below the amount of the policy, and simple (CMP-06, CMP-07, CTR-03)."""
    complaint.hold()
    complaint.refresh_from_db(fields=["severity", "amount"])  # somebody may just have judged it anew
    if not is_for_the_spot(complaint, act.happened_at):
        most = current(complaint.mall_id, "complaint.onspot.amount", act.happened_at).value
        raise OutOfTurn(
            _("Only a simple matter below ¥%(most)s is settled on the spot. Investigate this one.") % {"most": most}
        )
    complaint.transition("mediate", act, seen=seen)
    return complaint


@once
def fail(act: Act, complaint: Complaint, *, reason: str, seen: int | None = None) -> Complaint:
    """It could not be settled on the spot; it is investigated like any other, and its hours have been running."""
    complaint.transition("fail", act, seen=seen, personal={"reason": a_reason(reason)})
    return complaint


@once
def investigate(act: Act, complaint: Complaint, *, seen: int | None = None) -> Complaint:
    """Somebody begins to look into it, and does the work if nobody did yet."""
    complaint.transition("investigate", act, seen=seen)
    return complaint


@once
def judge(act: Act, complaint: Complaint, *, responsibility: str) -> Complaint:
    """Say whose responsibility it seems to be: within three minutes, and corrected later (CMP-08)."""
    act.must("complaints.handle", complaint.mall)
    must_be_open(complaint)
    if responsibility not in RESPONSIBILITIES:
        raise Unusable(_("Choose whose responsibility it is."), field="responsibility")
    before, complaint.responsibility = complaint.responsibility, responsibility
    complaint.responsibility_at = complaint.responsibility_at or act.happened_at
    complaint.save(update_fields=["responsibility", "responsibility_at"])
    tell(act, complaint, "judged", responsibility=responsibility, before=before)
    return complaint


@once
def find(
    act: Act, complaint: Complaint, *, finding: str, substantiated: str, responsibility: str = "", basis: str = "",
    seen: int | None = None,
) -> Complaint:  # fmt: skip
    """Write down what the investigation found. It judges the facts, never the feeling (CMP-20, CTR-07)."""
    if substantiated not in {"", *SUBSTANTIATED}:
        raise Unusable(_("Choose whether the facts bear the complaint out."), field="substantiated")
    complaint.finding, complaint.substantiated = finding.strip(), substantiated
    complaint.basis = basis.strip()
    if responsibility:
        complaint.responsibility = responsibility
        complaint.responsibility_at = complaint.responsibility_at or act.happened_at
    gates.require(gates.to_find(complaint), is_form=True)
    complaint.transition(
        "find", act, seen=seen, personal={"finding": complaint.finding}, substantiated=substantiated,
        responsibility=complaint.responsibility,
    )  # fmt: skip
    complaint.save(update_fields=["finding", "substantiated", "basis", "responsibility", "responsibility_at"])
    return complaint


@once
def inform(act: Act, complaint: Complaint, *, news: str) -> Complaint:
    """Tell the customer how it stands before they have to ask; the next news is due a day later (CMP-19, CMP-31)."""
    act.must("complaints.handle", complaint.mall)
    must_be_open(complaint)
    if not news.strip():
        raise Unusable(_("Write what the customer is to hear."), field="news")
    count(complaint, "updates")
    tell(act, complaint, "informed", personal={"news": news.strip()})
    if complaint.end_part("complaint.progress_update", "progress", act):
        complaint.start_part("complaint.progress_update", "progress", act)
    telling.informed(act, complaint, news.strip())
    return complaint


@once
def chase(act: Act, complaint: Complaint, *, words: str = "") -> Complaint:
    """The customer asked before we told them: counted, and seen by whoever does the work (CMP-31)."""
    act.must("complaints.hear", complaint.mall)
    must_be_theirs(act, complaint)
    must_be_open(complaint)
    count(complaint, "chased")
    to = who_is_at_it(act, complaint)
    tell(act, complaint, "chased", personal={"words": words.strip()[:500]} if words.strip() else None,
          times=complaint.chased, to=to)  # fmt: skip
    return complaint


@once
def note_photos(act: Act, complaint: Complaint) -> Complaint:
    """The customer has added photos: whoever does the work hears of it once in a visit, however many there are."""
    act.must("complaints.hear", complaint.mall)
    must_be_theirs(act, complaint)
    if not complaint.timeline().filter(kind="complaint.photos_came", at__gt=act.at - LASTS).exists():
        tell(act, complaint, "photos_came", to=who_is_at_it(act, complaint))
    return complaint


@once
def hand_on(act: Act, complaint: Complaint, *, to: Staff, reason: str, room: str = "") -> Complaint:
    """Another colleague, or another room, when it grows loud. No clock notices (CMP-25)."""
    act.must("complaints.handle", complaint.mall)
    must_be_open(complaint)
    if not to.can("complaints.handle", complaint.mall):
        raise Unusable(_("%(name)s cannot take this one. Choose somebody else.") % {"name": to.spoken_name}, field="to")
    must_suit(complaint, to)
    before = complaint.handler.actor_key if complaint.handler else ""
    complaint.handler = to
    complaint.save(update_fields=["handler"])
    count(complaint, "handed_on")
    tell(act, complaint, "handed_on", personal={"reason": a_reason(reason)}, before=before, to=[to.actor_key],
          room=room.strip())  # fmt: skip
    return complaint


@once
def apologise(act: Act, complaint: Complaint, *, way: str, words: str = "") -> Complaint:
    """Say sorry on behalf of the house; what was done wrong is another question (CMP-36)."""
    act.must("complaints.handle", complaint.mall)
    must_be_open(complaint)
    if way not in Apology.Way.values:
        raise Unusable(_("Choose how it was said."), field="way")
    Apology.objects.create(
        mall=complaint.mall, complaint=complaint, way=way, words=words.strip()[:300], by=act.by.actor_key,
        at=act.happened_at,
    )  # fmt: skip
    tell(act, complaint, "apologised", way=way)
    return complaint


@once
def restate(act: Act, complaint: Complaint) -> Complaint:
    """It was said back to the customer, who confirmed it (CMP-05)."""
    act.must("complaints.handle", complaint.mall)
    must_be_open(complaint)
    complaint.refresh_from_db(fields=["restated_at"])  # a colleague may have done it a moment ago
    if complaint.restated_at is not None:
        raise OutOfTurn(_("It was said back and confirmed already."))
    complaint.restated_at = act.happened_at
    complaint.save(update_fields=["restated_at"])
    tell(act, complaint, "restated")
    return complaint


@once
def mark_typical(act: Act, complaint: Complaint, *, is_typical: bool) -> Complaint:
    """Worth telling in the weekly review (CMP-34)."""
    act.must("complaints.handle", complaint.mall)
    if complaint.is_typical != is_typical:
        complaint.is_typical = is_typical
        complaint.save(update_fields=["is_typical"])
        tell(act, complaint, "marked_typical" if is_typical else "unmarked_typical")
    return complaint


@once
def extend(act: Act, complaint: Complaint, *, until: datetime, reason: str) -> Complaint:
    """A manager gives the final answer a later date, and the customer hears why (CMP-11). What is due before it keeps
    its time, and the line of the law is not crossed."""
    act.must("complaints.overrule", complaint.mall)
    line = complaint.clocks.live().filter(deadline="complaint.wilful_delay").first()
    if line is not None and line.due_at and until > line.due_at:
        raise Unusable(
            _("That lies beyond the fifteenth day, after which the law calls it wilful delay."), field="until"
        )
    final = complaint.clocks.live().filter(deadline="complaint.final").first()
    if final is None:
        raise OutOfTurn(_("The final answer has been given already."))
    put_off(final, act, until=until, reason=reason)
    complaint.extended_until = until
    complaint.save(update_fields=["extended_until"])
    telling.extended(act, complaint, until, reason.strip())
    return complaint


@once
def edit(act: Act, complaint: Complaint, *, changes: Mapping[str, Any], was: Mapping[str, str]) -> Complaint:
    """Correct what was written down. What somebody else has changed meanwhile is never overwritten (D15).

    `was` are the digests of what stood on the person's screen (`editing.digests`). Raises Overtaken, naming the
    fields, where the same one was changed. Facts that weigh otherwise make it graver, or less grave.
    """
    act.must("complaints.handle", complaint.mall)
    complaint.hold()
    complaint.refresh_from_db(fields=[*FACTS, *WHOM, "severity", "severity_reason", "status", "turn", "version"])
    before, about = judgement_of(complaint, act.happened_at), {name: getattr(complaint, name) for name in WHOM}
    correct(act, complaint, changes, was)
    if (complaint.shop, complaint.against) != (about["shop"], about["against"]):
        redirected(act, complaint, about)
    if not changes.keys().isdisjoint(FACTS):
        judge_anew(act, complaint, before)
    return complaint
