"""People at their browsers: each one connection that is kept, with its cookies. Only ever on this machine."""

from __future__ import annotations

import re
import select
import socket
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

PATIENCE = 60  # seconds


@dataclass(frozen=True)
class Answer:
    status: int
    head: str
    body: bytes
    ms: float


class Browser:
    """Writes requests by hand: a whole HTTP library would cost as much processor time as the pages that we measure."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}
        self._socket: socket.socket | None = None

    def log_in(self, code: str, password: str) -> Browser:
        self.get("/login/")
        answer = self.post("/login/", {"username": code, "password": password})
        if answer.status != 302:
            raise RuntimeError(f"{code} could not log in: {answer.status}")
        return self

    def get(self, path: str, **headers: str) -> Answer:
        return self._ask("GET", path, b"", headers)

    def post(self, path: str, fields: dict[str, str], **headers: str) -> Answer:
        told = {**fields, "csrfmiddlewaretoken": self.cookies.get("csrftoken", "")}
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        return self._ask("POST", path, urlencode(told).encode(), headers)

    def close(self) -> None:
        if self._socket:
            self._socket.close()
        self._socket = None

    def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        told = {"Host": f"127.0.0.1:{self.port}", "Content-Length": str(len(body)), "Cookie": cookies}
        lines = [f"{name.replace('_', '-')}: {value}" for name, value in {**told, **headers}.items()]
        request = "\r\n".join([f"{method} {path} HTTP/1.1", *lines, "", ""]).encode() + body
        began = time.perf_counter()
        try:
            there = self._connection()
            there.sendall(request)
            head, rest = _read(there)
        except OSError:
            self.close()
            raise
        ms = (time.perf_counter() - began) * 1000
        for name, value in re.findall(r"(?im)^set-cookie: *([^=]+)=([^;\r]*)", head):
            self.cookies[name] = value
        return Answer(int(head[9:12]), head, rest, ms)

    def _connection(self) -> socket.socket:
        """The server lets go of a connection over which nobody has said anything for a while."""
        if self._socket is not None and select.select([self._socket], [], [], 0)[0]:
            self.close()
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self.port), PATIENCE)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self._socket


def _read(there: socket.socket) -> tuple[str, bytes]:
    data = b""
    while (end := data.find(b"\r\n\r\n")) < 0:
        data += _more(there)
    head, body = data[:end].decode("latin1"), data[end + 4 :]
    length = re.search(r"(?i)\ncontent-length: (\d+)", head)
    while length and len(body) < int(length[1]):
        body += _more(there)
    return head, body


def _more(there: socket.socket) -> bytes:
    piece = there.recv(1 << 18)
    if not piece:
        raise ConnectionResetError("The server has gone.")
    return piece


Visit = Callable[[Browser], Answer]


def at_once(browsers: Sequence[Browser], visit: Visit, seconds: float) -> tuple[list[Answer], float]:
    """Everybody does this again and again for so long; their answers, and how long it took in the end."""
    answers: list[Answer] = []
    end = time.monotonic() + seconds

    def work(browser: Browser) -> None:
        while time.monotonic() < end:
            answers.append(visit(browser))

    workers = [threading.Thread(target=work, args=(browser,)) for browser in browsers]
    began = time.monotonic()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return answers, time.monotonic() - began
