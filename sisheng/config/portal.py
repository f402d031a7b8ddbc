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
    "complaint.accept": _("We have accepted your complaint."),
    "complaint.mediate": _("We are trying to settle it at once."),
    "complaint.settle": _("We have agreed on a solution with you."),
    "complaint.investigate": _("We have begun to look into it."),
    "statement.asked": _("We have asked the shop for its written statement."),
    "statement.received": _("The shop has given its statement."),
    "complaint.find": _("We have found out what happened."),
    "complaint.informed": _("We told you how it stands."),
    "complaint.chased": _("You asked us to hurry."),
    "complaint.propose": _("We have made you a proposal."),
    "complaint.offer_final": _("We have given you our final answer."),
    "complaint.reminded": _("We asked you for your answer."),
    "complaint.agree": _("You agreed."),
    "complaint.refuse": _("You did not agree. We are looking at it again."),
    "complaint.refuse_final": _("You did not agree to our final answer."),
    "complaint.go_ahead": _("We are carrying out our proposal."),
    "complaint.fulfilled": _("We have done a part of what was agreed."),
    "complaint.resolve": _("What was agreed has been done."),
    "complaint.reopen": _("We have opened your complaint again."),
    "complaint.go_external": _("An outside authority has taken it over."),
    "complaint.hear_back": _("The authority has handed it back to us."),
    "complaint.settle_external": _("It was settled before the authority."),
    "complaint.merge": _("We are handling it together with another complaint about the same thing."),
    "complaint.unmerge": _("We are handling it on its own again."),
    "complaint.withdraw": _("This complaint was withdrawn."),
    "complaint.resume": _("It was marked as withdrawn by mistake. We are going on with it."),
    "complaint.archive": _("We have closed this matter."),  # with an agreement or without one
}

# Deadline: what we said would be done by then. A promise without a line here is told as ANY_PROMISE.
DEADLINES: Mapping[str, Any] = {
    "inquiry.callback": _("We will ring you by %(time)s."),
    "complaint.progress_update": _("We tell you how it stands by %(time)s."),
    "complaint.propose": _("You will have our proposal by %(time)s."),
    "complaint.final": _("You will have our final answer by %(time)s."),
    "complaint.remedy": _("What was agreed will be done by %(time)s."),
}
ANY_PROMISE = _("You will hear from us by %(time)s.")

# Kind and state: what comes next; otherwise by whose turn it is.
NEXT: Mapping[tuple[str, str], Any] = {
    ("inquiry", "answer_ready"): _("Next: we ring you with the answer."),
    ("inquiry", "called_back"): _("Next: nothing more for you to do. Ring us if something is still open."),
    ("complaint", "accepted"): _("Next: we look into it."),
    ("complaint", "investigating"): _("Next: we find out what happened, and make you a proposal."),
    ("complaint", "proposing"): _("Next: we make you a proposal."),
    ("complaint", "awaiting_customer"): _("Next: please tell us whether you agree."),
    ("complaint", "re_evaluating"): _("Next: we look at it again, and come back to you with a new answer."),
    ("complaint", "final_offered"): _("Next: please tell us whether you agree."),
    ("complaint", "executing"): _("Next: we do what was agreed."),
    ("complaint", "unresolved"): _("No agreement was reached. These ways remain open to you; see below."),
    ("complaint", "merged"): _("Next: you hear from us as soon as there is something new."),
}
# The same, told only to who is going to be asked; whoever is not hears the other sentence.
NEXT_IF_ASKED: Mapping[tuple[str, str], Any] = {
    ("complaint", "resolved"): _("Next: we ask you within a day whether you are content."),
    ("complaint", "follow_up"): _("Next: we ask you whether you are content."),
}
NEXT_IF_NOT_ASKED = _("What was agreed has been done. If you are not content, please tell us.")
NEXT_BY_TURN: Mapping[Turn, Any] = {
    Turn.DESK: _("Next: it is our turn."),
    Turn.PARTNER: _("Next: we wait for the shop or department, and keep asking."),
    Turn.CUSTOMER: _("Next: we wait for your answer."),
    Turn.AUTHORITY: _("Next: an outside authority decides."),
    Turn.NOBODY: _("This matter is finished. If something is not right, please tell us."),
}
