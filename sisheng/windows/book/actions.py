"""What is written in the comment book, or lay in the box, is put on record: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from sisheng.cases.models.case import Channel
from sisheng.desk.complaints import actions as complaints
from sisheng.desk.praise import actions as praise
from sisheng.ground.act import Act
from sisheng.ground.events.models import Event
from sisheng.ground.once.models import once
from sisheng.ground.refusals import Unusable
from sisheng.windows.book.models import Kind, Line, Sitting

if TYPE_CHECKING:
    from sisheng.mall.directory.models import Desk, Mall
    from sisheng.mall.staff.models import Staff

LONGEST_LABEL = 40
# what the slices call a field, and what it is called in a line
FIELDS = {
    "account": "words", "against": "which", "against_words": "which", "about_staff": "which", "unit": "which",
    "claims": "claim",
}  # fmt: skip


@dataclass(frozen=True)
class Written:
    """One line as it stands on the paper. `about` is whom or what it speaks of, as the kind of record keeps it."""

    place: int
    kind: str
    written_on: date
    words: str
    about: dict[str, Any] = field(default_factory=dict)
    category: str = ""
    claim: str = ""
    phone: str = ""
    name: str = ""

    def moment(self, mall: Mall) -> datetime:
        """Paper tells the day and no hour."""
        return datetime.combine(self.written_on, time(), mall.zone)


@once
def enter(
    act: Act, mall: Mall, *, who: Staff, channel: str, lines: Sequence[Written], desk: Desk | None = None
) -> Sitting:
    """Take lines over: each becomes a complaint, praise or a suggestion, and gets its number.

    A complaint counts from now, when the desk has it; the day on which it was written is when it happened. Raises
    Unusable for the first line that cannot be taken, with its place and field (“3-phone”); then nothing was made.
    """
    act.must("complaints.open", mall)
    if not lines:
        raise Unusable(_("Nothing is written here yet. Type at least one line."), field="1-words")
    sitting = Sitting.objects.create(mall=mall, by=who, at=act.at, channel=channel)
    for line in lines:
        try:
            number = _put_on_record(act.under(""), sitting, line, desk)
        except Unusable as error:
            raise Unusable(error.sentence, field=f"{line.place}-{FIELDS.get(error.field, error.field)}") from None
        sitting.lines.create(place=line.place, kind=line.kind, written_on=line.written_on, number=number)
    Event.record("book.entered", sitting.topic, act, mall_id=mall.pk, paper=channel, lines=len(lines))
    return sitting


def _put_on_record(act: Act, sitting: Sitting, line: Written, desk: Desk | None) -> str:
    if line.kind == Kind.COMPLAINT:
        return _complaint(act, sitting, line, desk)
    remark = praise.give if line.kind == Kind.PRAISE else praise.suggest
    said = replace(act, said_at=line.moment(sitting.mall))
    told = {"phone": line.phone, "salutation": line.name, "channel": sitting.channel}
    return remark(said, sitting.mall, words=line.words, **told, **line.about).number


def _complaint(act: Act, sitting: Sitting, line: Written, desk: Desk | None) -> str:
    complaint = complaints.receive(
        act, sitting.mall, owner=sitting.by, desk=desk, channel=sitting.channel,
        happened_on=line.moment(sitting.mall), account=line.words, category=line.category, claims=[line.claim],
        phone=line.phone, salutation=line.name, anonymous_label=_label(sitting, line), may_contact=bool(line.phone),
        **line.about,
    )  # fmt: skip
    return complaint.number


def _label(sitting: Sitting, line: Written) -> str:
    """Whom the paper lets us recognise who left no number: they find the number beside what they wrote."""
    if line.phone or line.name:
        return "" if line.phone else line.name[:LONGEST_LABEL]
    with override(settings.LANGUAGE_CODE):
        is_book = sitting.channel == Channel.BOOK
        return _("wrote into the comment book") if is_book else _("wrote a slip for the box")


def lines_of(sitting: Sitting) -> list[Line]:
    return list(sitting.lines.order_by("place"))
