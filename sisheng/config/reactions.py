"""What follows what. Each reaction runs exactly once, in the transaction that claims its delivery."""

REACTIONS: dict[str, list[str]] = {
    "contact.unanswered": ["sisheng.desk.knowledge.actions.note_gap"],
}
