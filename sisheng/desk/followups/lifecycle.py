"""The life of a follow-up: somebody waits for the desk to ring them (domain 3.10)."""

from django.utils.translation import pgettext_lazy

from sisheng.ground.lifecycle import Deadline, Lifecycle, State, Transition, Turn, of

DUE = "due"
ATTEMPTING = "attempting"
DONE = "done"
UNREACHABLE = "unreachable"
REFUSED = "refused"
CANCELLED = "cancelled"

OPEN = (DUE, ATTEMPTING)
PLAN, CALL = "followups.plan", "followups.call"

FOLLOWUP = Lifecycle(
    prefix="HF",
    label=pgettext_lazy("case", "Follow-up"),
    states=(
        State(DUE, Turn.DESK, pgettext_lazy("followup", "to be called")),
        State(ATTEMPTING, Turn.DESK, pgettext_lazy("followup", "not reached yet")),
        State(DONE, Turn.NOBODY, pgettext_lazy("followup", "done")),
        State(UNREACHABLE, Turn.NOBODY, pgettext_lazy("followup", "could not be reached")),
        State(REFUSED, Turn.NOBODY, pgettext_lazy("followup", "did not want to answer")),
        State(CANCELLED, Turn.NOBODY, pgettext_lazy("followup", "called off")),
    ),
    transitions=(
        Transition("begin", of(), DUE, PLAN, pgettext_lazy("do", "Plan")),
        Transition("attempt", of(*OPEN), ATTEMPTING, CALL, pgettext_lazy("do", "Not reached")),
        Transition("finish", of(*OPEN), DONE, CALL, pgettext_lazy("do", "Reached")),
        Transition("give_up", of(ATTEMPTING), UNREACHABLE, CALL, pgettext_lazy("do", "Cannot be reached")),
        Transition("refuse", of(*OPEN), REFUSED, CALL, pgettext_lazy("do", "Does not want to answer")),
        Transition("cancel", of(*OPEN), CANCELLED, CALL, pgettext_lazy("do", "Call off")),
    ),
    # which of them runs is said by what the call is for; it has one
    parts=(
        Deadline("complaint.followup1", cancelled_by=of("cancel"), label=pgettext_lazy("deadline", "first call")),
        Deadline("complaint.followup2", cancelled_by=of("cancel"), label=pgettext_lazy("deadline", "second call")),
        Deadline("followup.call", cancelled_by=of("cancel"), label=pgettext_lazy("deadline", "follow-up call")),
    ),
)  # fmt: skip
