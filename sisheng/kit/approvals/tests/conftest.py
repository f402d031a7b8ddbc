"""How the tests come by an approval: somebody asks for an exception about an inquiry."""

from __future__ import annotations

import csv
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from conftest import SHANGHAI
from sisheng.desk.inquiries.tests.conftest import make_inquiry, play  # noqa: F401
from sisheng.kit.approvals import actions

HERE = Path(__file__).parent


def table(name):
    """A hand-written table of expectations, row by row."""
    lines = [line for line in (HERE / name).read_text(encoding="utf8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t"))


def at(hour, minute=0, day=23):
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


@pytest.fixture
def make_approval(make_inquiry, mei, act):  # noqa: F811
    """Let Mei, or somebody else, ask; at ten in the morning if nothing else is said."""

    def make(amount="640", *, by=None, at=None, case=None, ref="proposal:1", **details):
        case = case or make_inquiry(at=at)
        asked = {"title": "给顾客退款", "amount": Decimal(amount) if amount else None, **details}
        return actions.ask(act(by or mei, at=at), case, ref=ref, **asked)

    return make
