"""What follows what. Each reaction runs exactly once, in the transaction that claims its delivery."""

REACTIONS: dict[str, list[str]] = {
    "inquiry.begin": ["sisheng.desk.contacts.actions.mark_converted"],
    "inquiry.miss": ["sisheng.kit.approvals.actions.lapse"],
    "inquiry.close": ["sisheng.kit.approvals.actions.lapse"],
    "inquiry.withdraw": ["sisheng.kit.approvals.actions.lapse"],
    "contact.unanswered": ["sisheng.desk.knowledge.actions.note_gap"],
    "case.assigned": ["sisheng.kit.messages.reactions.notify"],
    "approval.asked": ["sisheng.kit.messages.reactions.notify"],
    "approval.passed_on": ["sisheng.kit.messages.reactions.notify"],
    "approval.approved": ["sisheng.kit.messages.reactions.notify"],
    "approval.declined": ["sisheng.kit.messages.reactions.notify"],
    "privacy.forgotten": ["sisheng.kit.messages.reactions.forget_words"],
}
