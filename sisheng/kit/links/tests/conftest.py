"""How the tests come by a link."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sisheng.desk.inquiries.tests.conftest import make_inquiry, play  # noqa: F401
from sisheng.kit.links import actions
from sisheng.kit.links.holder import LinkHolder


@pytest.fixture
def inquiry(make_inquiry):  # noqa: F811
    """The case of these tests."""
    return make_inquiry()


@pytest.fixture
def make_link(act, boss, inquiry):
    """A link for a day, and its token."""

    def make(*, at=None, lasts=timedelta(days=1), purpose="survey", part="", case=None):
        return actions.make(act(boss, at=at), case or inquiry, purpose=purpose, part=part, lasts=lasts)

    return make


@pytest.fixture
def holding(act):
    """An act of whoever holds this link."""
    return lambda link, **how: act(LinkHolder(link), via="link", **how)
