"""What several walls stand on."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest

from sisheng.desk.complaints.tests.conftest import (  # noqa: F401
    make_complaint,
    make_ready,
    play_complaint,
    receive,
    skincare,
)
from sisheng.desk.inquiries.tests.conftest import make_inquiry, play  # noqa: F401
from tests.spine.conftest import together  # noqa: F401


@pytest.fixture
def clock(monkeypatch, now):
    """What the site takes for the time: three seconds after the cast did what a test begins with."""
    told = SimpleNamespace(at=now + timedelta(seconds=3))
    monkeypatch.setattr("sisheng.mall.staff.middleware.timezone", SimpleNamespace(now=lambda: told.at))
    return told
