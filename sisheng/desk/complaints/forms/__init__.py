"""What is asked for at each step of a complaint."""

from sisheng.desk.complaints.forms.base import (
    MOMENT,
    MallForm,
    Note,
    Nothing,
    OptionalReason,
    OptionalWords,
    Reason,
    Words,
    grouped,
)
from sisheng.desk.complaints.forms.elsewhere import Export, External, Merge, Reply, TheirNews, Withdraw
from sisheng.desk.complaints.forms.facts import EMOTIONS, Facts
from sisheng.desk.complaints.forms.judging import Find, Improvement, Judge, Regrade, Trace
from sisheng.desk.complaints.forms.law import Circumstances
from sisheng.desk.complaints.forms.offers import (
    Apologise,
    Extend,
    HearCustomer,
    News,
    ReEvaluate,
    RemedyForm,
    Settle,
    WithRemedies,
    Write,
)
from sisheng.desk.complaints.forms.people import HandOn, NameStaff, Protect

__all__ = [
    "EMOTIONS", "MOMENT", "Apologise", "Circumstances", "Export", "Extend", "External", "Facts", "Find", "HandOn",
    "HearCustomer", "Improvement", "Judge", "MallForm", "Merge", "NameStaff", "News", "Note", "Nothing",
    "OptionalReason", "OptionalWords", "Protect", "ReEvaluate", "Reason", "Regrade", "RemedyForm", "Reply", "Settle",
    "TheirNews", "Trace", "WithRemedies", "Withdraw", "Words", "Write", "grouped",
]  # fmt: skip
