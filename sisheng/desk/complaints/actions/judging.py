"""How grave a complaint is, judged again when its facts change or when a lead sees it otherwise (domain 3.4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from sisheng.cases.ladder import OnDuty
from sisheng.desk.complaints.actions.guards import a_reason, must_be_open, tell
from sisheng.desk.complaints.models import Complaint
from sisheng.desk.complaints.severity import LATELY, severity_of
from sisheng.ground.act import Act
from sisheng.ground.events.models import Event
from sisheng.ground.once.models import once
from sisheng.ground.policies import current
from sisheng.ground.refusals import OutOfTurn, Unusable

FACTS = ("flags", "category", "amount", "shop")  # from which it is judged
AT_ONCE = (Complaint.Severity.S1, Complaint.Severity.S2)


@dataclass(frozen=True)
class Judgement:
    """What the facts say by themselves, whatever a person made of it."""

    severity: str
    facts: Mapping[str, Any]

    @property
    def flags(self) -> frozenset[str]:
        return frozenset(self.facts["flags"])

    def differs(self, other: Judgement) -> list[str]:
        """The names of the facts that stand otherwise there."""
        return [name for name, value in self.facts.items() if other.facts[name] != value]


def judgement_of(complaint: Complaint, at: datetime) -> Judgement:
    """By its facts as they stand now; the other complaints about the shop are those of the week before this one."""
    earlier = 0
    if complaint.shop is not None:
        opened_at = complaint.opened_at or at
        lately = Complaint.objects.counted().against(complaint.shop).since(opened_at - LATELY)
        earlier = lately.filter(opened_at__lte=opened_at).exclude(pk=complaint.pk).count()
    severity = severity_of(
        complaint.mall, flags=complaint.flags, amount=complaint.amount, against_shop_lately=earlier + 1, at=at
    )
    return Judgement(severity, {name: getattr(complaint, name) for name in FACTS})


@once
def regrade(act: Act, complaint: Complaint, *, severity: str, reason: str) -> Complaint:
    """A lead judges the gravity otherwise than the facts alone would, and says why. The clocks do not move."""
    act.must("complaints.decide", complaint.mall)
    must_be_open(complaint)
    if severity not in Complaint.Severity.values:
        raise Unusable(_("Choose S1 to S4."), field="severity")
    complaint.refresh_from_db(fields=["severity"])  # somebody else may have judged it so a moment ago
    if severity == complaint.severity:
        raise OutOfTurn(_("It is “%(severity)s” already.") % {"severity": severity})
    before, complaint.severity, complaint.severity_reason = complaint.severity, severity, a_reason(reason)[:120]
    complaint.save(update_fields=["severity", "severity_reason"])
    tell(act, complaint, "regraded", personal={"reason": complaint.severity_reason}, before=before, severity=severity)
    _follow(act, complaint, before)
    return complaint


def judge_anew(act: Act, complaint: Complaint, before: Judgement) -> None:
    """The facts have been corrected. If they weigh otherwise than before, so does the complaint.

    What a person has judged stands: only new facts that weigh more can raise it, and nothing but a person lowers it.
    """
    now = judgement_of(complaint, act.happened_at)
    severity = now.severity
    if complaint.severity_reason:  # judged by hand
        is_news = severity < before.severity or now.flags > before.flags
        severity = min(severity, complaint.severity) if is_news else complaint.severity
    elif severity == before.severity:
        severity = complaint.severity
    if complaint.is_open or complaint.status == "merged":
        if severity != complaint.severity:
            _rejudge(act, complaint, severity, because=now.differs(before))
        else:
            leave_the_spot(act, complaint)  # the amount alone may have become too much


def _rejudge(act: Act, complaint: Complaint, severity: str, because: list[str]) -> None:
    before, complaint.severity = complaint.severity, severity
    complaint.save(update_fields=["severity"])
    calms_down = complaint.is_accepted and before in AT_ONCE and severity not in AT_ONCE
    told = manager_of(act, complaint) if calms_down else []  # who was alarmed hears that it is less grave
    tell(act, complaint, "rejudged", before=before, severity=severity, facts=because, to=told)
    _follow(act, complaint, before)


def _follow(act: Act, complaint: Complaint, before: str) -> None:
    # a draft is raised when it is accepted
    if complaint.is_accepted and complaint.severity in AT_ONCE and complaint.severity < before:
        raise_to_manager(act, complaint)
    leave_the_spot(act, complaint)


def leave_the_spot(act: Act, complaint: Complaint) -> None:
    """What is no simple and small matter any more is not settled at the counter; it is investigated (CMP-06)."""
    if complaint.status == "on_spot" and not is_for_the_spot(complaint, act.happened_at):
        complaint.transition("fail", act, personal={"reason": _("It is graver than it seemed.")})


def is_for_the_spot(complaint: Complaint, at: datetime) -> bool:
    most = current(complaint.mall_id, "complaint.onspot.amount", at).value
    return complaint.severity == complaint.Severity.S4 and (complaint.amount or 0) < most


def raise_to_manager(act: Act, complaint: Complaint) -> None:
    """Grave matters reach the manager at once, not up the ladder (CMP-23, CTR-03)."""
    told = manager_of(act, complaint)
    Event.record(
        "complaint.raised", complaint.topic, act, mall_id=complaint.mall_id, severity=complaint.severity, to=told
    )


def manager_of(act: Act, complaint: Complaint) -> list[str]:
    people = OnDuty(act.at).at_level(complaint.mall, "manager", but=complaint.about_staff_id)
    return [person.actor_key for person in people]
