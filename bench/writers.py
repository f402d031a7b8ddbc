"""How long a writer waits when many write to one SQLite file: Django's backend beside ours, which queues its threads.

    python bench/writers.py [--full] [--threads 16] [--seconds 1] [--rounds 6] [--rest 0]

Each write is a transaction of one INSERT and one UPDATE, durable (WAL, synchronous=FULL). Beside the threads one more
process writes, as the worker does beside the web; between two writes it rests for so many milliseconds.
The rounds of the two backends take turns, because the machine drifts.
"""

from __future__ import annotations

import argparse
import json
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing
from pathlib import Path

BACKENDS = {"django": "django.db.backends.sqlite3", "sisheng": "sisheng.ground.sqlite"}
TABLES = """
PRAGMA journal_mode = WAL;
CREATE TABLE notes (id INTEGER PRIMARY KEY AUTOINCREMENT, writer TEXT, words TEXT);
CREATE TABLE counter (id INTEGER PRIMARY KEY, number INTEGER);
INSERT INTO counter VALUES (1, 0);
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--threads", type=int, default=16)
    parser.add_argument("--full", action="store_true", help="for five seconds a round, as the figures of the ADR")
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--rest", type=float, default=0)
    parser.add_argument("--db", choices=["sqlite", "pg"], help="there is nothing to measure on pg")
    parser.add_argument("--server", help=argparse.SUPPRESS)  # what the other benches take
    parser.add_argument("--write", nargs=3, help=argparse.SUPPRESS)  # what this file runs as a process of its own
    options = parser.parse_args()
    options.seconds = options.seconds or (5 if options.full else 1)
    if options.write:
        backend, file, threads = options.write
        print(json.dumps(write(backend, file, int(threads), options)))
        return
    if options.db == "pg":
        print("Writers queue on SQLite alone.")
        return
    found: dict[str, list[dict[str, float]]] = {}
    for _round in range(options.rounds):
        for backend in BACKENDS:
            for who, waits in compete(backend, options).items():
                found.setdefault(f"{backend:8} {who}", []).append(figures(waits, options.seconds))
    print(f"{'':28}{'writes/s':>9}{'p50 ms':>9}{'p95 ms':>9}{'max ms':>9}   (medians of {options.rounds} rounds)")
    for name, rounds in found.items():
        middle = {key: statistics.median(one[key] for one in rounds) for key in rounds[0]}
        print(f"{name:28}{middle['rate']:9.0f}{middle['p50']:9.2f}{middle['p95']:9.2f}{middle['max']:9.1f}")


def compete(backend: str, options: argparse.Namespace) -> dict[str, list[float]]:
    """Several threads of one process and one other process, all at once on a fresh file."""
    with tempfile.TemporaryDirectory() as folder:
        file = str(Path(folder) / "desk.sqlite3")
        with closing(sqlite3.connect(file)) as prepared:
            prepared.executescript(TABLES)
        writers = {f"{options.threads} threads": options.threads, "the other process": 1}
        limits = ["--seconds", str(options.seconds), "--rest", str(options.rest)]
        started = {}
        for who, threads in writers.items():
            command = [sys.executable, __file__, *limits, "--write", backend, file, str(threads)]
            started[who] = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603
        return {who: json.loads(process.communicate()[0]) for who, process in started.items()}


def write(backend: str, file: str, threads: int, options: argparse.Namespace) -> list[float]:
    """Write for so many seconds; the milliseconds that each write took."""
    from django.conf import settings

    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
    how = {"transaction_mode": "IMMEDIATE", "timeout": 60, "init_command": pragmas}
    settings.configure(DATABASES={"default": {"ENGINE": BACKENDS[backend], "NAME": file, "OPTIONS": how}})
    import django

    django.setup()
    ready = Path(f"{file}.{os.getpid()}.ready")
    ready.touch()
    while len(list(ready.parent.glob("*.ready"))) < 2:
        time.sleep(0.01)

    waits: list[float] = []
    end = time.monotonic() + options.seconds
    rest = options.rest / 1000 if threads == 1 else 0
    workers = [threading.Thread(target=_write_until, args=(end, rest, waits)) for _ in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return waits


def _write_until(end: float, rest: float, waits: list[float]) -> None:
    from django.db import connection, transaction

    while (began := time.monotonic()) < end:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("INSERT INTO notes (writer, words) VALUES (%s, %s)", ["Mei", "地面湿滑" * 20])
            cursor.execute("UPDATE counter SET number = number + 1")
        waits.append((time.monotonic() - began) * 1000)
        time.sleep(rest)
    connection.close()


def figures(waits: list[float], seconds: float) -> dict[str, float]:
    waits = sorted(waits)
    return {
        "rate": len(waits) / seconds,
        "p50": waits[len(waits) // 2],
        "p95": waits[int(len(waits) * 0.95)],
        "max": waits[-1],
    }


if __name__ == "__main__":
    main()
