"""Who may do what (domain.md 4.5). A permission is `<slice>.<verb>`."""

AGENT = frozenset(
    {
        "desk.work",
        "contacts.log",
        "contacts.undo",
        "inquiries.open",
        "inquiries.handle",
        "complaints.open",
        "complaints.handle",
        "complaints.hear",
        "improvements.propose",
        "improvements.do",
        "followups.call",
        "cases.see",
        "cases.note",
        "cases.acknowledge",
        "messages.send",
        "customers.see",
        "customers.reveal",
        "customers.add",
        "directory.see",
        "approvals.ask",
        "evidence.see",
        "evidence.keep",
        "evidence.cctv",
        "statements.ask",
        "statements.give",  # what a shop says on paper or by telephone
        "links.make",
        "praise.see",
        "praise.give",  # what somebody says at the counter
        "ratings.see",
        "quality.see",  # what was said of one's own work
    }
)
LEAD = AGENT | {
    "approvals.decide",
    "complaints.decide",
    "improvements.verify",
    "followups.plan",
    "cases.assign",
    "cases.pause",
    "staff.see_presence",
    "staff.stand_in",
    "evidence.original",
    "evidence.hand_over",
    "praise.name",
    "reports.see",
    "suggestions.answer",
}
SUPERVISOR = LEAD | {
    "complaints.close",
    "complaints.export",
    "improvements.decide",
    "directory.edit",
    "knowledge.edit",
    "staff.name_duty_manager",
    "staff.train",
    "policies.see",
    "imports.run",
    "quality.review",
}
MANAGER = SUPERVISOR | {"complaints.overrule", "policies.set", "audit.see", "customers.export", "customers.forget"}

ROLES: dict[str, frozenset[str]] = {
    "agent": AGENT,
    "bagkeeper": frozenset({"desk.work", "directory.see", "praise.see"}),
    "lead": LEAD,
    "supervisor": SUPERVISOR,
    "manager": MANAGER,
    "duty_manager": LEAD | {"staff.name_duty_manager"},
    "partner": frozenset({"inquiries.answer", "statements.give"}),
    "qa": frozenset(
        {
            "desk.work",
            "cases.see",
            "evidence.see",
            "directory.see",
            "praise.see",
            "quality.see",
            "quality.review",
            "ratings.see",
        }
    ),
    "auditor": frozenset({"audit.see"}),
    "admin": frozenset({"directory.see", "directory.edit", "policies.see", "staff.manage", "imports.run"}),
}

# At the public door: whoever comes, and whoever has shown the number and the public code of a case.
VISITOR = frozenset({"portal.look", "complaints.open", "customers.add", "praise.give", "ratings.give"})
VISITORS: dict[str, frozenset[str]] = {
    "visitor": VISITOR,
    "case_visitor": VISITOR | {"portal.case", "complaints.hear", "evidence.keep"},
}

# What a one-time link lets its holder do, by its purpose. Nothing else: not even see the other parts of its case.
LINKS: dict[str, frozenset[str]] = {
    "statement": frozenset({"statements.give"}),
    "survey": frozenset({"surveys.answer"}),
}
