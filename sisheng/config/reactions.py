"""What follows what. Each reaction runs exactly once, in the transaction that claims its delivery."""

REACTIONS: dict[str, list[str]] = {
    "inquiry.begin": ["sisheng.desk.contacts.actions.mark_converted"],
    "contact.unanswered": ["sisheng.desk.knowledge.actions.note_gap"],
}
