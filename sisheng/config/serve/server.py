"""One command, one port: the web processes, and beside them the worker."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connections
from granian import Granian
from granian.constants import HTTPModes, Interfaces, Loops
from granian.http import HTTP1Settings
from granian.log import LogLevels

from sisheng.config.serve.lifeline import Lifeline

DRAIN_SECONDS = 10  # a page that takes longer than this is given up at a stop
LIBC = ctypes.CDLL(None)
CONNECTIONS = 4096  # open at once in one process: desks with their streams, and pages


@dataclass(frozen=True)
class Plan:
    """How to serve."""

    host: str
    port: int
    workers: int  # web processes; more than one needs PostgreSQL
    threads: int  # pages answered at once by each
    with_worker: bool


def serve(plan: Plan) -> None:
    """Serve until told to stop."""
    from sisheng.config.serve.site import Site  # loads the whole site, once for all processes

    _allow_many_files()
    connections.close_all()
    lifeline = Lifeline()

    def site() -> Any:
        """Called in each web process."""
        _heed_one_signal(asyncio.get_event_loop())
        return Site(threads=plan.threads, lifeline=lifeline)

    server = Granian(
        "sisheng.config.serve.site",
        address=plan.host,
        port=plan.port,
        interface=Interfaces.RSGI,
        loop=Loops.asyncio,
        workers=plan.workers,
        http=HTTPModes.http1,
        websockets=False,
        backlog=1024,
        backpressure=CONNECTIONS,
        http1_settings=HTTP1Settings(header_read_timeout=10_000, max_buffer_size=64 * 1024),
        respawn_failed_workers=True,
        workers_kill_timeout=DRAIN_SECONDS,
        log_level=LogLevels.warning,
    )

    def stop(*_: Any) -> None:
        if lifeline.cut():
            server.signal_handler_interrupt()

    @server.on_startup
    def listen_for_the_end() -> None:
        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)

    with _beside() if plan.with_worker else contextlib.nullcontext():
        server.serve(target_loader=site, wrap_loader=False)


def _heed_one_signal(loop: asyncio.AbstractEventLoop) -> None:
    """Told twice to stop, as a terminal and systemd do, granian's web process would wait for ever."""
    install: Callable[..., None] = loop.add_signal_handler
    is_told = False

    def add_signal_handler(number: int, handler: Callable[..., Any], *words: Any) -> None:
        def first_only() -> None:
            nonlocal is_told
            if not is_told:
                is_told = True
                handler(*words)

        install(number, first_only)

    loop.add_signal_handler = add_signal_handler  # type: ignore[method-assign, assignment]


@contextlib.contextmanager
def _beside() -> Iterator[None]:
    """The worker as a child, started again when it dies, stopped with us."""
    ended = threading.Event()
    worker: list[subprocess.Popen[bytes]] = []

    def mind() -> None:
        while not ended.is_set():
            began = time.monotonic()
            worker[:] = [_start_worker()]
            worker[0].wait()
            if time.monotonic() - began < 5:
                ended.wait(5)  # it cannot even start: do not run in circles

    minder = threading.Thread(target=mind, name="worker-minder", daemon=True)
    minder.start()
    try:
        yield
    finally:
        ended.set()
        for child in worker:
            _stop(child)


def _start_worker() -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "sisheng", "work"]
    return subprocess.Popen(command, preexec_fn=_end_with_parent)  # noqa: S603


def _stop(child: subprocess.Popen[bytes]) -> None:
    child.terminate()
    try:
        child.wait(DRAIN_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()


def _end_with_parent() -> None:
    """On Linux: be told to stop when the one who started us is killed."""
    if sys.platform == "linux":
        LIBC.prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG


def _allow_many_files() -> None:
    """Each open desk is an open file; the usual limit of 1,024 is that of another age."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CONNECTIONS * 2 if hard == resource.RLIM_INFINITY else min(CONNECTIONS * 2, hard)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def is_free(host: str, port: int) -> bool:
    """Can we listen there?"""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
