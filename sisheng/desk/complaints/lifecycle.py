"""The whole life of a complaint: a closed loop that cannot be cut short (domain 3.4, CMP-01)."""

from django.utils.translation import pgettext_lazy

from sisheng.ground.lifecycle import Deadline, Lifecycle, State, Transition, Turn, of

DRAFT = "draft"
ACCEPTED = "accepted"
ON_SPOT = "on_spot"
INVESTIGATING = "investigating"
PROPOSING = "proposing"
APPROVAL = "approval"
AWAITING_CUSTOMER = "awaiting_customer"
RE_EVALUATING = "re_evaluating"
FINAL_OFFERED = "final_offered"
EXECUTING = "executing"
UNRESOLVED = "unresolved"
EXTERNAL = "external"
RESOLVED = "resolved"
FOLLOW_UP = "follow_up"
ARCHIVED = "archived"
REOPENED = "reopened"
WITHDRAWN = "withdrawn"
MERGED = "merged"
DISCARDED = "discarded"

WITH_US = (ACCEPTED, ON_SPOT, INVESTIGATING, PROPOSING, APPROVAL, RE_EVALUATING, REOPENED)
OFFERED = (AWAITING_CUSTOMER, FINAL_OFFERED)
UNDECIDED = (*WITH_US, *OFFERED)  # what it comes to is still open

HANDLE, OPEN, DECIDE, CLOSE = "complaints.handle", "complaints.open", "complaints.decide", "complaints.close"
HEAR = "complaints.hear"  # the customer's own word: told at the desk, or given on their own page
OVERRULE = "complaints.overrule"

