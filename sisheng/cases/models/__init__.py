"""The spine: every matter that somebody waits for the desk to finish."""

from sisheng.cases.models.alert import Alert
from sisheng.cases.models.case import Case, kinds
from sisheng.cases.models.clock import Clock, Pause
from sisheng.cases.models.note import Link, Note

__all__ = ["Alert", "Case", "Clock", "Link", "Note", "Pause", "kinds"]
