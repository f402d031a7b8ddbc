"""Complaints live random lives; clocks, events and messages are compared with a second opinion after every step."""

from __future__ import annotations

import pytest

from tests.lives.house import lay_out
from tests.lives.life import Ledger, play

LIVES = 300
PARTS = 4  # so that they can be played side by side
MOVES = 8  # in each, before it is brought to its end


@pytest.mark.django_db
@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_is_wrong_in_random_lives(part):
    first = 20261125 + part * LIVES  # the same lives each time; bin/deep complaints plays others
    house, ledger = lay_out(), Ledger()

    wrong = [told for seed in range(first, first + LIVES // PARTS) for told in play(house, seed, ledger, moves=MOVES)]

    print(f"seeds from {first}: {ledger}")
    assert wrong == [], "\n".join(wrong[:10])
