"""A stop under load, and the start after it: how long it takes, and that nothing acknowledged is lost (R5, P16).

    python bench/stopping.py [--rounds 6] [--db sqlite|pg] [--server postgres://…]

Eight agents log contacts without a pause; the server, with its worker beside it, is told to stop (SIGTERM) and is
started again at once. Whoever is refused tries again with the same once-key, as the browser does. In the end each
acknowledged number must be on record, and on record once.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import threading
import time
import uuid
from typing import Any

from _browser import Browser
from _desk import people
from _figures import Gates, heading
from _house import House, Server, a_house, engines, options_of, ours

CLIENTS = 8
BETWEEN = 1.0  # seconds of work before each stop


class Writer:
    """An agent who logs one contact after the other, and does not give up."""

    def __init__(self, browser: Browser, told: dict[str, Any]) -> None:
        self.browser, self.path = browser, f"{told['desk']}/contacts/log/"
        self.fields = {"need": "4", "words": "xyxb", "answer": f"shop:{told['unit']}", "seconds": "14"}
        self.numbers: list[str] = []
        self.longest = 0.0  # seconds from the first try to the acknowledgement
        self.refused = 0

    def work(self, until: threading.Event) -> None:
        while not until.is_set():
            began = time.monotonic()
            self.numbers.append(self._log(uuid.uuid4().hex))
            self.longest = max(self.longest, time.monotonic() - began)

    def _log(self, once: str) -> str:
        for _try in range(3000):
            try:
                answer = self.browser.post(self.path, self.fields, Accept="application/json", Idempotency_Key=once)
            except OSError:
                self.refused += 1
            else:
                if answer.status == 200:
                    return str(json.loads(answer.body)["number"])
                self.refused += 1
            time.sleep(0.02)
        raise RuntimeError("Nobody answered for a minute.")


def main() -> int:
    options = options_of(argparse.ArgumentParser(description=__doc__))
    gates = Gates()
    for engine in engines(options):
        with a_house(engine, options) as house:
            measure(house, options, gates)
    return 1 if gates.missed else 0


def measure(house: House, options: argparse.Namespace, gates: Gates) -> None:
    mall = house.database("day")
    told = house.run("_volume.py", "begin", database=mall)
    heading(f"{house.engine}: stops under load")
    with ours(house, mall, "--with-worker") as server:
        writers = [Writer(browser, told) for browser in people(server, told, CLIENTS)]
        stops, starts = keep_stopping(server, writers, options.rounds)
    numbers = [number for writer in writers for number in writer.numbers]
    kept = house.run("_kept.py", *sorted(set(numbers)), database=mall)
    print(f"  {len(numbers):,} contacts acknowledged, {sum(writer.refused for writer in writers)} refusals on the way")
    print(
        f"  stops took {' '.join(f'{one:.2f}' for one in stops)} s, starts {' '.join(f'{one:.2f}' for one in starts)} s"
    )
    gates.at_most("R5: stopped after SIGTERM, slowest", max(stops), 2, " s")
    gates.at_most("P16: from start to listening, median", statistics.median(starts), 1.5, " s")
    gates.at_most("R5: acknowledged and not on record", len(set(numbers)) - kept["kept"], 0)
    gates.at_most("R5: on record twice", len(numbers) - len(set(numbers)), 0)
    gates.at_most("R5: the longest that anybody was refused", max(writer.longest for writer in writers), 2, " s")


def keep_stopping(server: Server, writers: list[Writer], rounds: int) -> tuple[list[float], list[float]]:
    end = threading.Event()
    workers = [threading.Thread(target=writer.work, args=(end,)) for writer in writers]
    for worker in workers:
        worker.start()
    stops, starts = [], []
    for _round in range(rounds):
        time.sleep(BETWEEN)
        stops.append(server.stop())
        began = time.monotonic()
        server.start()
        starts.append(time.monotonic() - began)
    time.sleep(BETWEEN)
    end.set()
    for worker in workers:
        worker.join()
    return stops, starts


if __name__ == "__main__":
    sys.exit(main())
