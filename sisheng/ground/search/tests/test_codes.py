from __future__ import annotations

import pytest

from sisheng.ground.search.codes import asked_keys, beginnings, number_keys


@pytest.mark.parametrize(
    ("number", "keys"),
    [
        ("TS-261122-0007", {"ts2611220007", "2611220007", "7", "ts7"}),
        ("ＴＳ－２６１１２２－０００７", {"ts2611220007", "2611220007", "7", "ts7"}),
        ("TS-261122-0000", {"ts2611220000", "2611220000", "0", "ts0"}),
        ("ZS-00142", {"zs00142", "00142", "142", "zs142"}),
        ("GK-0018731", {"gk0018731", "0018731", "18731", "gk18731", "8731", "gk8731"}),
        ("JB-261122-A2", {"jb261122a2", "261122a2", "a2", "jba2"}),
        ("PX-2611-005", {"px2611005", "2611005", "5", "px5"}),
        ("L2-C02", {"l2c02"}),
        ("6037", {"6037"}),
        ("—", set()),
    ],
)
def test_a_number_has_the_keys_by_which_people_say_it(number, keys):
    assert number_keys(number) == keys


@pytest.mark.parametrize("asked", ["7", "0007", "ts7", "ts0007", "ts2611220007", "2611220007"])
def test_each_way_of_saying_it_is_one_of_its_keys(asked):
    assert asked_keys(asked) & number_keys("TS-261122-0007")
    assert not asked_keys(asked) & number_keys("TS-261122-0017")


def test_typing_leads_to_the_number_from_the_second_sign_on():
    assert beginnings("L2-C02") == {"l2", "l2c", "l2c0", "l2c02"}
