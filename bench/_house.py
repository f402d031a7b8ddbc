"""Where a bench works: databases that go away afterwards, and servers on free ports of this machine."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ENGINES = ("sqlite", "pg")


def options_of(parser: argparse.ArgumentParser) -> argparse.Namespace:
    """The options that every bench over whole requests takes."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--full", action="store_true", help="the great sizes, which the gates are about")
    parser.add_argument("--rounds", type=int, default=6, help="interleaved rounds; medians of them are told")
    parser.add_argument("--db", choices=ENGINES, help="one database only")
    parser.add_argument("--server", default=os.environ.get("SISHENG_BENCH_POSTGRES", ""), help="postgres://…")
    options = parser.parse_args()
    if not options.server and options.db != "sqlite":
        print("PostgreSQL: not run, neither SISHENG_BENCH_POSTGRES nor --server names one.")
    return options


def engines(options: argparse.Namespace) -> list[str]:
    usable = ENGINES if options.server else ENGINES[:1]
    return [engine for engine in usable if options.db in {None, engine}]


@dataclass
class House:
    """A folder and the databases in it (or on the PostgreSQL server): both are gone in the end."""

    engine: str
    server: str
    folder: Path
    databases: list[str] = field(default_factory=list)
    is_shipped: bool = False  # style sheets and scripts compressed and under their lasting names

    def database(self, name: str, like: str = "") -> str:
        """The address of a new database, empty or a copy of another that nobody is using."""
        name = f"bench_{name}_{os.getpid()}"
        if self.engine == "sqlite":
            file = self.folder / f"{name}.sqlite3"
            if like:
                shutil.copyfile(like.removeprefix("sqlite://"), file)
            return f"sqlite://{file}"
        template = f" TEMPLATE {like.rpartition('/')[2]}" if like else ""
        self._on_server(f"CREATE DATABASE {name}{template}")
        self.databases.append(name)
        return f"{self.server.rpartition('/')[0]}/{name}"

    def clear(self) -> None:
        for name in self.databases:
            self._on_server(f"DROP DATABASE {name} WITH (FORCE)")

    def environment(self, database: str) -> dict[str, str]:
        """All databases share the keys of this folder, so that a copy can be read like the original."""
        (self.folder / "static").mkdir(exist_ok=True)
        return {
            **os.environ,
            "SISHENG_DATABASE_URL": database,
            "SISHENG_HOME": str(self.folder),
            "SISHENG_PLAIN_STATIC": "no" if self.is_shipped else "yes",
            "DJANGO_SETTINGS_MODULE": "sisheng.config.settings",
            "PYTHONPATH": f"{HERE.parent}:{HERE}",
        }

    def run(self, file: str, *words: Any, database: str) -> Any:
        """Run a file of bench/ against a database; the JSON that it prints in its last line."""
        command = [sys.executable, str(HERE / file), *map(str, words)]
        done = subprocess.run(  # noqa: S603
            command, env=self.environment(database), stdout=subprocess.PIPE, text=True, check=True
        )
        return json.loads(done.stdout.splitlines()[-1])

    def _on_server(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(f"{self.server.rpartition('/')[0]}/postgres", autocommit=True) as admin:
            admin.execute(statement)  # type: ignore[call-overload]


@contextmanager
def a_house(engine: str, options: argparse.Namespace) -> Iterator[House]:
    with tempfile.TemporaryDirectory(prefix="sisheng-bench-") as folder:
        house = House(engine, options.server, Path(folder))
        try:
            yield house
        finally:
            house.clear()


class Server:
    """A web server in a process of its own, with the processes it starts."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        self.port = free_port()
        self.command = [sys.executable, *command, "--port", str(self.port)]
        self.environment = environment
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(  # noqa: S603
            self.command, env=self.environment, stdout=subprocess.DEVNULL, start_new_session=True
        )
        until = time.monotonic() + 60
        while not listens(self.port):
            if self.process.poll() is not None or time.monotonic() > until:
                sys.exit(f"It does not listen: {' '.join(self.command)}")
            time.sleep(0.02)

    def stop(self) -> float:
        """Tell it to stop as systemd does; the seconds until everybody has gone."""
        family, began = self.family(), time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
        while any(Path(f"/proc/{pid}").exists() for pid in family[1:]) and time.monotonic() < began + 30:
            time.sleep(0.01)
        return time.monotonic() - began

    def family(self) -> list[int]:
        """The process and all its descendants."""
        found = [self.process.pid]
        for pid in found:
            for children in Path(f"/proc/{pid}/task").glob("*/children"):
                found += [int(child) for child in children.read_text().split()]
        return found

    def cpu(self) -> float:
        """The seconds of processor time that they have used so far."""
        ticks = 0
        for pid in self.family():
            told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(told[11]) + int(told[12])
        return ticks / os.sysconf("SC_CLK_TCK")


@contextmanager
def ours(house: House, database: str, *words: str) -> Iterator[Server]:
    """The product as it is shipped: `sisheng serve`, with its usual number of processes and threads."""
    with _running(Server(["-m", "sisheng", "serve", *words], house.environment(database))) as server:
        yield server


@contextmanager
def bare(house: House) -> Iterator[Server]:
    """One view and one table of plain Django behind the same server, on a database with the same settings."""
    environment = house.environment(house.database("bare"))
    with _running(Server([str(HERE / "_bare.py")], environment)) as server:
        yield server


@contextmanager
def _running(server: Server) -> Iterator[Server]:
    try:
        yield server
    finally:
        server.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
