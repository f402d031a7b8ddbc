"""What a row of the table may hold."""

import pytest

from sisheng.ground.policies.checks import policies_are_sound
from sisheng.ground.policies.table import Bound, Policy, registry


def test_the_table_is_sound():
    assert policies_are_sound(None) == []


BROKEN = [
    (Policy("callback", "x", 1, "hours", "N", "x"), "is not a key"),
    (Policy("a.b", "x", 1, "fortnights", "N", "x"), "there is no unit"),
    (Policy("a.b", "x", 1, "hours", "", "x"), "cannot be counted"),
    (Policy("a.b", "x", 1, "yuan", "N", "x"), "cannot be counted"),
    (Policy("a.b", "x", 1, "workdays", "O", "x"), "counted W"),
    (Policy("a.b", "x", 1, "hours", "N", ""), "where it comes from"),
    (Policy("a.b", "x", "1", "hours", "N", "x"), "whole number"),
    (Policy("a.b", "x", True, "count", "", "x"), "whole number"),
    (Policy("a.b", "x", 101, "percent", "", "x"), "between 0 and 100"),
    (Policy("a.b", "x", {"rule": "soon"}, "rule", "N", "x"), "not a rule"),
    (Policy("a.b", "x", {"rule": "next_day", "at": "25:00"}, "rule", "N", "x"), "not a rule"),
    (Policy("a.b", "x", 6, "days", "N", "x", bounds=(Bound("seven at least", least=7),)), "seven at least"),
    (
        Policy("a.b", "x", 6, "days", "N", "x", bounds=(Bound("better seven", least=7, only_warns=True),)),
        "better seven",
    ),
    (Policy("a.b", "x", "y", "text", "", "x", bounds=(Bound("seven", least=7),)), "only a number"),
]


@pytest.mark.parametrize(("policy", "sentence"), BROKEN, ids=[sentence for _policy, sentence in BROKEN])
def test_a_row_that_is_not_sound_stops_the_site_with_a_sentence(monkeypatch, policy, sentence):
    monkeypatch.setattr("sisheng.ground.policies.checks.policies", lambda: {policy.key: policy})

    found = policies_are_sound(None)

    assert [sentence in error.msg for error in found] == [True], found


def test_a_key_cannot_be_written_down_twice():
    with pytest.raises(ValueError, match=r"twice: a\.b"):
        registry(Policy("a.b", "x", 1, "count", "", "x"), Policy("a.b", "y", 2, "count", "", "x"))
