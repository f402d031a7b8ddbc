"""Evidence is looked at, handed over, taken back, forgotten; each of it stands in its chain of custody."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from sisheng.ground.act import Act
from sisheng.ground.events.actions import erase
from sisheng.ground.events.models import Event
from sisheng.ground.once.models import once
from sisheng.ground.privacy.actions import forget as blacken
from sisheng.ground.refusals import OutOfTurn, Overtaken, Unusable
from sisheng.kit.evidence.models import Evidence

ONE_LOOK = timedelta(minutes=10)  # a page that is opened again is not a second look


def look(act: Act, evidence: Evidence) -> Evidence:
    """Somebody looks at what was kept: told once for a look. Raises Unreadable, telling nothing, if it was altered."""
    act.must("evidence.see", evidence.mall)
    _must_be_whole(evidence)
    told = evidence.custody().filter(kind="evidence.viewed", by=act.by.actor_key, at__gt=act.at - ONE_LOOK)
    if not told.exists():
        with transaction.atomic():
            _tell(act, evidence, "evidence.viewed")
    return evidence


@once
def take_original(act: Act, evidence: Evidence, *, reason: str) -> Evidence:
    """Somebody needs the untouched original, which may say where a photo was taken and with which telephone."""
    act.must("evidence.original", evidence.mall)
    _must_be_whole(evidence)
    _tell(act, evidence, "evidence.original", reason=_said(reason, "reason", _("Say why you need the original.")))
    return evidence


@once
def hand_over(act: Act, evidence: Evidence, *, to: str, reference: str = "") -> Evidence:
    """Give it to the police, an authority, a court. Its hash is computed again first: what leaves is what came."""
    act.must("evidence.hand_over", evidence.mall)
    if not evidence.is_standing:
        raise OutOfTurn(_("This evidence was taken back and no longer counts."))
    _must_be_whole(evidence)
    to = _said(to, "to", _("Say to whom."))
    _tell(act, evidence, "evidence.handed_over", to=to, reference=reference.strip() or "—")
    return evidence


@once
def withdraw(act: Act, evidence: Evidence, *, why: str) -> Evidence:
    """It was wrong, or belongs elsewhere: it stays on the list, and no longer counts."""
    act.must("evidence.keep", evidence.mall)
    why = _said(why, "why", _("Say why in a few words."))
    standing = Evidence.objects.standing().filter(pk=evidence.pk)
    if not standing.update(withdrawn_at=act.at, withdrawn_by=act.by.actor_key, withdrawn_why=why):
        raise Overtaken(_("This evidence was taken back already."))
    evidence.refresh_from_db()
    _tell(act, evidence, "evidence.withdrawn", why=why)
    return evidence


@once
def forget(act: Act, evidence: Evidence) -> Evidence:
    """Take its contents away for ever, on the disk too. That there was something, its hash and who held it remain."""
    act.must("customers.forget", evidence.mall)
    blacken(act.under(""), evidence)
    erase(evidence.custody(), act)
    _tell(act, evidence, "evidence.forgotten")
    return evidence


def _tell(act: Act, evidence: Evidence, kind: str, **personal: str) -> Event:
    return Event.record(
        kind, evidence.case.topic, act, mall_id=evidence.mall_id, personal=personal or None, evidence=evidence.number,
        sha256=evidence.file.sha256 if evidence.file else "",
    )  # fmt: skip


def _must_be_whole(evidence: Evidence) -> None:
    if evidence.file:
        evidence.file.must_be_whole()


def _said(text: str, field: str, otherwise: str) -> str:
    if not text.strip():
        raise Unusable(otherwise, field=field)
    return text.strip()[:200]
