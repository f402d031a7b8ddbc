"""What counts in a mall at a moment."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from sisheng.ground.policies import current
from sisheng.ground.policies.models import PolicyVersion, value_of, versions
from sisheng.ground.policies.value import Value

pytestmark = pytest.mark.django_db
KEY = "inquiry.callback"
RIVERSIDE, HILLTOP = 1, 2


@pytest.fixture
def decide(now):
    def make(version, value, *, from_at=now, mall_id=RIVERSIDE):
        return PolicyVersion.objects.create(
            mall_id=mall_id, key=KEY, version=version, value=value, unit="minutes", counted="O",
            from_at=from_at, by="staff:1", reason="Holiday crowds", recorded_at=now,
        )  # fmt: skip

    return make


def test_until_a_mall_decides_the_table_counts(now, django_assert_num_queries):
    with django_assert_num_queries(1):
        value = current(RIVERSIDE, KEY, now)

    assert value == Value(KEY, 60, "minutes", "O", version=0)
    assert value.amount == timedelta(hours=1)


def test_a_version_counts_from_its_moment_and_in_its_mall(now, decide):
    decide(1, 45, from_at=now + timedelta(days=1))

    assert current(RIVERSIDE, KEY, now + timedelta(hours=23)).value == 60
    assert current(RIVERSIDE, KEY, now + timedelta(days=1)) == Value(KEY, 45, "minutes", "O", version=1)
    assert current(HILLTOP, KEY, now + timedelta(days=1)).version == 0


def test_what_begins_last_counts_and_the_later_word_when_two_begin_together(now, decide):
    decide(1, 45, from_at=now + timedelta(days=7))
    decide(2, 50, from_at=now)
    decide(3, 40, from_at=now)

    assert current(RIVERSIDE, KEY, now).version == 3
    assert current(RIVERSIDE, KEY, now + timedelta(days=7)).version == 1
    assert [version.version for version in versions(RIVERSIDE, KEY)] == [3, 2, 1]


def test_a_clock_can_ask_for_the_version_under_which_it_started(now, decide):
    decide(1, 45)
    decide(2, 40)

    assert value_of(RIVERSIDE, KEY, 1).value == 45
    assert value_of(RIVERSIDE, KEY, 0).value == 60
    with pytest.raises(PolicyVersion.DoesNotExist):
        value_of(HILLTOP, KEY, 1)


def test_nobody_asks_for_a_policy_that_does_not_exist(now):
    with pytest.raises(KeyError):
        current(RIVERSIDE, "inquiry.callbak", now)


def test_a_version_is_written_once(now, decide):
    decide(1, 45)

    with pytest.raises(IntegrityError), transaction.atomic():
        decide(1, 40)
    with pytest.raises(IntegrityError), transaction.atomic():
        decide(2, 40, from_at=now - timedelta(seconds=1))
    with pytest.raises(TypeError):
        PolicyVersion.objects.get().save()
