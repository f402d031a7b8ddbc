"""Random lives of complaints: no clock wrong against the oracle, no state without its event, nothing twice.

On SQLite in a folder of its own, or on the PostgreSQL that SISHENG_DATABASE_URL names, in a database of its own there.
"""

from __future__ import annotations

import random
import sys
from argparse import ArgumentParser
from time import monotonic

from django.db import connection, transaction

from tests.lives.house import lay_out
from tests.lives.life import Ledger, play

SHOWN = 20  # faults told in full


def main(words: list[str]) -> int:
    options = _options(words)
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        with transaction.atomic():
            wrong = _play(options.seed, options.lives, options.moves)
            transaction.set_rollback(True)
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)
    return 1 if wrong else 0


def _play(first: int, lives: int, moves: int) -> int:
    print(f"{lives:,} lives of two complaints, seeds {first} to {first + lives - 1}", flush=True)
    house, ledger, began, wrong = lay_out(), Ledger(), monotonic(), 0
    for done, seed in enumerate(range(first, first + lives), start=1):
        found = play(house, seed, ledger, moves=moves)
        wrong += bool(found)
        if found and wrong <= SHOWN:
            print(*found, sep="\n", flush=True)
        if done % 500 == 0:
            print(f"{done:>7,} lives, {wrong} wrong, {monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    print(ledger)
    print(f"{connection.vendor}, {lives:,} lives, {wrong} wrong, {monotonic() - began:.0f} s, seed {first}")
    return wrong


def _options(words: list[str]):
    parser = ArgumentParser(prog="bin/deep complaints", description=__doc__)
    parser.add_argument("--lives", type=int, default=10_000, help="how many (10000)")
    parser.add_argument("--moves", type=int, default=12, help="in each, before it is brought to its end (12)")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**9), help="the first seed")
    return parser.parse_args(words)
