"""kill -9 of web and worker while eight people write, three short rounds; `bin/deep kill` plays the long ones."""

from __future__ import annotations

import random

import pytest

from tests.killing.rounds import play


@pytest.mark.rule("REC-08")
@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_nothing_is_lost_doubled_or_half_made_when_web_and_worker_are_killed():
    seed = random.SystemRandom().randrange(10**9)

    outcome = play(rounds=3, seconds=4, seed=seed)

    print(outcome)
    assert outcome.wrong == [], f"seed {seed}"
    assert (outcome.lost, outcome.doubled, outcome.half_made) == (0, 0, 0)
    assert min(outcome.killed.values()) >= 1, outcome
    assert outcome.acknowledged > 20, outcome
    assert outcome.sent_again > 0, outcome
