"""Two days of ten complaints with people coming and going; `bin/deep month` plays thirty days of sixty."""

from __future__ import annotations

import random

import pytest

from tests.month.looking import counted, wrong_with
from tests.month.play import Month


@pytest.mark.django_db
def test_alarms_reach_who_is_there_and_messages_keep_the_quiet_hours():
    month = Month(seed=random.SystemRandom().randrange(10**9), days=2, a_day=10)

    month.play(tell=lambda words: None)

    print(f"seed {month.seed}: {counted(month)}")
    assert list(wrong_with(month)) == [], f"seed {month.seed}"
    assert month.received > 10
    assert month.rung > 10
    assert len(month.came_at) > 10
