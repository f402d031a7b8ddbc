"""A million cases: desk home and lists against the same at 10,000 (P19); a million clocks, a thousand due (P21).

    python bench/million.py [--full] [--contacts N] [--visits 10] [--rounds 6] [--db sqlite|pg] [--server postgres://…]

--full: 1,000,000 cases with some 1,300,000 live clocks, 10,000,000 contacts, or as many as --contacts says; without
it a tenth of the cases and of the contacts, so that the file itself stays tried. A day has 1,000 contacts and 250 new
cases, here and there.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
import time
from typing import Any

from _desk import people, visits
from _figures import Gates, against, compete, heading
from _house import House, a_house, engines, options_of, ours

SMALL = 10_000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contacts", type=int, help="how many contacts the great mall has")
    parser.add_argument("--visits", type=int, default=10, help="to each page in one round")
    options = options_of(parser)
    gates = Gates()
    for engine in engines(options):
        with a_house(engine, options) as house:
            measure(house, options, gates)
    return 1 if gates.missed else 0


def measure(house: House, options: argparse.Namespace, gates: Gates) -> None:
    great = 1_000_000 if options.full else 100_000
    contacts = options.contacts or (10_000_000 if options.full else 100_000)
    first = house.database("day")
    house.run("_volume.py", "begin", database=first)
    malls = {SMALL: house.database("small", like=first), great: house.database("great", like=first)}
    began = time.monotonic()
    told = {
        SMALL: house.run("_volume.py", "grow", SMALL, SMALL, database=malls[SMALL]),
        great: house.run("_volume.py", "grow", great, contacts, database=malls[great]),
    }
    minutes = (time.monotonic() - began) / 60
    heading(f"{house.engine}: {great:,} cases, {contacts:,} contacts (written in {minutes:.1f} min)")
    look_at(house, malls, told, options, gates)
    sweep(house, malls[great], options, gates)


def look_at(
    house: House, malls: dict[int, str], told: dict[int, dict[str, Any]], options: argparse.Namespace, gates: Gates
) -> None:
    desk = told[SMALL]["desk"]
    pages = {
        "desk home": f"{desk}/",
        "my cases": f"{desk}/cases/",
        "all open cases": f"{desk}/cases/?view=open",
        "overdue cases": f"{desk}/cases/?view=overdue",
        "settled cases": f"{desk}/cases/?view=closed",
        "counts of the views": f"{desk}/cases/counts/",
        "the contact log": f"{desk}/contacts/",
    }
    with contextlib.ExitStack() as stack:
        contestants = {}
        for size in malls:
            server = stack.enter_context(ours(house, malls[size]))
            agent = people(server, told[size], 1)[0]
            for name, path in pages.items():
                contestants[f"{name}, of {size:,}"] = visits(server, agent, path, options.visits)
        found = compete(contestants, options.rounds)
    small, great = malls
    for name in pages:
        growth = against(found[f"{name}, of {great:,}"], found[f"{name}, of {small:,}"], "p50")
        gates.at_most(f"P19: {name}, {small:,} to {great:,}", growth, 1.3, " times")
    gates.at_most("errors", sum(one.errors for one in found.values()), 0)


def sweep(house: House, mall: str, options: argparse.Namespace, gates: Gates) -> None:
    found = house.run("_clocks.py", options.rounds, 1_000_000 if options.full else 100_000, database=mall)
    print(f"  {found['live']:,} live clocks; sweeps with 1,000 due took {found['sweeps']} s; "
          f"a sweep with nothing due {found['idle_ms']} ms")  # fmt: skip
    gates.at_most("P21: sweep with 1,000 due", found["sweep"], 2, " s")
    print(f"  {found['deadlines']:,} deadlines over six rules took {found['reckoned']} s")
    gates.at_most("P21: 1,000,000 deadlines", found["reckoned"] * 1_000_000 / found["deadlines"], 60, " s")


if __name__ == "__main__":
    sys.exit(main())
