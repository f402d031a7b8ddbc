"""What people and machines send that no form asked for, and every place where it can be put.

A new page gets its line in FIELDS (what its form takes) or in ASKED (what its address takes); the wall says when it is
missing. The form itself, as it should be sent, stands in the table of test_every_form_is_sent_once.py.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.forms import BooleanField, FileField

from sisheng.desk.complaints.forms import Circumstances, Export, Facts, TheirNews
from sisheng.desk.complaints.steps import STEPS as COMPLAINT_STEPS
from sisheng.desk.contacts.forms import LogForm
from sisheng.desk.followups.views import STEPS as CALL_STEPS
from sisheng.desk.improvements.forms import Begin as AskImprovement
from sisheng.desk.improvements.views import STEPS as IMPROVEMENT_STEPS
from sisheng.desk.inquiries.forms import Begin
from sisheng.desk.inquiries.views import MOVES
from sisheng.desk.quality.forms import Check
from sisheng.desk.training.forms import Examine, NoteLesson
from sisheng.kit.evidence.forms import Add, AskCctv, AskStatement
from sisheng.kit.evidence.steps import OF_CCTV, OF_EVIDENCE, OF_STATEMENT
from sisheng.mall.staff.forms import NameStandIn
from sisheng.windows.book.forms import Row
from tests.walls.test_every_form_is_sent_once import FORMS, Form

MEGABYTE = 1024 * 1024
SCRIPT = "<script>alert(1)</script>"

# name: what is sent. The first are looked at before any page reads them, so one field of each page is enough.
ANYWHERE: dict[str, bytes] = {
    "4 MB": b"x" * 4 * MEGABYTE,
    "900 kB of quotes": b'"' * 900_000,
    "a NUL": b"a\0b",
    "no UTF-8": b"\xff\xfe\xc3(",
}
TEXTS: dict[str, bytes] = {
    "1,000 characters": "四声".encode() * 500,
    "nothing": b"",
    "emoji and rare characters": "👩‍👧 𠮷野家 龘".encode(),
    "a script": SCRIPT.encode(),
    "SQL": b"'; DROP TABLE x;--",
    "no telephone number": b"12-ab",
    "no address": b"me@@nowhere",
    "10^18": b"1" + b"0" * 18,
    "10^30": b"1" + b"0" * 30,
    "-1": b"-1",
    "5,000 digits": b"9" * 5000,
    "a day without end": b"99999-99-99T99:99",
    "the last day": b"9999-12-31T23:59",
    "the first day": b"0001-01-01T00:00",
}
LONGEST_HEAD = 60_000  # the server takes no longer address (docs/operations.md)
NUMBERS = {
    "10^18": str(10**18),
    "10^30": str(10**30),
    "-1": "-1",
    "a word": "abc",
    "a NUL": "a%00b",
    "no UTF-8": "%ff%fe",
}


def _said(form) -> list[str]:
    """The fields in which one says something: a tick has no words, and files are tried in ground/files."""
    return [name for name, field in form.base_fields.items() if not isinstance(field, FileField | BooleanField)]


_MOVE_FIELDS = {f"inquiries:move {name}": [*form.base_fields, "seen"] for name, (form, _action) in MOVES.items()}
_STEP_FIELDS = {
    f"{page} {step.name}": [f"{step.name}-{name}" for name in _said(step.form)]
    for page, steps in {
        "evidence:step": OF_EVIDENCE, "evidence:statement-step": OF_STATEMENT, "evidence:cctv-step": OF_CCTV,
    }.items()
    for step in steps
}  # fmt: skip
# many steps of a complaint ask the same form: what it does with bad input is tried once, at the first of them
_FIRST_WITH = {step.form: step.name for step in reversed(COMPLAINT_STEPS.values())}
_COMPLAINT_FIELDS = {
    f"complaints:step {step.name}": [
        *_said(step.form),
        *([] if step.needs else ["seen"]),
        *(["drafted"] if step.is_about_draft else []),
    ]
    if _FIRST_WITH[step.form] == step.name
    else []
    for step in COMPLAINT_STEPS.values()
}
_FIRST_IMPROVED = {step.form: name for name, step in reversed(IMPROVEMENT_STEPS.items())}
_IMPROVEMENT_FIELDS = {
    f"improvements:step {name}": [*_said(step.form), *([] if step.needs else ["seen"])]
    if _FIRST_IMPROVED[step.form] == name
    else []
    for name, step in IMPROVEMENT_STEPS.items()
}
_CALL_FIELDS = {f"followups:step {name}": [*_said(form), "seen"] for name, (form, _action) in CALL_STEPS.items()}
# form of the other table: its fields
FIELDS: dict[str, list[str]] = {
    "staff:check-in": ["desk"],
    "staff:check-out": [],
    "staff:stand-in": _said(NameStandIn),
    "staff:end-stand-in": [],
    "staff:skill": ["do", "skill"],
    "training:begin": ["person", "on"],
    "training:lesson": list(NoteLesson.base_fields),
    "training:exam": list(Examine.base_fields),
    "training:pass": [],
    "training:strike-lesson": [],
    "training:strike-exam": [],
    "contacts:log": list(LogForm.base_fields),
    "contacts:new": list(LogForm.base_fields),
    "contacts:undo": [],
    "contacts:arrive": [],
    "contacts:greet": [],
    "contacts:leave": [],
    "inquiries:begin": list(Begin.base_fields),
    "inquiries:phone": ["reason"],
    **_MOVE_FIELDS,
    "complaints:begin": _said(Facts),
    "complaints:facts": ["account", "amount"],  # the form of complaints:begin
    "complaints:circumstances": list(Circumstances.base_fields),
    "complaints:note": ["text"],
    "complaints:phone": ["reason"],
    "complaints:fulfil": [],
    "complaints:reply": ["reply"],
    "complaints:their-news": _said(TheirNews),
    "praise:name": ["person"],
    "praise:take": [],
    "praise:answer": ["answer", "reason"],
    "praise:phone": ["reason"],
    "quality:check": _said(Check),
    "quality:seen": [],
    "book:enter": ["channel", *(f"1-{name}" for name in Row.base_fields)],
    "shops:link": [],
    **_COMPLAINT_FIELDS,
    "complaints:slip": [],
    "complaints:casefile": list(Export.base_fields),
    "improvements:begin": list(AskImprovement.base_fields),
    **_IMPROVEMENT_FIELDS,
    "contacts:typical": [],
    "approvals:decide": ["answer", "seen", "words"],
    "approvals:withdraw": [],
    "messages:see-all": [],
    "messages:open": [],
    "messages:cancel": [],
    "messages:told": [],
    "evidence:add": _said(Add),
    "evidence:ask-statement": list(AskStatement.base_fields),
    "evidence:ask-cctv": list(AskCctv.base_fields),
    **_STEP_FIELDS,
    "followups:strike": [],
    "followups:phone": ["reason"],
    **_CALL_FIELDS,
    "board:assign": ["case", "to"],
    "board:save-view": ["name"],
    "board:remove-view": ["name"],
    "board:acknowledge": [],
}

# one of the two is asked for, and the first is named
INSTEAD = {"anonymous_label": "phone", "who": "contact"}

# page: what its address may say after the question mark; page and size are what somebody tries who knows other systems
PAGING = ["page", "size", "limit", "offset"]
ASKED: dict[str, list[str]] = {
    "board:home": ["mine"],
    "board:now": ["mine"],
    "board:today": [],
    "board:palette": ["q"],
    "board:found": ["q"],
    "board:cases": ["view", "kind", "status", "channel", "handler", "shop", "customer", "after", *PAGING],
    "board:counts": ["view", "kind", "status", "channel", "handler", "shop", "customer"],
    "staff:check-in": [],
    "staff:people": PAGING,
    "training:index": PAGING,
    "training:detail": [],
    "contacts:index": ["before", *PAGING],
    "contacts:new": ["channel", "need", "answer"],
    "contacts:cards": [],
    "contacts:strip": [],
    "contacts:waiting": [],
    "contacts:detail": [],
    "knowledge:phrases": ["voice", "channel", "need"],
    "knowledge:gaps": PAGING,
    "plans:index": [],
    "plans:all": [],
    "plans:card": [],
    "inquiries:begin": ["words", "unit", "contact"],
    "inquiries:detail": [],
    "inquiries:move": [],
    "inquiries:phone": [],
    "portal:poster": ["at", "for"],
    "complaints:begin": ["unit"],
    "complaints:detail": ["show"],
    "complaints:facts": [],
    "complaints:phone": [],
    "complaints:reply": [],
    "complaints:their-news": [],
    "complaints:step": [],
    "complaints:slip": ["language", "large"],
    "complaints:form": ["language", "large"],
    "complaints:handling": ["language", "large"],
    "complaints:letter": ["language", "large"],
    "complaints:casefile": ["language"],
    "improvements:index": PAGING,
    "improvements:begin": ["origin"],
    "improvements:panel": [],
    "improvements:detail": [],
    "improvements:step": [],
    "board:typical": ["week", *PAGING],
    "praise:index": PAGING,
    "quality:index": PAGING,
    "book:enter": [],
    "book:sitting": [],
    "book:ways": [],
    "shops:link": [],
    "messages:notices": PAGING,
    "messages:count": [],
    "messages:of-case": [],
    "evidence:panel": PAGING,
    "evidence:add": ["kind"],
    "evidence:one": [],
    "evidence:file": [],
    "evidence:ask-statement": [],
    "evidence:statement": [],
    "evidence:ask-cctv": [],
    "evidence:cctv": [],
    "followups:index": PAGING,
    "followups:results": [],
    "followups:ratings": PAGING,
    "followups:panel": [],
    "followups:detail": [],
    "followups:phone": [],
    "followups:step": [],
    "approvals:index": PAGING,
    "approvals:waiting": [],
    "approvals:panel": [],
    "approvals:detail": [],
    "reports:complaints": ["period", "from", "until"],
    "reports:complaints-which": ["period", "from", "until", "show", "category", "cause", "shop", "floor", "week"],
    "reports:complaints-csv": ["period", "from", "until"],
    "board:assign": ["view", "shop"],
    "board:save-view": ["view", "shop", "status"],
    "board:remove-view": ["view", "shop"],
}


@dataclass(frozen=True, eq=False)
class Place:
    """One field of one form, or one word of an address."""

    page: str
    field: str
    form: Form | None = None

    def __str__(self) -> str:
        return f"{'POST' if self.form else 'GET'} {self.form or self.page} {self.field}"


def everywhere(places: list[Place]) -> dict[Place, dict[str, bytes]]:
    """What is sent to each place."""
    firsts = {str(place.form or place.page): place for place in reversed(places)}
    return {place: (ANYWHERE if place in firsts.values() else {}) | TEXTS for place in places}


_FORMS = {str(form): form for form in reversed(FORMS)}  # of several of one name the first
IN_FORMS = everywhere(
    [Place(form.page, name, form) for form in reversed(_FORMS.values()) for name in FIELDS[str(form)]]
)
IN_ADDRESSES = everywhere([Place(page, name) for page, names in ASKED.items() for name in names])
