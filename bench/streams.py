"""A thousand open desks and one change: how long until every browser is told, and what it does to a page (P22).

    python bench/streams.py [--full] [--rounds 6] [--db sqlite|pg] [--server postgres://…]

Each desk is a connection of its own to the event stream; twenty agents share them. A contact is logged, and the time
runs from its acknowledgement until the last desk has been poked. --full: 1,000 desks, else 200.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import resource
import sys
import threading
import time
from collections.abc import Iterator
from typing import Any

from _browser import Browser
from _desk import log_contact, people, visits
from _figures import Figures, Gates, against, at, heading
from _house import House, a_house, engines, options_of, ours

PATIENCE = 10  # seconds for a poke


class Desks:
    """Open streams in a thread with a loop of its own. `heard` is when each of them was told last."""

    def __init__(self, port: int, path: str, cookies: list[str]) -> None:
        self.port, self.path, self.cookies = port, path, cookies
        self.heard: list[float] = [0.0] * len(cookies)
        self.is_open = [False] * len(cookies)
        self._loop = asyncio.new_event_loop()

    @contextlib.contextmanager
    def open(self) -> Iterator[None]:
        thread = threading.Thread(target=self._loop.run_until_complete, args=(self._all(),), daemon=True)
        thread.start()
        until = time.monotonic() + 60
        while not all(self.is_open):
            if time.monotonic() > until:
                sys.exit(f"Only {sum(self.is_open)} of {len(self.is_open)} streams were opened.")
            time.sleep(0.05)
        try:
            yield
        finally:
            self._loop.call_soon_threadsafe(self._end.set)
            thread.join(10)

    async def _all(self) -> None:
        self._end = asyncio.Event()
        listeners = [asyncio.create_task(self._listen(number)) for number in range(len(self.cookies))]
        await self._end.wait()
        for listener in listeners:
            listener.cancel()
        await asyncio.gather(*listeners, return_exceptions=True)

    async def _listen(self, number: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            asked = f"GET {self.path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {self.cookies[number]}\r\n\r\n"
            writer.write(asked.encode())
            head = await reader.readuntil(b"\r\n\r\n")
            if not head.startswith(b"HTTP/1.1 200"):
                sys.exit(f"A stream was refused: {head[:40]!r}")
            self.is_open[number] = True
            while line := await reader.readline():
                if line.startswith(b"data:"):
                    self.heard[number] = time.monotonic()
        finally:
            writer.close()


def main() -> int:
    options = options_of(argparse.ArgumentParser(description=__doc__))
    resource.setrlimit(resource.RLIMIT_NOFILE, (4096, max(4096, resource.getrlimit(resource.RLIMIT_NOFILE)[1])))
    gates = Gates()
    for engine in engines(options):
        with a_house(engine, options) as house:
            measure(house, options, gates)
    return 1 if gates.missed else 0


def measure(house: House, options: argparse.Namespace, gates: Gates) -> None:
    mall = house.database("day")
    told = house.run("_volume.py", "begin", database=mall)
    number = 1000 if options.full else 200
    with ours(house, mall) as server:
        agents = people(server, told, len(told["people"]))
        cookies = [f"sessionid={agents[desk % len(agents)].cookies['sessionid']}" for desk in range(number)]
        page = visits(server, agents[0], f"{told['desk']}/contacts/", 20)
        page()
        heading(f"{house.engine}: {number:,} open desks")
        alone, beside, waits = Figures("alone"), Figures("beside"), []
        for _round in range(options.rounds):
            alone.rounds.append(page())
            desks = Desks(server.port, f"{told['desk']}/stream/", cookies)
            with desks.open():
                time.sleep(1)
                beside.rounds.append(page())
                waits += told_after(desks, agents[1], told)
    print(f"  from the acknowledgement to the poke: p50 {at(waits, 0.5):.2f} s, p99 {at(waits, 0.99):.2f} s, "
          f"the last {max(waits):.2f} s")  # fmt: skip
    print(f"  the contact log: p95 {alone.p95:.1f} ms alone, {beside.p95:.1f} ms beside the desks")
    gates.at_most("P22: p99 until a browser is told", at(waits, 0.99), 1, " s")
    gates.at_most("P22: p95 of a page beside them", against(beside, alone, "p95"), 1.2, " times")


def told_after(desks: Desks, agent: Browser, told: dict[str, Any]) -> list[float]:
    """Log one contact; the seconds until each desk was told."""
    if log_contact(told)(agent).status != 200:
        sys.exit("The contact was not logged.")
    done = time.monotonic()
    until = done + PATIENCE
    while min(desks.heard) < done and time.monotonic() < until:
        time.sleep(0.02)
    return [heard - done if heard >= done else PATIENCE for heard in desks.heard]


if __name__ == "__main__":
    sys.exit(main())
