"""The pages of a complaint."""

from sisheng.desk.complaints.views.beside import fulfil, note, phone, reply, their_news
from sisheng.desk.complaints.views.facts import facts
from sisheng.desk.complaints.views.intake import begin, begin_with
from sisheng.desk.complaints.views.law import circumstances
from sisheng.desk.complaints.views.steps import detail, step

__all__ = [
    "begin",
    "begin_with",
    "circumstances",
    "detail",
    "facts",
    "fulfil",
    "note",
    "phone",
    "reply",
    "step",
    "their_news",
]
