"""The sentences of these tests are read as the people in the office of a mall read them."""

from __future__ import annotations

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def in_chinese(in_english):
    with translation.override("zh-hans"):
        yield
