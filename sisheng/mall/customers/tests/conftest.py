"""Mei at the desk of one mall, and Lin at another."""

from __future__ import annotations

import pytest

from sisheng.mall.directory.models import Mall
from sisheng.mall.staff.models import Post, Staff


@pytest.fixture
def mall(db) -> Mall:
    return Mall.objects.create(slug="boyun", name="泊云汇")


@pytest.fixture
def other_mall(db) -> Mall:
    return Mall.objects.create(slug="other", name="别处")


@pytest.fixture
def mei(mall) -> Staff:
    return _agent("1008", "苏禾", mall)


@pytest.fixture
def lin(other_mall) -> Staff:
    return _agent("2008", "林", other_mall)


def _agent(code: str, name: str, mall: Mall) -> Staff:
    person = Staff.objects.create(code=code, name=name)
    Post.objects.create(mall=mall, staff=person, role="agent")
    return person
