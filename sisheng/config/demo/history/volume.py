"""How many come, when, where, through which channel and with which need (domain 4.13)."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date
from typing import TypeVar

DAYS = 60
SEED = 20261122
TYPHOON = 33  # days ago: closed, and nobody came

CONTACTS = {"weekday": 180, "weekend": 420}
INQUIRIES = {"weekday": 8, "weekend": 18}
COMPLAINTS = {"weekday": 3, "weekend": 6}
GIVE_OR_TAKE = 0.12

HOURS = {9: 2, 10: 6, 11: 8, 12: 11, 13: 11, 14: 8, 15: 7, 16: 7, 17: 8, 18: 11, 19: 11, 20: 8, 21: 5, 22: 1}
# At the main desk, which has seven contacts of ten and all that do not come to a counter: 78 : 12 : 7 : 3 in all.
CHANNELS = {"counter": 686, "phone": 171, "mini": 100, "mail": 15, "web": 14, "site": 14}
NEEDS = {"1": 34, "2": 12, "3": 14, "4": 11, "5": 6, "6": 9, "7": 6, "8": 4, "9": 2, "0": 2}
DESKS = {"main": 70, "members": 8, "guide": 12, "parking": 10}
PEOPLE = {
    "main": ("1008", "1009", "1010", "1006", "1007"),
    "members": ("1011",),
    "guide": ("1012",),
    "parking": ("1015",),
}

UNANSWERED, LEFT = 0.015, 0.008  # shares of the contacts
STAMPED = 0.25  # of those at the counter of the main desk, somebody pressed the key when they came
KNOWN = 0.045  # gave a member number
ASKED_AGAIN = 0.08  # of those who are known, within the day

Drawn = TypeVar("Drawn")


def fate_of(day: int) -> random.Random:
    """The luck of the day that lies so many days back."""
    return random.Random(f"{SEED}:{day}")  # noqa: S311 (the same every time, on purpose)


def how_many(per_day: dict[str, int], on: date, fate: random.Random) -> int:
    usual = per_day["weekend" if on.weekday() >= 5 else "weekday"]
    return round(usual * fate.uniform(1 - GIVE_OR_TAKE, 1 + GIVE_OR_TAKE))


def draw(shares: dict[Drawn, int], fate: random.Random) -> Drawn:
    things: Sequence[Drawn] = tuple(shares)
    return fate.choices(things, weights=tuple(shares.values()))[0]


def seconds_to_answer(need: str, fate: random.Random) -> int:
    """From opening the log to recording it: the way is said in a quarter of a minute, other matters take longer."""
    median = 14 if need in "16" else 26
    return max(3, round(fate.lognormvariate(0, 0.45) * median))


def seconds_to_greet(fate: random.Random) -> int:
    """Nearly everybody is greeted within half a minute, as promised (REC-01)."""
    return max(2, round(fate.lognormvariate(0, 0.48) * 12))
