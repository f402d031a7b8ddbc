from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import translation

from sisheng.ground.limits.actions import sweep, take
from sisheng.ground.limits.models import Bucket
from sisheng.ground.refusals import TooMany

pytestmark = pytest.mark.django_db

PER_HOUR, AT_ONCE = 6, 3  # one comes back every ten minutes


@pytest.fixture
def ask(now):
    """Take a token so many minutes later; False where there was none."""

    def ask(minutes=0.0, key="203.0.113.7"):
        try:
            take(key, PER_HOUR, AT_ONCE, now + timedelta(minutes=minutes))
        except TooMany:
            return False
        return True

    return ask


def test_so_many_at_once_and_no_more(ask):
    assert [ask(), ask(), ask(), ask()] == [True, True, True, False]


def test_one_comes_back_at_a_time(ask):
    for _time in range(3):
        ask()

    assert [ask(9.9), ask(10), ask(10.1), ask(20)] == [False, True, False, True]


def test_after_a_long_rest_the_bucket_is_full_and_not_fuller(ask):
    ask()

    assert [ask(600), ask(600), ask(600), ask(600)] == [True, True, True, False]


def test_being_refused_costs_nothing(ask):
    for _time in range(3):
        ask()
    for _time in range(20):
        assert not ask(5)

    assert ask(10)


def test_everybody_has_a_bucket_of_their_own(ask):
    for _time in range(3):
        ask()

    assert ask(key="203.0.113.8")


def test_the_sentence_says_when_and_that_is_true(ask, now):
    for _time in range(3):
        ask(1 / 3)

    with pytest.raises(TooMany, match=r"again at 10:11\."):
        take("203.0.113.7", PER_HOUR, AT_ONCE, now + timedelta(minutes=1))
    assert ask(11)


def test_it_is_said_in_chinese_as_well(ask, now):
    for _time in range(3):
        ask()

    with translation.override("zh-hans"), pytest.raises(TooMany, match="请在 10:10 以后再试"):
        take("203.0.113.7", PER_HOUR, AT_ONCE, now)


@pytest.mark.rule("PRV-01")
def test_whose_bucket_it_is_cannot_be_read(ask, settings):
    ask()
    kept = Bucket.objects.get().key
    settings.SECRET_KEY = "another secret of at least thirty-two letters"
    ask()

    assert "203" not in kept
    assert Bucket.objects.count() == 2  # nobody without the secret finds it again


def test_full_buckets_are_swept_and_the_others_stay(ask, now):
    ask()
    ask(key="another")
    ask(key="another")

    assert sweep(now + timedelta(minutes=10)) == 1
    assert Bucket.objects.count() == 1
    assert [ask(10, key="another"), ask(10, key="another"), ask(10, key="another")] == [True, True, False]
