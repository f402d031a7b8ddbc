"""What people do with policies: they decide on a new version."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from sisheng.ground.act import Act
from sisheng.ground.events.models import Event
from sisheng.ground.once.models import once
from sisheng.ground.policies.models import PolicyVersion, in_force
from sisheng.ground.policies.table import Policy, policies
from sisheng.ground.refusals import Overtaken, Unusable

LONGEST_REASON = 200


@once
def set_policy(
    act: Act, mall: Any, key: str, value: Any, reason: str, from_at: datetime | None = None, counted: str | None = None
) -> PolicyVersion:
    """Decide what counts in a mall from a moment on, now or later, and why.

    Clocks that run keep the version under which they started. `counted` changes the calendar (CTR-33), where the law
    leaves that open. Raises NotAllowed, and Unusable for a value outside the law, a moment that is past, or no reason.
    """
    act.must("policies.set", mall)
    policy = _known(key)
    policy.refuse_unless_sound(value)
    counted = _counted(policy, counted)
    reason = _told(reason)
    from_at = from_at or act.at
    if from_at < act.at:
        raise Unusable(_("What is past cannot be decided any more. Choose a moment from now on."), field="from_at")
    before = in_force(mall.pk, key, from_at)
    version = PolicyVersion(
        mall_id=mall.pk, key=key, version=_next_version(mall.pk, key), value=value, unit=policy.unit, counted=counted,
        from_at=from_at, by=act.by.actor_key, reason=reason, recorded_at=act.at,
    )  # fmt: skip
    _write(version)
    Event.record(
        "policy.set", f"policy:{key}", act, mall_id=mall.pk, key=key, version=version.version, from_at=from_at,
        reason=reason, old=before.value, old_counted=before.counted, new=value, new_counted=counted,
    )  # fmt: skip
    return version


def _known(key: str) -> Policy:
    try:
        return policies()[key]
    except KeyError:
        raise Unusable(_("There is no policy “%(key)s”.") % {"key": key}, field="key") from None


def _counted(policy: Policy, counted: str | None) -> str:
    if counted is None or counted == policy.counted:
        return policy.counted
    if counted not in {"N", "O", "W"} or not policy.is_time or policy.must_stay_counted:
        raise Unusable(_("This is always counted as it is now."), field="counted")
    return counted


def _told(reason: str) -> str:
    reason = reason.strip()
    if not 2 <= len(reason) <= LONGEST_REASON:
        raise Unusable(_("Say why, in 2 to %(most)s characters.") % {"most": LONGEST_REASON}, field="reason")
    return reason


def _next_version(mall_id: int, key: str) -> int:
    last = PolicyVersion.objects.filter(mall_id=mall_id, key=key).aggregate(last=Max("version"))["last"]
    return (last or 0) + 1


def _write(version: PolicyVersion) -> None:
    try:
        with transaction.atomic():
            version.save(force_insert=True)
    except IntegrityError:
        raise Overtaken(_("Somebody else has just decided on this. Look at what they decided first.")) from None
