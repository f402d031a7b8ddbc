"""A mail server on a free port of this machine: aiosmtpd, which speaks the real protocol."""

from __future__ import annotations

import base64
import quopri
import re
from dataclasses import dataclass

from aiosmtpd.controller import Controller


@dataclass
class Letter:
    """What came in, as it came: bytes."""

    sender: str
    to: list[str]
    raw: bytes


class OnAFreePort(Controller):
    """aiosmtpd greets itself once before it says that it is ready; it must know on which port."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


class MailServer:
    """`letters` is what was taken. `answers` are said, one after the other, instead of taking a letter; `after_taking`
    is said although it was taken."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []
        self.rcpt_answer = ""
        self.data_answer = ""
        self.after_taking = ""

    def __enter__(self) -> MailServer:
        self._controller = OnAFreePort(self, hostname="127.0.0.1", port=0)
        self._controller.start()
        self.port = self._controller.port
        return self

    def __exit__(self, *_error: object) -> None:
        self._controller.stop()

    # what aiosmtpd calls

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if self.rcpt_answer:
            return self.rcpt_answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if self.data_answer:
            return self.data_answer
        self.letters.append(Letter(envelope.mail_from, list(envelope.rcpt_tos), bytes(envelope.content)))
        return self.after_taking or "250 taken"


def read(raw: bytes) -> tuple[dict[str, str], str]:
    """Headers and text, read by hand from RFC 5322 and RFC 2047 and not by the library that wrote them."""
    head, _blank, body = raw.replace(b"\r\n", b"\n").partition(b"\n\n")
    unfolded = re.sub(rb"\n[ \t]", b" ", head).decode("ascii")
    headers = dict(line.split(": ", 1) for line in unfolded.split("\n"))
    headers = {name.lower(): _decoded(value) for name, value in headers.items()}
    assert headers["content-transfer-encoding"] == "base64"
    return headers, base64.b64decode(body).decode("utf-8")


def _decoded(value: str) -> str:
    # white space between two encoded words is none (RFC 2047, 6.2)
    value = re.sub(r"(=\?[^?]+\?[bqBQ]\?[^?]*\?=)\s+(?==\?)", r"\1", value)
    return re.sub(r"=\?([^?]+)\?([bqBQ])\?([^?]*)\?=", _word, value)


def _word(found: re.Match[str]) -> str:
    charset, how, text = found.groups()
    raw = base64.b64decode(text) if how in "bB" else quopri.decodestring(text.replace("_", " "))
    return raw.decode(charset)
