"""What the law says where a complaint meets it, at hand for whoever decides. It decides nothing by itself."""

from sisheng.desk.complaints.law.facts import Facts
from sisheng.desk.complaints.law.lookup import LawAtHand, at_hand
from sisheng.desk.complaints.law.table import LAWS, Law

__all__ = ["LAWS", "Facts", "Law", "LawAtHand", "at_hand"]