COMPLAINT = Lifecycle(
    prefix="TS",
    label=pgettext_lazy("case", "Complaint"),
    states=(
        State(DRAFT, Turn.DESK, pgettext_lazy("complaint", "draft")),
        State(ACCEPTED, Turn.DESK, pgettext_lazy("complaint", "accepted")),
        State(ON_SPOT, Turn.DESK, pgettext_lazy("complaint", "being settled on the spot")),
        State(INVESTIGATING, Turn.DESK, pgettext_lazy("complaint", "being investigated")),
        State(PROPOSING, Turn.DESK, pgettext_lazy("complaint", "waiting for a proposal")),
        State(APPROVAL, Turn.DESK, pgettext_lazy("complaint", "waiting for approval")),
        State(AWAITING_CUSTOMER, Turn.CUSTOMER, pgettext_lazy("complaint", "waiting for the customer")),
        State(RE_EVALUATING, Turn.DESK, pgettext_lazy("complaint", "being re-evaluated")),
        State(FINAL_OFFERED, Turn.CUSTOMER, pgettext_lazy("complaint", "final answer given")),
        State(EXECUTING, Turn.DESK, pgettext_lazy("complaint", "being carried out")),
        State(UNRESOLVED, Turn.DESK, pgettext_lazy("complaint", "no agreement")),
        State(EXTERNAL, Turn.AUTHORITY, pgettext_lazy("complaint", "with an authority")),
        State(RESOLVED, Turn.DESK, pgettext_lazy("complaint", "resolved")),
        State(FOLLOW_UP, Turn.DESK, pgettext_lazy("complaint", "waiting for the follow-up")),
        State(ARCHIVED, Turn.NOBODY, pgettext_lazy("complaint", "archived")),
        State(REOPENED, Turn.DESK, pgettext_lazy("complaint", "reopened")),
        State(WITHDRAWN, Turn.NOBODY, pgettext_lazy("complaint", "withdrawn")),
        State(MERGED, Turn.NOBODY, pgettext_lazy("complaint", "merged")),
        State(DISCARDED, Turn.NOBODY, pgettext_lazy("complaint", "discarded")),
    ),
    transitions=(
        Transition("begin", of(), DRAFT, OPEN, pgettext_lazy("do", "Take down")),
        Transition("discard", of(DRAFT), DISCARDED, HANDLE, pgettext_lazy("do", "Discard the draft")),
        Transition("accept", of(DRAFT), ACCEPTED, OPEN, pgettext_lazy("do", "Accept")),
        Transition("mediate", of(ACCEPTED), ON_SPOT, HANDLE, pgettext_lazy("do", "Settle on the spot")),
        Transition("settle", of(ON_SPOT), EXECUTING, HANDLE, pgettext_lazy("do", "Settled")),
        Transition("fail", of(ON_SPOT), INVESTIGATING, HANDLE, pgettext_lazy("do", "Not settled, investigate")),
        Transition("investigate", of(ACCEPTED, REOPENED), INVESTIGATING, HANDLE, pgettext_lazy("do", "Investigate")),
        Transition("find", of(INVESTIGATING), PROPOSING, HANDLE, pgettext_lazy("do", "Write the finding")),
        Transition("ask", of(PROPOSING, RE_EVALUATING), APPROVAL, HANDLE, pgettext_lazy("do", "Send for approval")),
        # back to where it was asked: before the first offer, or in the re-evaluation
        Transition("answer", of(APPROVAL), PROPOSING, DECIDE, pgettext_lazy("do", "Decide on the approval"),
                   returns=True),
        Transition("propose", of(PROPOSING, RE_EVALUATING), AWAITING_CUSTOMER, HANDLE, pgettext_lazy("do", "Propose")),
        Transition("agree", of(*OFFERED), EXECUTING, HEAR, pgettext_lazy("do", "The customer agrees")),
        Transition("refuse", of(AWAITING_CUSTOMER), RE_EVALUATING, HEAR,
                   pgettext_lazy("do", "The customer does not agree")),
        Transition("refuse_final", of(FINAL_OFFERED), UNRESOLVED, HEAR,
                   pgettext_lazy("do", "The customer does not agree")),
        Transition("go_ahead", of(*OFFERED), EXECUTING, OVERRULE, pgettext_lazy("do", "Carry out without an answer")),
        Transition("offer_final", of(RE_EVALUATING), FINAL_OFFERED, HANDLE,
                   pgettext_lazy("do", "Give the final answer")),
        Transition("resolve", of(EXECUTING), RESOLVED, HANDLE, pgettext_lazy("do", "Resolve")),
        Transition("await_follow_up", of(RESOLVED), FOLLOW_UP, HANDLE, pgettext_lazy("do", "Await the follow-up")),
        Transition("archive", of(FOLLOW_UP, UNRESOLVED), ARCHIVED, CLOSE, pgettext_lazy("do", "Archive")),
        Transition("reopen", of(RESOLVED, FOLLOW_UP, ARCHIVED), REOPENED, HANDLE, pgettext_lazy("do", "Reopen")),
        Transition("go_external", of(*UNDECIDED, UNRESOLVED), EXTERNAL, DECIDE,
                   pgettext_lazy("do", "An authority took over")),
        Transition("hear_back", of(EXTERNAL), INVESTIGATING, HANDLE, pgettext_lazy("do", "Back from the authority")),
        Transition("settle_external", of(EXTERNAL), RESOLVED, DECIDE, pgettext_lazy("do", "Settled by the authority")),
        Transition("withdraw", of(*UNDECIDED, EXTERNAL), WITHDRAWN, HANDLE,
                   pgettext_lazy("do", "The customer withdraws it")),
        Transition("resume", of(WITHDRAWN), REOPENED, CLOSE, pgettext_lazy("do", "Take the withdrawal back")),
        # not while somebody decides on an approval: the answer would find nobody
        Transition("merge", of(*(set(UNDECIDED) - {APPROVAL})), MERGED, DECIDE,
                   pgettext_lazy("do", "Merge into another")),
        Transition("unmerge", of(MERGED), ACCEPTED, DECIDE, pgettext_lazy("do", "Take apart again"), returns=True),
    ),
    deadlines=(
        Deadline("complaint.start", starts_on=of("accept", "reopen", "resume"),
                 met_by=of("mediate", "investigate", "go_external"), cancelled_by=of("withdraw", "merge"),
                 label=pgettext_lazy("deadline", "begin to work on it")),
        Deadline("complaint.onspot.time", starts_on=of("mediate"), met_by=of("settle"),
                 cancelled_by=of("fail", "withdraw", "merge", "go_external"),
                 label=pgettext_lazy("deadline", "settle on the spot")),
        # counted from acceptance; they rest while an authority decides, never while a shop or the customer is slow;
        # when it comes back to us, what rested runs on, and what had been answered before is owed anew
        Deadline("complaint.investigate", starts_on=of("accept", "reopen", "resume", "hear_back"),
                 met_by=of("find", "settle"), cancelled_by=of("withdraw", "merge", "settle_external"),
                 pauses_in=of(EXTERNAL), label=pgettext_lazy("deadline", "investigate")),
        Deadline("complaint.propose", starts_on=of("accept", "reopen", "resume", "hear_back"),
                 met_by=of("propose", "settle"), cancelled_by=of("withdraw", "merge", "settle_external"),
                 pauses_in=of(EXTERNAL), label=pgettext_lazy("deadline", "propose a solution")),
        Deadline("complaint.final", starts_on=of("accept", "reopen", "resume", "hear_back"),
                 met_by=of("agree", "settle", "offer_final", "settle_external"),
                 cancelled_by=of("withdraw", "merge", "go_ahead"), pauses_in=of(EXTERNAL),
                 label=pgettext_lazy("deadline", "final answer")),
        # no answer for fifteen days counts as wilful delay (N-05): this one rests for nobody
        Deadline("complaint.wilful_delay", starts_on=of("accept", "reopen", "resume", "hear_back"),
                 met_by=of("agree", "settle", "offer_final", "settle_external", "go_ahead"),
                 cancelled_by=of("withdraw", "merge"), label=pgettext_lazy("deadline", "the line of the law")),
    ),
    parts=(
        Deadline("complaint.progress_update",
                 cancelled_by=of("resolve", "archive", "withdraw", "merge", "settle_external"),
                 pauses_in=of(EXTERNAL), label=pgettext_lazy("deadline", "tell the customer how it stands")),
        Deadline("complaint.customer_reply",
                 cancelled_by=of("agree", "refuse", "refuse_final", "go_ahead", "withdraw", "merge", "go_external"),
                 label=pgettext_lazy("deadline", "remind the customer")),
        Deadline("complaint.remedy", cancelled_by=of("reopen"), label=pgettext_lazy("deadline", "carry out a remedy")),
        Deadline("complaint.brand_statement", cancelled_by=of("archive", "withdraw", "merge", "discard"),
                 label=pgettext_lazy("deadline", "statement of the shop")),
        Deadline("evidence.cctv", label=pgettext_lazy("deadline", "keep the camera pictures")),
        Deadline("approval.decide", cancelled_by=of("withdraw", "merge", "go_external"),
                 label=pgettext_lazy("deadline", "decide on the approval")),
        # about what an authority settled with both sides it asks us nothing more. Where the customer withdraws, or our
        # own file is closed, its order still wants our reply by its date (N-50), and the clock runs on
        Deadline("complaint.external.reply_12315", cancelled_by=of("settle_external"),
                 label=pgettext_lazy("deadline", "reply to 12315")),
        Deadline("complaint.external.reply_12345", cancelled_by=of("settle_external"),
                 label=pgettext_lazy("deadline", "reply to 12345")),
        Deadline("complaint.external.reply", cancelled_by=of("settle_external"),
                 label=pgettext_lazy("deadline", "reply to the authority")),
    ),
)  # fmt: skip
