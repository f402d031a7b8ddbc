"""What the case list and the page of one case cost, beside the same of bare Django (P6–P9).

    python bench/pages.py [--full] [--visits 20] [--rounds 6] [--db sqlite|pg] [--server postgres://…]

One client, the pages as they are shipped: fifty cases to a page with their clocks and who touched them last; a case
with twenty entries in its story. “Growth” compares a mall of 1,000 cases with one of 10,000, with --full 100,000.
Two cases of three are open.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
from typing import Any
from urllib.parse import quote

from _desk import people, visitors, visits
from _figures import Gates, against, compete, heading
from _house import House, a_house, bare, engines, options_of, ours

SMALL, MIDDLE, GREAT = 1_000, 10_000, 100_000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visits", type=int, default=20, help="to each page in one round")
    options = options_of(parser)
    gates = Gates()
    for engine in engines(options):
        with a_house(engine, options) as house:
            measure(house, options, gates)
    return 1 if gates.missed else 0


def measure(house: House, options: argparse.Namespace, gates: Gates) -> None:
    first = house.database("day")
    house.run("_volume.py", "begin", database=first)
    sizes = [SMALL, MIDDLE, GREAT] if options.full else [SMALL, MIDDLE]
    malls = {size: house.database(f"of_{size}", like=first) for size in sizes}
    told = {size: house.run("_volume.py", "grow", size, size, database=malls[size]) for size in sizes}
    with contextlib.ExitStack() as stack:
        ceiling = stack.enter_context(bare(house))
        stranger = visitors(ceiling, 1)[0]
        contestants = {
            "bare list of 25 rows": visits(ceiling, stranger, "/rows", options.visits),
            "bare row by its key": visits(ceiling, stranger, "/one", options.visits),
        }
        for size in sizes:
            server = stack.enter_context(ours(house, malls[size]))
            agent = people(server, told[size], 1)[0]
            for name, path in pages_of(told[size]).items():
                contestants[f"{name}, of {size:,}"] = visits(server, agent, path, options.visits)
        heading(f"{house.engine}: pages")
        found = compete(contestants, options.rounds)

    def ours_of(name: str, size: int) -> Any:
        return found[f"{name}, of {size:,}"]

    rows, one = found["bare list of 25 rows"], found["bare row by its key"]
    great = sizes[-1]
    print(f"  P6: the list is {against(ours_of('list', MIDDLE), rows, 'p50'):.1f} times bare Django's (p50)")
    grown = against(ours_of("list", great), ours_of("list", SMALL), "p50")
    gates.at_most(f"P7: list, growth {SMALL:,} to {great:,}", grown, 1.5, " times")
    last = against(ours_of("last page", great), ours_of("list", great), "p50")
    gates.at_most("P7: last page against first", last, 2, " times")
    gates.at_most("P8: list, CPU against bare", against(ours_of("list", MIDDLE), rows, "cpu"), 6, " times")
    print(f"  P9: one case is {against(ours_of('case', great), one, 'p50'):.1f} times bare Django's row (p50)")
    grown = against(ours_of("case", great), ours_of("case", SMALL), "p50")
    gates.at_most(f"P9: one case, growth {SMALL:,} to {great:,}", grown, 1.2, " times")
    errors = sum(one.errors for one in found.values())
    gates.at_most("errors", errors, 0)


def pages_of(told: dict[str, Any]) -> dict[str, str]:
    cases = f"{told['desk']}/cases/?view=open"
    return {
        "list": cases,
        "last page": f"{cases}&after={quote(told['last'])}",
        "case": f"{told['desk']}/inquiries/{told['story']}/",
    }


if __name__ == "__main__":
    sys.exit(main())
