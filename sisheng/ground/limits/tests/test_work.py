from __future__ import annotations

import base64
import json
from datetime import timedelta

import pytest
from altcha import solve_challenge_v1

from sisheng.ground.limits import work


@pytest.fixture(autouse=True)
def easy(monkeypatch):
    monkeypatch.setattr(work, "MOST", 50)


def solve(asked):
    found = solve_challenge_v1(asked["challenge"], asked["salt"], asked["algorithm"], asked["maxNumber"])
    return told({**asked, "number": found.number})


def told(payload):
    return base64.b64encode(json.dumps(payload).encode()).decode()


def test_whoever_has_worked_is_believed(now):
    assert work.is_solved(solve(work.challenge("k1", now)), "k1", now + timedelta(minutes=20))


def test_the_work_serves_one_act_only(now):
    assert not work.is_solved(solve(work.challenge("k1", now)), "k2", now)


def test_the_work_goes_stale(now):
    assert not work.is_solved(solve(work.challenge("k1", now)), "k1", now + timedelta(hours=5))


def test_a_later_end_cannot_be_written_in(now):
    asked = work.challenge("k1", now)
    solution = json.loads(base64.b64decode(solve(asked)))
    expires = str(int((now + work.LASTS).timestamp()))
    forged = {**solution, "salt": solution["salt"].replace(expires, str(int(expires) + 90_000))}

    assert forged != solution
    assert not work.is_solved(told(forged), "k1", now + timedelta(hours=5))


def test_a_challenge_of_somebody_else_is_not_ours(now, settings):
    asked = work.challenge("k1", now)
    settings.SECRET_KEY = "another secret of at least thirty-two letters"

    assert not work.is_solved(solve(asked), "k1", now)


def test_guessing_is_no_work(now):
    asked = work.challenge("k1", now)
    right = json.loads(base64.b64decode(solve(asked)))["number"]

    assert not work.is_solved(told({**asked, "number": right + 1}), "k1", now)


ALL_NUMBERS = {"algorithm": 1, "challenge": 2, "number": 3, "salt": 4, "signature": 5}


@pytest.mark.parametrize("nonsense", ["", "x", "e30=", "W10=", "bnVsbA==", "\udcff", told(ALL_NUMBERS), "A" * 9000])
def test_nonsense_is_no_work_and_no_fault_of_ours(nonsense, now):
    assert not work.is_solved(nonsense, "k1", now)
