"""What one may say now, in a sentence that can be read out: the feeling first, then the facts (CMP-02, CTR-07)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from sisheng.desk.complaints import lifecycle as life

if TYPE_CHECKING:
    from sisheng.desk.complaints.models import Complaint

CALM_DOWN = _("I can see this has upset you. Let me write it down carefully, and I stay with it.")

SAY: dict[str, Any] = {
    life.DRAFT: CALM_DOWN,
    life.ACCEPTED: _("May I say it back to you, so that nothing is wrong or missing?"),
    life.ON_SPOT: _("Let us see whether we can put it right here and now. What would help you most?"),
    life.INVESTIGATING: _("We are looking into it: the pictures, the receipt, the people. You hear from us every day."),
    life.PROPOSING: _("First the apology, then what we found and on what it rests, then a choice."),
    life.AWAITING_CUSTOMER: _("Take the time you need. A no is as good as a yes; we then look at it again."),
    life.RE_EVALUATING: _("You are not content, and I have taken that down. Somebody else looks at it as well."),
    life.FINAL_OFFERED: _("This is our final answer. If it is not right for you, I name the ways that remain."),
    life.UNRESOLVED: _("I am sorry that we did not come together. These ways remain open to you."),
    life.EXECUTING: _("It is settled. I tell you when each part of it is done."),
}
FOR_THE_ANGRY = _("A quieter room, or another colleague, is no defeat: hand it on when it grows loud.")

FOR_THE_ABUSIVE = _(
    "I want to settle this for you, and I can do it better when we speak calmly. Shall we sit down, and start over?"
)


def for_state(complaint: Complaint) -> list[Any]:
    """The sentence of this state, and one more for somebody who is angry."""
    said = [SAY[complaint.status]] if complaint.status in SAY else []
    is_angry = complaint.emotion == "angry" and complaint.status in life.UNDECIDED
    return [*said, FOR_THE_ANGRY] if is_angry else said
