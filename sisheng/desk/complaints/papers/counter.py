"""What the customer is given at the counter: the slip to take along, and the form to read and sign."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sisheng.desk.complaints.papers.print import UNKNOWN, Print, kind_and_title
from sisheng.ground.ui.formats import when
from sisheng.kit.messages.models import Message
from sisheng.kit.paper.documents import AcceptanceForm, CustomerSlip

SAID_BY_THE_SLIP = "complaint.accepted"  # number, code and promises are on it anyway


def waiting(one: Print) -> list[Message]:
    """What this customer is to be told in person: it goes on the slip."""
    slips = one.complaint.messages.filter(channel=Message.Channel.SLIP, state=Message.State.WAITING)
    return list(slips.order_by("pk"))


def customer_slip(one: Print, told: Sequence[Message] = ()) -> CustomerSlip:
    """From the 80 mm roll, with the words of the messages that it brings."""
    complaint = one.complaint
    with one.worded():
        return CustomerSlip(
            **one.common(),
            public_code=complaint.public_code,
            digits="".join(letter for letter in complaint.number if letter.isdigit()),
            accepted_at=one.accepted_at,
            accepted_by=one.accepted_by,
            matter=_("%(against)s: %(category)s") % {"against": one.against, "category": complaint.category_words},
            promises=one.promises(),
            news=tuple(message.text for message in told if message.purpose != SAID_BY_THE_SLIP),
        )


def acceptance_form(one: Print) -> AcceptanceForm:
    """投诉受理单."""
    complaint = one.complaint
    with one.worded():
        return AcceptanceForm(
            **one.common(),
            public_code=complaint.public_code,
            accepted_at=one.accepted_at,
            accepted_by=one.accepted_by,
            channel=str(complaint.get_channel_display()),
            desk=one.local(complaint.desk, "name") if complaint.desk else UNKNOWN,
            complainant=one.complainant,
            reachable_by=complaint.customer.masked_phone if complaint.customer else _("asks at the counter"),
            against=one.against,
            place=complaint.place or UNKNOWN,
            happened_at=when(complaint.happened_on) if complaint.happened_on else pgettext("moment", "not said"),
            category=complaint.category_words,
            amount=complaint.amount,
            facts=complaint.account,
            claims=tuple(complaint.claim_words),
            evidence=tuple(kind_and_title(piece) for piece in one.standing_evidence()),
            recording=_recording(one),
            promises=one.promises(),
        )


def _recording(one: Print) -> str:
    at, words = one.complaint.recording_at, str(one.complaint.get_recording_display())
    return _("%(recording)s (agreed %(at)s)") % {"recording": words, "at": when(at)} if at else words
