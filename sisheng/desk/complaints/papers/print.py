"""One print: of which complaint, by whom, when, in which language; and the words that all papers share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from sisheng.ground.events.models import Event
from sisheng.ground.refusals import OutOfTurn
from sisheng.kit.evidence.models import Evidence
from sisheng.kit.paper.documents import Letterhead, Promise
from sisheng.kit.paper.rendering import Language
from sisheng.mall.directory.bilingual import in_language
from sisheng.mall.staff.names import by_number, spoken_names

if TYPE_CHECKING:
    from sisheng.desk.complaints.models import Complaint

UNKNOWN = "—"
# What we said by when, in the order in which it comes.
PROMISED = ("complaint.investigate", "complaint.propose", "complaint.final")


@dataclass(frozen=True)
class Print:
    """`link` is where the QR code of this paper leads."""

    complaint: Complaint
    at: datetime
    by: str  # a staff number
    link: str
    language: Language

    @contextmanager
    def worded(self) -> Iterator[None]:
        """In here everything is said in the language and the time of the paper, and nobody of us by name."""
        zone = self.complaint.mall.zone
        with translation.override("en" if self.language == "en" else "zh-hans"), timezone.override(zone), by_number():
            yield

    def common(self) -> dict[str, Any]:
        """What stands on every paper. Raises OutOfTurn for a draft: nothing was accepted yet."""
        if not self.complaint.is_accepted:
            raise OutOfTurn(_("This complaint is still a draft. Accept it first."))
        mall = self.complaint.mall
        return {
            "head": Letterhead(
                mall=self.local(mall, "name"), address=self.local(mall, "address"), hot_line=mall.hot_line or UNKNOWN
            ),
            "number": self.complaint.number,
            "printed_at": self.at,
            "printed_by": self.by,
            "link": self.link,
        }

    def local(self, thing: Any, field: str) -> str:
        return in_language(thing, field, self.language)

    @property
    def against(self) -> str:
        """Whom or what it is about; one of us by number."""
        one = self.complaint
        if one.shop and not one.is_about_us:
            return f"{self.local(one.shop, 'name')} {one.shop.unit}"
        who = one.about_staff.code if one.about_staff else one.against_words
        return " ".join(filter(None, (one.get_against_display(), who)))

    @property
    def complainant(self) -> str:
        """How they asked to be called, or how we recognise them."""
        one = self.complaint
        return (one.customer.salutation or one.customer.number) if one.customer else one.anonymous_label or UNKNOWN

    @property
    def accepted_at(self) -> datetime:
        return self.complaint.accepted_at or self.complaint.opened_at

    @property
    def accepted_by(self) -> str:
        """The staff number of whoever accepted it; the customer, where they sent it in themselves."""
        keys = Event.objects.about(self.complaint.mall_id, self.complaint.topic).filter(kind="complaint.accept")
        first = keys.values_list("by", flat=True).first()
        return spoken_names({first})[first] if first else UNKNOWN

    def promises(self) -> tuple[Promise, ...]:
        """By when they hear what; a merged complaint is answered together with the one it is part of."""
        lead = self.complaint.merged_into or self.complaint
        clocks = {
            clock.deadline: clock
            for clock in lead.clocks.filter(deadline__in=PROMISED, part="", cancelled_at=None).order_by("pk")
        }
        words = {
            "complaint.investigate": _("We tell you what we found out"),
            "complaint.propose": _("We propose a solution"),
            "complaint.final": _("You have our final answer"),
        }
        running = [(name, clocks[name].due_at) for name in PROMISED if name in clocks]
        return tuple(Promise(what=words[name], by=due_at) for name, due_at in running if due_at)

    def standing_evidence(self) -> list[Evidence]:
        return list(Evidence.objects.of(self.complaint).standing().select_related("file"))


def with_more(first: Any, second: Any) -> str:
    """“Voucher: valid in every shop”, and only the first where there is no more to say."""
    return _("%(first)s: %(second)s") % {"first": first, "second": second} if second else str(first)


def kind_and_title(one: Evidence) -> str:
    return with_more(one.get_kind_display(), one.title)
