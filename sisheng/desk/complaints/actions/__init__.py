"""What people do with a complaint, in the order in which it happens."""

from sisheng.desk.complaints.actions.again import reopen, resume, withdraw
from sisheng.desk.complaints.actions.answers import agree, go_ahead, re_evaluate, refuse
from sisheng.desk.complaints.actions.authorities import (
    go_external,
    hear_back,
    note_external,
    register_external,
    reply_external,
    settle_external,
)
from sisheng.desk.complaints.actions.closing import (
    archive,
    decide_improvement,
    fulfil,
    hear_customer,
    resolve,
    settle,
    trace,
)
from sisheng.desk.complaints.actions.concerning import name_staff
from sisheng.desk.complaints.actions.intake import accept, discard, receive, take_down
from sisheng.desk.complaints.actions.judging import regrade
from sisheng.desk.complaints.actions.merging import merge, story, suggestions, unmerge
from sisheng.desk.complaints.actions.offers import offer_final, propose, remind
from sisheng.desk.complaints.actions.papers import export, hand_slip
from sisheng.desk.complaints.actions.protecting import protect
from sisheng.desk.complaints.actions.work import (
    apologise,
    chase,
    edit,
    extend,
    fail,
    find,
    hand_on,
    inform,
    investigate,
    judge,
    mark_typical,
    mediate,
    note_photos,
    restate,
)
from sisheng.desk.complaints.actions.writing import ask, remedy_lines, write_proposal

__all__ = [
    "accept", "agree", "apologise", "archive", "ask", "chase", "decide_improvement", "discard", "edit",
    "export", "extend", "fail", "find", "fulfil", "go_ahead", "go_external", "hand_on", "hand_slip",
    "hear_back", "hear_customer", "inform", "investigate", "judge", "mark_typical", "mediate", "merge",
    "name_staff", "note_external", "note_photos", "offer_final", "propose", "protect", "re_evaluate", "receive",
    "refuse", "register_external",
    "regrade", "remedy_lines", "remind", "reopen", "reply_external", "resolve", "restate", "resume",
    "settle", "settle_external", "story", "suggestions", "take_down", "trace", "unmerge", "withdraw", "write_proposal",
]  # fmt: skip
