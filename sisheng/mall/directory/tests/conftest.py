"""A small mall for the tests of the directory."""

from __future__ import annotations

import pytest

from sisheng.mall.directory.models import Mall


@pytest.fixture
def mall(db) -> Mall:
    return Mall.objects.create(slug="boyun", name="泊云汇")
