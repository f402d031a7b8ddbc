"""What customers are shown on their phones: the buttons, and how the story of a case is told to whom it concerns.

Only what stands here is shown, in these words. A sentence may name details of its event (%(…)s) that say nothing about
staff, shops' people or other customers; what is personal is never put in.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from sisheng.ground.lifecycle import Turn

# Label, address, icon. A button whose page does not exist yet is not shown.
BUTTONS: tuple[tuple[Any, str, str], ...] = (
    (_("I lost something"), "portal:lost", "umbrella"),
    (_("Report a problem"), "portal:complain", "message-2"),
    (_("Praise or suggest"), "portal:praise", "star"),
    (_("Check progress"), "portal:progress", "search"),
)

# Kind of event: how the customer is told. What is not here is not shown.
STEPS: Mapping[str, Any] = {
    "inquiry.begin": _("We have written down your question."),
    "inquiry.ask": _("We have turned to the shop or department."),
    "inquiry.reach": _("We have reached the shop or department."),
    "inquiry.answer": _("The answer is there. We will ring you."),
    "inquiry.renew": _("There is no answer yet. We are still working on it."),
    "inquiry.call_back": _("We have told you the answer."),
    "inquiry.miss": _("We could not reach you. You are welcome to ring us or come to the desk."),
    "inquiry.close": _("This matter is settled."),
    "inquiry.withdraw": _("This question was withdrawn."),
}

# Deadline: what we said would be done by then. A promise without a line here is told as ANY_PROMISE.
DEADLINES: Mapping[str, Any] = {
    "inquiry.callback": _("We will ring you by %(time)s."),
}
ANY_PROMISE = _("You will hear from us by %(time)s.")

# Kind and state: what comes next; otherwise by whose turn it is.
NEXT: Mapping[tuple[str, str], Any] = {
    ("inquiry", "answer_ready"): _("Next: we ring you with the answer."),
    ("inquiry", "called_back"): _("Next: nothing more for you to do. Ring us if something is still open."),
}
NEXT_BY_TURN: Mapping[Turn, Any] = {
    Turn.DESK: _("Next: it is our turn."),
    Turn.PARTNER: _("Next: we wait for the shop or department, and keep asking."),
    Turn.CUSTOMER: _("Next: we wait for your answer."),
    Turn.AUTHORITY: _("Next: an outside authority decides."),
    Turn.NOBODY: _("This matter is finished. If something is not right, please tell us."),
}
