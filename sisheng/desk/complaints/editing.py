"""Two people write on one complaint: what one of them saved is never overwritten by the other (D15)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, cast

from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sisheng.cases.models import Case
from sisheng.desk.complaints.models import Complaint
from sisheng.desk.complaints.severity import flags_of
from sisheng.ground.act import Act
from sisheng.ground.events.models import Event
from sisheng.ground.refusals import Overtaken, Unusable

ON_THE_CASE = ("shop", "subject", "place", "emotion", "anonymous_label", "language")
ON_THE_COMPLAINT = (
    "complainant", "may_contact", "against", "against_words", "category", "amount",
    "feeling", "account", "people", "happened_on",
    "claims", "flags", "customer_words", "recourse", "basis", "circumstances", "delivered_on", "paid_on",
)  # fmt: skip
TOLD_APART = {"shop", "against"}  # whom it is about is an event of its own (actions/concerning.py)
PERSONAL = frozenset(Case.PERSONAL) | frozenset(Complaint.PERSONAL)


def digests(values: Mapping[str, Any]) -> dict[str, str]:
    """What stood on somebody's screen, without its words: enough to tell later who changed what."""
    return {name: _digest(value) for name, value in values.items()}


def on_screen(stands: Mapping[str, Any], told: str) -> dict[str, str]:
    """The digests that came back with a form, field by field; a form without them is taken for one just loaded."""
    now_there, sent = digests(stands), told.split()
    return dict(zip(now_there, sent, strict=True)) if len(sent) == len(now_there) else now_there


def correct(act: Act, complaint: Complaint, changes: Mapping[str, Any], was: Mapping[str, str]) -> Complaint:
    """Write each changed field if it still stands as it was on the person's screen, with old and new on record."""
    if unknown := set(changes) - {*ON_THE_CASE, *ON_THE_COMPLAINT}:
        raise Unusable(_("This cannot be corrected here."), field=min(unknown))
    now_there = _as_it_stands(complaint)
    wanted = {name: value for name, value in changes.items() if _digest(value) != was[name]}
    if clashes := clashing(now_there, changes, was):
        raise Overtaken(_clash(clashes), field=clashes[0])
    if "flags" in wanted or "category" in wanted:
        wanted["flags"] = flags_of(wanted.get("category", complaint.category), wanted.get("flags", complaint.flags))
    if "against" in wanted and wanted["against"] != Complaint.Against.SHOP and "shop" not in wanted:
        wanted["shop"] = None  # it was thought to be about this shop, and is not
    wanted = {name: value for name, value in wanted.items() if now_there[name] != value}
    for model, names in ((Case, ON_THE_CASE), (Complaint, ON_THE_COMPLAINT)):
        mine = {name: wanted[name] for name in names if name in wanted}
        as_seen = model._default_manager.filter(pk=complaint.pk, **{name: now_there[name] for name in mine})
        if mine and not as_seen.update(**mine):
            raise Overtaken(_clash(list(mine)), field=next(iter(mine)))
    if wanted:
        complaint.refresh_from_db(fields=list(wanted))
        _record(act, complaint, now_there, {name: value for name, value in wanted.items() if name not in TOLD_APART})
    return complaint


def clashing(stands: Mapping[str, Any], changes: Mapping[str, Any], was: Mapping[str, str]) -> list[str]:
    """The fields that this person changed, and somebody else to something else meanwhile."""
    return [
        name
        for name, mine in digests(changes).items()
        if was[name] not in {mine, _digest(stands[name])} and mine != _digest(stands[name])
    ]


def _digest(value: Any) -> str:
    if isinstance(value, datetime):  # forms ask for minutes, on the clock of the mall
        value = f"{value.astimezone(UTC):%Y-%m-%d %H:%M}"
    value = value.pk if isinstance(value, models.Model) else value
    told = f"{value:.2f}" if isinstance(value, Decimal) else json.dumps(value, default=str, ensure_ascii=False)
    return salted_hmac("sisheng.complaints.editing", told, algorithm="sha256").hexdigest()[:16]


def _as_it_stands(complaint: Complaint) -> dict[str, Any]:
    fresh = Complaint.objects.get(pk=complaint.pk)
    return {name: getattr(fresh, name) for name in (*ON_THE_CASE, *ON_THE_COMPLAINT)}


def _record(act: Act, complaint: Complaint, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Edits keep the old value (REC-08); what may have to be forgotten lies beside the event."""
    if not after:
        return
    private = {name: [before[name], value] for name, value in after.items() if name in PERSONAL}
    plain = {name: [before[name], value] for name, value in after.items() if name not in PERSONAL}
    Event.record(
        "complaint.corrected", complaint.topic, act, mall_id=complaint.mall_id, personal=private or None,
        fields=_named(after), names=sorted(after), plain=plain,
    )  # fmt: skip


def _clash(names: list[str]) -> str:
    return _(
        "Somebody else has just changed: %(fields)s. Your words are kept; compare them with what stands there."
    ) % {"fields": _named(names)}


def _named(names: Iterable[str]) -> str:
    return ", ".join(called(name) for name in names)


def called(name: str) -> str:
    """What a field of a complaint is called, for people to read."""
    if name == "shop":
        return str(pgettext("field", "shop"))
    return str(cast("models.Field[Any, Any]", Complaint._meta.get_field(name)).verbose_name)
