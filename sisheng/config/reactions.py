"""What follows what. Each reaction runs exactly once, in the transaction that claims its delivery."""

NOTIFY = "sisheng.kit.messages.reactions.notify"  # the people whom the event names
LAPSE = "sisheng.kit.approvals.actions.lapse"
# calls and the question by link come first: after that the complaint waits for what they bring
SETTLED = [
    "sisheng.desk.followups.actions.planning.after_settling",
    "sisheng.desk.followups.actions.surveys.schedule",
    "sisheng.desk.complaints.reactions.after_resolved",
]
HEARD = "sisheng.desk.complaints.reactions.customer_was_heard"

REACTIONS: dict[str, list[str]] = {
    "inquiry.begin": [
        "sisheng.desk.contacts.actions.mark_converted",
        "sisheng.desk.knowledge.actions.leave_to_a_case",
    ],
    "inquiry.miss": [LAPSE],
    "inquiry.close": [LAPSE],
    "inquiry.withdraw": [LAPSE],
    "contact.unanswered": ["sisheng.desk.knowledge.actions.note_gap"],
    "contact.undone": ["sisheng.desk.knowledge.actions.take_back"],
    "contact.passed_up": [NOTIFY],
    "complaint.begin": [
        "sisheng.desk.contacts.actions.mark_converted",
        "sisheng.desk.knowledge.actions.leave_to_a_case",
    ],
    "complaint.arrived": [NOTIFY],
    "complaint.raised": [NOTIFY],
    "complaint.rejudged": [NOTIFY],
    "praise.given": [NOTIFY],
    "praise.named": [NOTIFY],
    "suggestion.made": [NOTIFY],
    "suggestion.taken": [NOTIFY],
    "rating.unhappy": [NOTIFY],
    "rating.unsolved": [NOTIFY],
    "complaint.chased": [NOTIFY],
    "statement.received": [NOTIFY],
    "complaint.threatened": [NOTIFY],
    "complaint.handed_on": [NOTIFY],
    "complaint.photos_came": [NOTIFY],
    "complaint.settle": [NOTIFY],
    "complaint.agree": [NOTIFY],
    "complaint.refuse": [NOTIFY],
    "complaint.refuse_final": [NOTIFY],
    "complaint.go_ahead": [NOTIFY],
    "improvement.begin": ["sisheng.desk.complaints.reactions.improvement_asked", NOTIFY],
    "improvement.drop": ["sisheng.desk.complaints.reactions.improvement_dropped"],
    "complaint.resolve": SETTLED,
    "complaint.settle_external": SETTLED,
    "complaint.reopen": ["sisheng.desk.followups.actions.planning.cancel_of_reopened"],
    "complaint.wished": [NOTIFY],
    "followup.finish": [HEARD, "sisheng.desk.complaints.reactions.after_a_no"],
    "followup.give_up": [HEARD],
    "followup.refuse": [HEARD],
    "case.assigned": [NOTIFY],
    "approval.asked": [NOTIFY],
    "approval.passed_on": [NOTIFY],
    "approval.approved": ["sisheng.desk.complaints.reactions.after_approved", NOTIFY],
    "approval.declined": ["sisheng.desk.complaints.reactions.after_declined", NOTIFY],
    "approval.withdrawn": ["sisheng.desk.complaints.reactions.after_taken_back"],
    "quality.reviewed": [NOTIFY],
    "privacy.forgotten": [
        "sisheng.kit.messages.reactions.forget_words",
        "sisheng.desk.quality.actions.forget_note",
    ],
}
