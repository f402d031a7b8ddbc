"""The cast: the people and the places of our tests. Each test speaks of them by name."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from sisheng.ground.act import Act

pytest_plugins = ["tests.door"]

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY_10AM = datetime(2026, 11, 23, 10, 0, tzinfo=SHANGHAI)


@pytest.fixture
def now() -> datetime:
    return MONDAY_10AM


@pytest.fixture
def act(now):
    """Make an act: `act(mei)`, `act(mei, at=later, once="k1")`."""

    def make(by, *, at=None, once="", via="desk", said_at=None) -> Act:
        return Act(by=by, at=at or now, via=via, once=once, said_at=said_at)

    return make
