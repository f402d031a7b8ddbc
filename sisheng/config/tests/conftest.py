from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest
from django.db import connection


@dataclass
class Served:
    """The site as people meet it: `sisheng serve` in a process of its own."""

    process: subprocess.Popen[bytes]
    address: str

    def get(self, path: str, **more) -> httpx.Response:
        return httpx.get(self.address + path, **more)


@pytest.fixture
def serve(transactional_db, tmp_path_factory):
    """Start the command on the database of this test: `with serve("--threads", "2") as site:`."""
    return _serve


@pytest.fixture(scope="module")
def site(django_db_setup) -> Iterator[Served]:
    """A site that stays for all tests of a file, for those that change nothing."""
    with _serve() as served:
        yield served


@contextlib.contextmanager
def _serve(*options: str) -> Iterator[Served]:
    port = _free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "sisheng", "serve", "--port", str(port), "-v", "0", *options],
        env={**os.environ, "SISHENG_DATABASE_URL": _address_of_this_database()},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    site = Served(process, f"http://127.0.0.1:{port}")
    try:
        _wait_for(site)
        yield site
    finally:
        process.kill()
        process.communicate()


def _wait_for(site: Served) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with contextlib.suppress(httpx.TransportError):
            site.get("/login/")
            return
        assert site.process.poll() is None, site.process.communicate()[0].decode()
        time.sleep(0.05)
    raise AssertionError("The site did not come up.")


def _address_of_this_database() -> str:
    told = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{told['NAME']}"
    return f"postgres://{told['USER']}:{told['PASSWORD']}@{told['HOST']}:{told['PORT']}/{told['NAME']}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
