"""The site in processes of its own, and how its parts are killed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile

import httpx

from tests.processes import same_database

PATIENCE = 90  # seconds for the site to come up on a busy machine


class Site:
    """`sisheng serve --with-worker` on a free port, which it keeps when it is started again."""

    def __init__(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.said = TemporaryFile()  # noqa: SIM115  (as long as the site)
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "sisheng", "serve", "--with-worker", "--port", str(self.port), "-v", "0"]
        until = time.monotonic() + PATIENCE
        while True:
            self.process = subprocess.Popen(
                command, env=same_database(), stdout=self.said, stderr=subprocess.STDOUT, start_new_session=True
            )
            while self.process.poll() is None:
                with suppress(httpx.TransportError):
                    httpx.get(f"{self.address}/login/", timeout=5)
                    return
                assert time.monotonic() < until, self.words()
                time.sleep(0.05)
            # the port of those who were killed may still be theirs for a moment
            assert time.monotonic() < until, self.words()
            time.sleep(0.2)

    def words(self) -> str:
        """What it said on its way, for whoever looks for the cause."""
        self.said.seek(0)
        return self.said.read().decode(errors="replace")[-4000:]

    # What is killed; each answers how many processes were

    def kill_worker(self) -> int:
        return _kill([pid for pid in self._children() if _is_worker(pid)])

    def kill_web(self) -> int:
        return _kill([pid for pid in self._children() if not _is_worker(pid)])

    def kill_all(self) -> int:
        assert self.process is not None
        children = self._children()
        self.process.kill()
        killed = 1 + _kill(children)
        self.process.wait()
        return killed

    def stop(self) -> None:
        """In peace, as an operator does."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.kill_all()

    def _children(self) -> list[int]:
        assert self.process is not None
        return _children_of(self.process.pid)


def _children_of(pid: int) -> list[int]:
    found: list[int] = []
    with suppress(FileNotFoundError, ProcessLookupError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                found += [int(child), *_children_of(int(child))]
    return found


def _is_worker(pid: int) -> bool:
    with suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().rstrip(b"\0").endswith(b"\0work")
    return False


def _kill(pids: list[int]) -> int:
    killed = 0
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
            killed += 1
    return killed
