"""The site as the server calls it: the event stream on the loop, every other path through the pages."""

from __future__ import annotations

import asyncio
import re
from typing import Any

from django.conf import settings
from django.http import parse_cookie
from granian.rsgi import ProtocolClosed

from sisheng.config.serve.door import Guest, NoSuchMall, NotLoggedIn, admit, still_welcome
from sisheng.config.serve.lifeline import Lifeline
from sisheng.config.serve.pages import Pages
from sisheng.config.wsgi import application
from sisheng.ground.ui.stream.hub import Desk, Hub

STREAM = re.compile(r"/(?P<mall>[\w-]+)/desk/stream/")
HEADERS = [
    ("content-type", "text/event-stream; charset=utf-8"),
    ("cache-control", "no-store"),
    ("x-accel-buffering", "no"),  # proxies must not wait for more
]


class Site:
    """One web process."""

    def __init__(self, *, threads: int, lifeline: Lifeline) -> None:
        self.pages = Pages(application, threads)
        self.hub = Hub(still_welcome)
        self.lifeline = lifeline

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.lifeline.hold(loop, self.hub.close)
        self.pages.start()
        self.hub.start(loop)

    async def __rsgi__(self, scope: Any, proto: Any) -> None:
        place = STREAM.fullmatch(scope.path)
        if place and scope.method == "GET":
            await self.stream(scope, proto, place["mall"])
        else:
            await self.pages(scope, proto)

    async def stream(self, scope: Any, proto: Any, mall: str) -> None:
        """Let somebody listen: 401 who is not logged in, 404 who has no business in that mall."""
        guest = Guest(session=_cookie(scope, settings.SESSION_COOKIE_NAME), mall=mall)
        try:
            desk = Desk(guest, mall_id=await self.hub.ask(admit, guest))
        except NotLoggedIn:
            return proto.response_empty(401, [])
        except NoSuchMall:
            return proto.response_empty(404, [])
        transport = proto.response_stream(200, HEADERS)
        gone = asyncio.ensure_future(proto.client_disconnect())
        gone.add_done_callback(lambda _: desk.left.set())
        try:
            await self.hub.listen(desk, _last_event(scope), transport.send_bytes)
        except ProtocolClosed:
            pass  # they left while we spoke
        finally:
            gone.cancel()


def _cookie(scope: Any, name: str) -> str:
    return parse_cookie(scope.headers.get("cookie", "")).get(name, "")


def _last_event(scope: Any) -> int | None:
    """The last event that the browser knows: what it says itself when it comes back, else what its page says."""
    asked = re.search(r"(?:^|&)after=(\d{1,18})(?:&|$)", scope.query_string)
    told = scope.headers.get("last-event-id", "")
    if re.fullmatch(r"\d{1,18}", told):
        return int(told)
    return int(asked[1]) if asked else None
