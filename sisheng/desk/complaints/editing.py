"""Two people write on one complaint: what one of them saved is never overwritten by the other (D15)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django.db import models
from django.utils.translation import gettext as _

from sisheng.cases.models import Case
from sisheng.desk.complaints.models import Complaint
from sisheng.desk.complaints.severity import flags_of
from sisheng.ground.act import Act
from sisheng.ground.events.models import Event
from sisheng.ground.refusals import Overtaken, Unusable

ON_THE_CASE = ("subject", "place", "emotion", "anonymous_label", "language")
ON_THE_COMPLAINT = (
    "complainant", "may_contact", "against_words", "category", "amount", "feeling", "account", "people", "happened_on",
    "claims", "flags", "customer_words", "recourse", "basis",
)  # fmt: skip
PERSONAL = frozenset(Case.PERSONAL) | frozenset(Complaint.PERSONAL)


def correct(act: Act, complaint: Complaint, changes: Mapping[str, Any], was: Mapping[str, Any]) -> Complaint:
    """Write each changed field if it still stands as it was on the person's screen, with old and new on record."""
    if unknown := set(changes) - {*ON_THE_CASE, *ON_THE_COMPLAINT}:
        raise Unusable(_("This cannot be corrected here."), field=min(unknown))
    now_there = _as_it_stands(complaint)
    wanted = {name: value for name, value in changes.items() if value != was.get(name)}
    clashes = [name for name, value in wanted.items() if now_there[name] not in (was.get(name), value)]
    if clashes:
        raise Overtaken(_clash(clashes), field=clashes[0])
    if "flags" in wanted or "category" in wanted:
        wanted["flags"] = flags_of(wanted.get("category", complaint.category), wanted.get("flags", complaint.flags))
    wanted = {name: value for name, value in wanted.items() if now_there[name] != value}
    for model, names in ((Case, ON_THE_CASE), (Complaint, ON_THE_COMPLAINT)):
        mine = {name: wanted[name] for name in names if name in wanted}
        as_seen = model._default_manager.filter(pk=complaint.pk, **{name: now_there[name] for name in mine})
        if mine and not as_seen.update(**mine):
            raise Overtaken(_clash(list(mine)), field=next(iter(mine)))
    if wanted:
        complaint.refresh_from_db(fields=list(wanted))
        _record(act, complaint, now_there, wanted)
    return complaint


def _as_it_stands(complaint: Complaint) -> dict[str, Any]:
    fresh = Complaint.objects.get(pk=complaint.pk)
    return {name: getattr(fresh, name) for name in (*ON_THE_CASE, *ON_THE_COMPLAINT)}


def _record(act: Act, complaint: Complaint, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Edits keep the old value (REC-08); what may have to be forgotten lies beside the event."""
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
    fields = (cast("models.Field[Any, Any]", Complaint._meta.get_field(name)) for name in names)
    return ", ".join(str(field.verbose_name) for field in fields)
