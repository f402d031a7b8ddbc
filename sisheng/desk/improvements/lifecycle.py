"""The whole life of an improvement: asked for, done, and found to help or not (domain 3.16, RPT-10)."""

from django.utils.translation import pgettext_lazy

from sisheng.ground.lifecycle import Deadline, Lifecycle, State, Transition, Turn, of

PROPOSED = "proposed"
AGREED = "agreed"
DOING = "doing"
DONE = "done"
VERIFIED = "verified"
INEFFECTIVE = "ineffective"
STANDARDISED = "standardised"
DROPPED = "dropped"

PROPOSE, DO, VERIFY, DECIDE = "improvements.propose", "improvements.do", "improvements.verify", "improvements.decide"

IMPROVEMENT = Lifecycle(
    prefix="GJ",
    is_yearly=True,
    label=pgettext_lazy("case", "Improvement"),
    states=(
        State(PROPOSED, Turn.DESK, pgettext_lazy("improvement", "proposed")),
        State(AGREED, Turn.PARTNER, pgettext_lazy("improvement", "agreed")),
        State(DOING, Turn.PARTNER, pgettext_lazy("improvement", "being done")),
        State(DONE, Turn.DESK, pgettext_lazy("improvement", "done, to be verified")),
        State(VERIFIED, Turn.DESK, pgettext_lazy("improvement", "effective")),
        State(INEFFECTIVE, Turn.DESK, pgettext_lazy("improvement", "not effective")),
        State(STANDARDISED, Turn.NOBODY, pgettext_lazy("improvement", "made the standard")),
        State(DROPPED, Turn.NOBODY, pgettext_lazy("improvement", "dropped")),
    ),
    transitions=(
        Transition("begin", of(), PROPOSED, PROPOSE, pgettext_lazy("do", "Ask for an improvement")),
        Transition("agree", of(PROPOSED), AGREED, DECIDE, pgettext_lazy("do", "Agree on it")),
        Transition("start", of(AGREED), DOING, DO, pgettext_lazy("do", "Work has begun")),
        Transition("finish", of(AGREED, DOING), DONE, DO, pgettext_lazy("do", "It is done")),
        Transition("verify", of(DONE), VERIFIED, VERIFY, pgettext_lazy("do", "It helps")),
        Transition("fall_short", of(DONE), INEFFECTIVE, VERIFY, pgettext_lazy("do", "It does not help")),
        Transition("try_again", of(INEFFECTIVE), DOING, DECIDE, pgettext_lazy("do", "Try something else")),
        Transition("standardise", of(VERIFIED), STANDARDISED, DECIDE, pgettext_lazy("do", "Make it the standard")),
        Transition("drop", of(PROPOSED, AGREED, DOING, INEFFECTIVE), DROPPED, DECIDE, pgettext_lazy("do", "Drop it")),
    ),
    deadlines=(
        Deadline("improvement.due", starts_on=of("begin", "try_again"), met_by=of("finish"), cancelled_by=of("drop"),
                 is_promise=True, label=pgettext_lazy("deadline", "do what was agreed")),
        # whether it helps shows only later
        Deadline("improvement.verify", starts_on=of("finish"), met_by=of("verify", "fall_short"),
                 label=pgettext_lazy("deadline", "see whether it helps")),
    ),
)  # fmt: skip
