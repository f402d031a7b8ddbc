"""The calendar engine against the interval oracle, to the second, on random calendars."""

from __future__ import annotations

import random
import sys
from argparse import ArgumentParser
from time import monotonic

from sisheng.ground.tests.hours_samples import disagreements

SHOWN = 20  # disagreements told in full


def main(words: list[str]) -> int:
    options = _options(words)
    first, count = options.seed, options.calendars
    print(f"{count:,} calendars, seeds {first} to {first + count - 1}", flush=True)
    began, wrong = monotonic(), 0
    for done, seed in enumerate(range(first, first + count), start=1):
        found = disagreements(seed)
        wrong += bool(found)
        if found and wrong <= SHOWN:
            print(*found, sep="\n", flush=True)
        if done % 10_000 == 0:
            print(f"{done:>9,} compared, {wrong} wrong, {monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    print(f"{count:,} calendars compared, {wrong} wrong, {monotonic() - began:.0f} s, seed {first}")
    return 1 if wrong else 0


def _options(words: list[str]):
    parser = ArgumentParser(prog="bin/deep calendar", description=__doc__)
    parser.add_argument("--calendars", type=int, default=100_000, help="how many (100000)")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**9), help="the first seed")
    return parser.parse_args(words)
