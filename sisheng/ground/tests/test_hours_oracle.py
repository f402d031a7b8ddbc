"""The engine against a second opinion, to the second, on thousands of random calendars (bin/deep has the long run)."""

import random

from sisheng.ground.tests.hours_samples import disagreements

CALENDARS = 5_000


def test_the_engine_agrees_with_the_oracle_to_the_second_on_five_thousand_calendars(capsys):
    seed = random.SystemRandom().randrange(10**9)
    with capsys.disabled():
        print(f"\n{CALENDARS} random calendars, seeds from {seed}")

    found = [line for each in range(seed, seed + CALENDARS) for line in disagreements(each)]

    assert found == [], f"seeds from {seed}"


def test_the_engine_agrees_with_the_oracle_on_the_same_calendars_every_time():
    found = [line for each in range(200) for line in disagreements(each)]

    assert found == []
