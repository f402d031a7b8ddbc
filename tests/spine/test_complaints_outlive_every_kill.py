"""kill -9 of worker, web and everything while complaints are worked on; longer in `bin/deep complaint_kills`."""

from __future__ import annotations

import random

import pytest

from tests.killing.complaints import Complainer, FoundComplaints
from tests.killing.rounds import play


@pytest.mark.rule("CMP-01")
@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_no_step_of_a_complaint_is_lost_doubled_or_half_made_when_web_and_worker_are_killed():
    seed = random.SystemRandom().randrange(10**9)

    outcome = play(rounds=1, seconds=5, people=4, seed=seed, person=Complainer, found=FoundComplaints)

    print(outcome)
    assert outcome.wrong == [], f"seed {seed}"
    assert min(outcome.killed.values()) >= 1, outcome
    assert outcome.acknowledged > 8, outcome
