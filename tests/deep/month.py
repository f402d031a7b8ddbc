"""A month of complaints with the demo staff coming and going: who was rung, quiet hours, limits of calls, 72 hours.

On SQLite in a folder of its own, or on the PostgreSQL that SISHENG_DATABASE_URL names, in a database of its own there.
"""

from __future__ import annotations

import random
from argparse import ArgumentParser
from time import monotonic

from django.db import connection

from tests.month.looking import counted, wrong_with
from tests.month.play import Month


def main(words: list[str]) -> int:
    options = _options(words)
    began = monotonic()
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        month = Month(options.seed, options.days, options.complaints)
        month.play(lambda told: print(told, flush=True))
        wrong = list(wrong_with(month))
        print(*wrong[:20], sep="\n", end="\n" if wrong else "")
        print(counted(month))
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)
    took = f"{monotonic() - began:.0f} s"
    print(f"{connection.vendor}, {options.days} days, {len(wrong)} wrong, {took}, seed {options.seed}")
    return 1 if wrong else 0


def _options(words: list[str]):
    parser = ArgumentParser(prog="bin/deep month", description=__doc__)
    parser.add_argument("--days", type=int, default=30, help="how many (30)")
    parser.add_argument("--complaints", type=int, default=60, help="a day (60)")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**9), help="of what happens")
    return parser.parse_args(words)
