"""Pages: each request is answered by a thread through the plain WSGI application.

The loop only reads the request and hands it over; the thread writes the answer itself. Measured against the server's
own WSGI mode this costs a twentieth of a millisecond a page (docs/adr), and leaves the loop free for the streams.
"""

from __future__ import annotations

import asyncio
import io
import logging
import sys
import threading
from collections.abc import Callable, Iterable
from queue import SimpleQueue
from typing import Any

from django.conf import settings
from granian.rsgi import ProtocolClosed

MEGABYTE = 1024 * 1024
LONGEST_BODY = 2 * MEGABYTE  # of a form without files
BODY_SECONDS = 20  # a body that dribbles in longer than this is given up
UPLOAD_SECONDS = 120  # a form with files, from a telephone
MOST_UPLOADS = 8  # at once in one process: each lies in memory until it is answered
MOST_WAITING = 400  # requests in the queue before people are told to come back
WHOLE = 4 * MEGABYTE  # answers up to this size are sent in one piece

TOO_LONG = "内容太大（最多 {most} MB），没有保存。\nToo much at once: at most {most} MB. Nothing was saved.\n"
TOO_SLOW = "内容没有传完，没有保存。请重试。\nThe request did not arrive whole. Nothing was saved; try again.\n"
TOO_BUSY = "现在太忙，没有保存。请过几秒再试。\nToo busy just now. Nothing was saved; try again in a few seconds.\n"
BROKEN = "出错了，没有保存。请重试。\nSomething went wrong. Try again.\n"

log = logging.getLogger(__name__)
Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Pages:
    """A WSGI application behind a queue and a fixed number of threads, each of which keeps its own connection
    to the database."""

    def __init__(self, application: Wsgi, threads: int) -> None:
        self.application = application
        self.threads = threads
        self._queue: SimpleQueue[_Request] = SimpleQueue()
        self._uploads = 0  # only the loop counts them

    def start(self) -> None:
        for number in range(self.threads):
            threading.Thread(target=self._serve, name=f"pages-{number}", daemon=True).start()

    async def __call__(self, scope: Any, proto: Any) -> None:
        is_upload = _is_upload(scope)
        self._uploads += is_upload
        try:
            await self._answer(scope, proto)
        except _NotTaken as problem:
            _say(proto, *problem.args)
        finally:
            self._uploads -= is_upload

    async def _answer(self, scope: Any, proto: Any) -> None:
        if self._uploads > MOST_UPLOADS and _is_upload(scope):
            raise _NotTaken(503, TOO_BUSY)
        body = await _body(scope, proto)
        if self._queue.qsize() >= MOST_WAITING:
            raise _NotTaken(503, TOO_BUSY)
        request = _Request(scope, proto, body, asyncio.get_running_loop())
        self._queue.put(request)
        # The thread has answered by then; this only tells the server that nothing more will come.
        await request.answered

    def _serve(self) -> None:
        while True:
            request = self._queue.get()
            try:
                request.answer(self.application)
            except ProtocolClosed:
                pass  # they left before the answer
            except Exception:
                log.exception("A page could not be answered: %s", request.scope.path)
                request.give_up()
            finally:
                request.done()
                del request  # or the last one, with its body, would stay until the next comes


class _Request:
    """One request on its way through a thread."""

    def __init__(self, scope: Any, proto: Any, body: bytes, loop: asyncio.AbstractEventLoop) -> None:
        self.scope, self.proto, self.body, self.loop = scope, proto, body, loop
        self.answered = loop.create_future()
        self._status = 500
        self._headers: list[tuple[str, str]] = []
        self._is_begun = False

    def answer(self, application: Wsgi) -> None:
        result = application(environ(self.scope, self.body), self._begin)
        try:
            if self._is_short(result):
                whole = b"".join(result)
                self._is_begun = True
                self.proto.response_bytes(self._status, self._headers, whole)
            else:
                self._stream(result)
        finally:
            if hasattr(result, "close"):
                result.close()

    def give_up(self) -> None:
        if not self._is_begun:
            _say(self.proto, 500, BROKEN)

    def done(self) -> None:
        self.loop.call_soon_threadsafe(self._settle)

    def _settle(self) -> None:
        if not self.answered.done():
            self.answered.set_result(None)

    def _begin(self, status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
        self._status, self._headers = int(status[:3]), headers

    def _is_short(self, result: Iterable[bytes]) -> bool:
        if isinstance(result, list) or not getattr(result, "streaming", True):
            return True
        length = next((value for name, value in self._headers if name.lower() == "content-length"), None)
        return length is not None and int(length) <= WHOLE

    def _stream(self, result: Iterable[bytes]) -> None:
        """Long answers, such as exports, go out piece by piece, no faster than the other side reads."""
        self._is_begun = True
        transport = self.proto.response_stream(self._status, self._headers)
        for piece in result:
            if piece:
                asyncio.run_coroutine_threadsafe(_send(transport, piece), self.loop).result()


async def _send(transport: Any, piece: bytes) -> None:
    await transport.send_bytes(piece)


class _NotTaken(Exception):
    """A request that does not reach the pages: status and sentence."""


def _is_upload(scope: Any) -> bool:
    """A form with files, longer than one without may be, or of a length that it does not say."""
    if not scope.headers.get("content-type", "").startswith("multipart/form-data"):
        return False
    return int(scope.headers.get("content-length", LONGEST_BODY + 1)) > LONGEST_BODY


async def _body(scope: Any, proto: Any) -> bytes:
    length = scope.headers.get("content-length")
    if length is None and "transfer-encoding" not in scope.headers:
        return b""
    most, seconds = LONGEST_BODY, BODY_SECONDS
    if _is_upload(scope):
        most, seconds = settings.LARGEST_FILE + MEGABYTE, UPLOAD_SECONDS
    too_long = _NotTaken(413, TOO_LONG.format(most=most // MEGABYTE))
    if length is not None and int(length) > most:
        raise too_long
    try:
        return await asyncio.wait_for(_read(proto, most, too_long), seconds)
    except TimeoutError:
        raise _NotTaken(408, TOO_SLOW) from None


async def _read(proto: Any, most: int, too_long: _NotTaken) -> bytes:
    pieces, size = [], 0
    async for piece in proto:
        size += len(piece)
        if size > most:
            raise too_long
        pieces.append(piece)
    return b"".join(pieces)


def _say(proto: Any, status: int, sentence: str) -> None:
    headers = [("content-type", "text/plain; charset=utf-8"), ("cache-control", "no-store")]
    if status == 503:
        headers.append(("retry-after", "3"))
    proto.response_str(status, headers, sentence)


def environ(scope: Any, body: bytes) -> dict[str, Any]:
    """The request as PEP 3333 wants it."""
    host, _, port = scope.server.rpartition(":")
    told: dict[str, Any] = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode("utf8", "surrogateescape").decode("latin1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope.headers.items():
        if name == "content-type":
            told["CONTENT_TYPE"] = value
        # An underscore would let anybody write a header that only the proxy in front may write.
        elif name != "content-length" and "_" not in name:
            key = "HTTP_" + name.upper().replace("-", "_")
            joint = "; " if name == "cookie" else ","
            told[key] = f"{told[key]}{joint}{value}" if key in told else value
    return told
