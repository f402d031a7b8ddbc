"""What is missing before a complaint may go on: shown as chips, and asked by the actions (CMP-03, CMP-18)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from sisheng.ground.policies import current
from sisheng.ground.refusals import OutOfTurn, Unusable

if TYPE_CHECKING:
    from datetime import datetime

    from sisheng.desk.complaints.models import Complaint
    from sisheng.mall.directory.models import Mall

WHYS = 5


@dataclass(frozen=True)
class Missing:
    """One thing that is not there yet, in words, with the field that takes it."""

    field: str
    words: Any


def to_accept(complaint: Complaint) -> list[Missing]:
    """The minimum set: about whom, what kind, what happened, what is asked for, and how to answer (CMP-03, CMP-21)."""
    return list(_to_accept(complaint))


def _to_accept(complaint: Complaint) -> Iterator[Missing]:
    against = complaint.Against
    if complaint.against == against.SHOP and complaint.shop_id is None:
        yield Missing("unit", _("which shop"))
    if complaint.against in {against.FACILITY, against.RULE, against.OTHER} and not complaint.against_words:
        yield Missing("against_words", _("about what"))
    if complaint.against == against.STAFF and not (complaint.about_staff_id or complaint.against_words):
        yield Missing("about_staff", _("about whom"))
    if not complaint.category:
        yield Missing("category", _("category"))
    if not complaint.account:
        yield Missing("account", _("what happened"))
    if not complaint.claims:
        yield Missing("claims", _("what they ask for"))
    if complaint.customer_id is None and not complaint.anonymous_label:
        yield Missing("phone", _("how to answer"))


def to_find(complaint: Complaint) -> list[Missing]:
    """What a finding says: the facts, whether they bear the complaint out, and whose responsibility it is (CMP-20)."""
    wanted = (
        ("finding", complaint.finding, _("finding")),
        ("substantiated", complaint.substantiated, _("substantiated or not")),
        ("responsibility", complaint.responsibility, _("whose responsibility")),
    )
    return [Missing(field, words) for field, told, words in wanted if not told]


def to_resolve(complaint: Complaint) -> list[Missing]:
    """Every remedy that was agreed has been carried out."""
    owed = [remedy for remedy in complaint.agreed.remedies.all() if not remedy.done_at] if complaint.agreed else []
    return [Missing(remedy.part, remedy.words) for remedy in owed]


def to_archive(complaint: Complaint) -> list[Missing]:
    """Investigation, solution, the customer's word, root cause, and what is to change (CMP-08, CMP-18, N-11)."""
    return [*to_find(complaint), *_to_archive(complaint)]


def _to_archive(complaint: Complaint) -> Iterator[Missing]:
    if "." not in complaint.category:  # as the customer said it; the desk says it more closely
        yield Missing("category", _("category"))
    if not complaint.cause:
        yield Missing("cause", _("root cause"))
    asked = whys_needed(complaint)
    if len([why for why in complaint.whys if why]) < asked:
        yield Missing("whys", _("five whys") if asked == WHYS else _("why"))
    if complaint.improvement == complaint.Effect.NONE:
        yield Missing("improvement", _("improvement, or why none"))
    if not complaint.customer_words:
        yield Missing("customer_words", _("what the customer says of it"))
    if complaint.status == "unresolved" and complaint.ways_told_at is None:
        yield Missing("ways", _("the five ways that remain"))


def whys_needed(complaint: Complaint) -> int:
    """How often one asks why before it is archived: once where it was simple."""
    return 1 if complaint.severity == complaint.Severity.S4 else WHYS


def may_be_resumed_until(mall: Mall, withdrawn_at: datetime) -> datetime:
    """How long a withdrawal that was a mistake can be taken back."""
    value = current(mall.pk, "complaint.withdrawal_undo", withdrawn_at)
    return value.due_at(withdrawn_at, mall.calendar(value.counted))


def require(missing: list[Missing], *, is_form: bool = False) -> None:
    """Raises a refusal that names what is missing; nothing otherwise."""
    if missing:
        sentence = _("Still missing: %(things)s.") % {"things": _(", ").join(str(thing.words) for thing in missing)}
        raise Unusable(sentence, field=missing[0].field) if is_form else OutOfTurn(sentence, field=missing[0].field)
