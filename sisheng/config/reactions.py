"""What follows what. Each reaction runs exactly once, in the transaction that claims its delivery."""

NOTIFY = "sisheng.kit.messages.reactions.notify"  # the people whom the event names
LAPSE = "sisheng.kit.approvals.actions.lapse"

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
    "complaint.begin": [
        "sisheng.desk.contacts.actions.mark_converted",
        "sisheng.desk.knowledge.actions.leave_to_a_case",
    ],
    "complaint.arrived": [NOTIFY],
    "complaint.raised": [NOTIFY],
    "praise.given": [NOTIFY],
    "praise.named": [NOTIFY],
    "suggestion.made": [NOTIFY],
    "suggestion.taken": [NOTIFY],
    "complaint.chased": [NOTIFY],
    "complaint.handed_on": [NOTIFY],
    "complaint.settle": [NOTIFY],
    "complaint.agree": [NOTIFY],
    "complaint.refuse": [NOTIFY],
    "complaint.refuse_final": [NOTIFY],
    "complaint.go_ahead": [NOTIFY],
    "complaint.resolve": ["sisheng.desk.complaints.reactions.after_resolved"],
    "complaint.settle_external": ["sisheng.desk.complaints.reactions.after_resolved"],
    "improvement.begin": ["sisheng.desk.complaints.reactions.improvement_asked", NOTIFY],
    "improvement.drop": ["sisheng.desk.complaints.reactions.improvement_dropped"],
    "case.assigned": [NOTIFY],
    "approval.asked": [NOTIFY],
    "approval.passed_on": [NOTIFY],
    "approval.approved": ["sisheng.desk.complaints.reactions.after_approved", NOTIFY],
    "approval.declined": ["sisheng.desk.complaints.reactions.after_declined", NOTIFY],
    "privacy.forgotten": ["sisheng.kit.messages.reactions.forget_words"],
}
