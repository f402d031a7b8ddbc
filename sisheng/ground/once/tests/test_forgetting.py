"""Receipts are kept as long as somebody may send a form again, and no longer."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sisheng.config.timetable import TIMETABLE
from sisheng.ground.once import actions
from sisheng.ground.once.actions import forget_old
from sisheng.ground.once.models import Receipt

pytestmark = pytest.mark.django_db


@pytest.fixture
def receipt(now):
    def lay(key, age):
        return Receipt.objects.create(by="staff:1", key=key, at=now - age, words="w")

    return lay


@pytest.fixture
def in_small_batches(monkeypatch):
    monkeypatch.setattr(actions, "AT_ONCE", 2)


def keys():
    return set(Receipt.objects.values_list("key", flat=True))


def test_a_receipt_outlives_a_day_with_room_to_spare_and_not_a_week(receipt, now):
    receipt("last week", timedelta(days=7))
    receipt("on Friday evening", timedelta(hours=62))
    receipt("yesterday", timedelta(hours=24, minutes=1))
    receipt("now", timedelta(0))

    forget_old(now)

    assert keys() == {"on Friday evening", "yesterday", "now"}


def test_what_is_old_goes_in_batches_until_nothing_old_is_left(
    receipt, now, in_small_batches, django_assert_num_queries
):
    for number in range(5):
        receipt(f"old {number}", timedelta(days=9))
    receipt("new", timedelta(hours=1))

    with django_assert_num_queries(6):  # three looks, two whole batches and the rest
        forget_old(now)

    assert keys() == {"new"}


def test_looking_ends_at_what_is_still_of_use(receipt, now, in_small_batches, django_assert_num_queries):
    for number in range(6):
        receipt(f"today {number}", timedelta(hours=1))

    with django_assert_num_queries(1):
        forget_old(now)

    assert len(keys()) == 6


def test_the_timetable_does_it_every_day():
    assert TIMETABLE["sisheng.ground.once.actions.forget_old"].endswith("* * *")
