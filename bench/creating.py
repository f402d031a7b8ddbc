"""How fast a promise and a contact are on record, beside a durable INSERT of bare Django (P1–P5, P18).

    python bench/creating.py [--full] [--seconds 1.5] [--rounds 6] [--db sqlite|pg] [--server postgres://…]

Our side is the whole product over HTTP: agents who logged in, a once-key with every form, a customer, a case, its
clocks, events and search words in one durable transaction, and the worker beside the web. “Growth” compares a mall of
1,000 cases with one of 10,000, with --full 100,000.
"""

from __future__ import annotations

import argparse
import contextlib
import sys

from _desk import begin_inquiry, for_seconds, insert, log_contact, people, visitors
from _figures import Gates, against, compete, heading
from _house import House, a_house, bare, engines, options_of, ours

CLIENTS = 16
SMALL, MIDDLE, GREAT = 1_000, 10_000, 100_000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=1.5, help="of one contestant in one round")
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
        servers = {size: stack.enter_context(ours(house, malls[size], "--with-worker")) for size in sizes}
        agents = {size: people(servers[size], told[size], CLIENTS) for size in sizes}
        strangers = visitors(ceiling, CLIENTS)
        contestants = {
            "bare INSERT, 16 clients": for_seconds(ceiling, strangers, insert, options.seconds),
            "inquiry, 16 clients": for_seconds(
                servers[MIDDLE], agents[MIDDLE], begin_inquiry(told[MIDDLE]), options.seconds
            ),
            "contact, 16 clients": for_seconds(
                servers[MIDDLE], agents[MIDDLE], log_contact(told[MIDDLE]), options.seconds
            ),
            "bare INSERT, 1 client": for_seconds(ceiling, strangers[:1], insert, options.seconds),
        }
        for size in sizes:
            contestants[f"inquiry, 1 client, of {size:,}"] = for_seconds(
                servers[size], agents[size][:1], begin_inquiry(told[size]), options.seconds
            )
        heading(f"{house.engine}: creating")
        found = compete(contestants, options.rounds)
    ceiling16, inquiry, contact, ceiling1 = (found[name] for name in list(contestants)[:4])
    alone = {size: found[f"inquiry, 1 client, of {size:,}"] for size in sizes}
    print(f"  P1: create, 1 client, is {against(alone[MIDDLE], ceiling1, 'p50'):.1f} times a bare INSERT (p50)")
    gates.at_most("P2: errors among 16 clients", inquiry.errors + contact.errors, 0)
    gates.at_least("P3: create, share of bare INSERTs a second", against(inquiry, ceiling16, "rate") * 100, 20, " %")
    gates.at_most("P4: create, slowest answer", inquiry.worst, 1000, " ms")
    gates.at_most("P4: create, p95 by p50", inquiry.p95 / inquiry.p50, 4, " times")
    growth = against(alone[sizes[-1]], alone[SMALL], "p50")
    gates.at_most(f"P5: create, growth {SMALL:,} to {sizes[-1]:,}", growth, 1.25, " times")
    gates.at_least("P18: contact, share of bare INSERTs a second", against(contact, ceiling16, "rate") * 100, 35, " %")


if __name__ == "__main__":
    sys.exit(main())
