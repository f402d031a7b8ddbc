"""What happens when a paper leaves the house."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.utils.translation import gettext as _

from sisheng.desk.complaints.actions.guards import tell
from sisheng.desk.complaints.models import Complaint
from sisheng.ground.act import Act
from sisheng.ground.once.models import once
from sisheng.ground.refusals import Unusable
from sisheng.kit.evidence.actions import take_original
from sisheng.kit.evidence.models import Evidence
from sisheng.kit.messages.actions import told
from sisheng.kit.messages.models import Message

LONGEST_PURPOSE = 200


@once
def hand_slip(act: Act, complaint: Complaint, *, messages: Collection[int]) -> Complaint:
    """The customer holds the slip: the messages that stand on it need not be told any other way. Those that somebody
    else has told meanwhile stay as they are."""
    act.must("complaints.handle", complaint.mall)
    waiting = Message.objects.filter(
        case=complaint, pk__in=messages, channel=Message.Channel.SLIP, state=Message.State.WAITING
    )
    for message in waiting.select_related("mall", "case", "customer").order_by("pk"):
        told(act.under(""), message)
    return complaint


@once
def export(act: Act, complaint: Complaint, *, purpose: str, sha256: str, pieces: Iterable[Evidence]) -> Complaint:
    """The case file leaves the house, with the originals inside: why, and which file it was, stays on record.

    For each original it is a step in its chain of custody; for the complaint, one event that names the file.
    """
    act.must("complaints.export", complaint.mall)
    if not purpose.strip():
        raise Unusable(_("Say for whom, and what for."), field="purpose")
    reason = purpose.strip()[:LONGEST_PURPOSE]
    inside = []
    for piece in pieces:
        take_original(act.under(""), piece, reason=reason)
        inside.append(piece.number)
    tell(act, complaint, "exported", personal={"purpose": reason}, sha256=sha256, inside=inside)
    return complaint
