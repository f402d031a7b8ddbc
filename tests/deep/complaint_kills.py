"""Web and worker killed outright while people work on complaints: 0 lost, 0 doubled, 0 half made.

On SQLite in a folder of its own, or on the PostgreSQL that SISHENG_DATABASE_URL names, in a database of its own there.
"""

from __future__ import annotations

import random
from argparse import ArgumentParser
from time import monotonic

from django.db import connection

from tests.killing.complaints import Complainer, FoundComplaints
from tests.killing.rounds import play


def main(words: list[str]) -> int:
    options = _options(words)
    began = monotonic()
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        outcome = play(
            rounds=options.rounds, seconds=options.seconds, people=options.people, seed=options.seed,
            tell=lambda words: print(words, flush=True), person=Complainer, found=FoundComplaints,
        )  # fmt: skip
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)
    print(*outcome.wrong[:20], sep="\n", end="\n" if outcome.wrong else "")
    print(f"{connection.vendor}, {options.rounds} rounds, {monotonic() - began:.0f} s, {outcome}")
    return 1 if outcome.wrong else 0


def _options(words: list[str]):
    parser = ArgumentParser(prog="bin/deep complaint_kills", description=__doc__)
    parser.add_argument("--rounds", type=int, default=7, help="how many, with three kills in each (7)")
    parser.add_argument("--seconds", type=float, default=12, help="how long people work in each, about (12)")
    parser.add_argument("--people", type=int, default=6, help="how many work (6)")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**9), help="of the moments")
    return parser.parse_args(words)
