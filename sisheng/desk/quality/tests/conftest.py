"""How the tests come by a day of work, and by a record that was drawn."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sisheng.desk.complaints.tests.conftest import make_complaint, play_complaint, receive, skincare  # noqa: F401
from sisheng.desk.contacts.models import Contact
from sisheng.desk.quality.actions import draw
from sisheng.desk.quality.models import Review


@pytest.fixture
def yesterday(riverside, now):
    return riverside.today(now) - timedelta(days=1)


@pytest.fixture
def take(riverside, mei, yesterday, now):
    """So many receptions of one channel; those of yesterday, unless another day is said."""

    def take(count, channel="phone", *, agent=mei, mall=riverside, on=yesterday, outcome="answered", **told):
        begun = Contact.objects.count()
        return Contact.objects.bulk_create(
            Contact(
                mall=mall, number=f"JD-{on:%y%m%d}-{begun + turn:04}", at=now - timedelta(days=1), on=on, agent=agent,
                channel=channel, need="5", outcome=outcome, **told,
            )
            for turn in range(count)
        )  # fmt: skip

    return take


@pytest.fixture
def drawn(riverside, yesterday, now):
    """Draw yesterday's lot; how many of each group are in it."""

    def drawn(*, at=now, mall=riverside):
        lot = draw(mall, yesterday, at)
        return tuple(lot.reviews.filter(group=group).count() for group in Review.Group.values)

    return drawn


@pytest.fixture
def sample(take, drawn):
    """One call of Mei that was drawn, with an answer unless another outcome is said."""

    def sample(**told):
        (contact,) = take(1, **told)
        drawn()
        return Review.objects.select_related("mall", "agent").get(record=contact.number)

    return sample
