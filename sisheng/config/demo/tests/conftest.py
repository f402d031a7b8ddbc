"""The demo mall, loaded once for all tests that only look at it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction

from sisheng.config.demo.loading import Summary, load

SUNDAY_AFTERNOON = datetime(2026, 11, 22, 14, 22, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker) -> Summary:
    """What loading has done; the mall is there until the last test of the file."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load(password="correct horse", at=SUNDAY_AFTERNOON)
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def boyun(demo):
    return demo.mall
