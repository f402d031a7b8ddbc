"""The demo mall, loaded once for all tests that only look at it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction

from sisheng.config.demo.history import writing
from sisheng.config.demo.loading import Summary, load
from sisheng.mall.directory.models import Mall

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


@contextmanager
def days_behind(blocker: Any, days: int, *, typhoon: int) -> Iterator[Mall]:
    """The mall on that Sunday with so many days behind it; so many days ago a typhoon closed it for one."""
    with blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(writing, "TYPHOON", typhoon)
        mall = load(password="correct horse", at=SUNDAY_AFTERNOON).mall
        writing.write(mall, SUNDAY_AFTERNOON, days=days)
        yield mall
        transaction.set_rollback(True)
