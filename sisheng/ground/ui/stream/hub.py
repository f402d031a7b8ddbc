"""All the open desks of one web process, and the one task that tells them."""

from __future__ import annotations

import asyncio
import json
import logging
from collections import defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import close_old_connections, connections

from sisheng.ground.ui.stream import mark
from sisheng.ground.ui.stream.tail import Tail, Topics, since

LOOK_SECONDS = 0.5
HEARTBEAT_SECONDS = 15
MOST_UNREAD = 64  # messages that one desk has not taken yet; then it is let go, and comes back by itself
HEARTBEAT = b":\n\n"

log = logging.getLogger(__name__)
Answer = TypeVar("Answer")


@dataclass(eq=False)
class Desk:
    """One open stream: who listens (known to the door alone), to which mall."""

    guest: Any
    mall_id: int
    unread: asyncio.Queue[bytes] = field(default_factory=lambda: asyncio.Queue(MOST_UNREAD))
    left: asyncio.Event = field(default_factory=asyncio.Event)

    def tell(self, message: bytes) -> None:
        try:
            self.unread.put_nowait(message)
        except asyncio.QueueFull:
            self.left.set()


class Hub:
    """Tells every desk of a mall which topics have changed.

    `still_welcome` says which guests may stay; it is asked with each heartbeat, so that a stream ends with its
    session. All questions to the database go through one thread with one connection.
    """

    def __init__(self, still_welcome: Callable[[Iterable[Any]], set[Any]]) -> None:
        self.still_welcome = still_welcome
        self.settled = 0  # a page may say to its stream: I know everything up to here
        self._desks: dict[int, set[Desk]] = defaultdict(set)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="stream")
        self._task: asyncio.Task[None] | None = None
        self._is_closed = False

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        self._task = loop.create_task(self._follow())

    def close(self) -> None:
        """Let every desk go; each comes back by itself, to whoever serves then."""
        self._is_closed = True
        for desk in self._everyone():
            desk.left.set()

    async def ask(self, question: Callable[..., Answer], *words: Any) -> Answer:
        """Put a question to the database, away from the loop."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, _tidily, question, *words)

    async def listen(self, desk: Desk, after: int | None, send: Callable[[bytes], Any]) -> None:
        """Tell this desk until it leaves. `after`: the last event it knows of."""
        self._desks[desk.mall_id].add(desk)
        try:
            await send(f"id: {self.settled}\nretry: 2000\n\n".encode())
            if after is not None and (topics := await self.ask(since, desk.mall_id, after)):
                desk.tell(self._message(topics))
            await self._pass_on(desk, send)
        finally:
            self._desks[desk.mall_id].discard(desk)

    async def _pass_on(self, desk: Desk, send: Callable[[bytes], Any]) -> None:
        leaving = asyncio.ensure_future(desk.left.wait())
        try:
            while not (desk.left.is_set() or self._is_closed):
                next_message = asyncio.ensure_future(desk.unread.get())
                await asyncio.wait({next_message, leaving}, return_when=asyncio.FIRST_COMPLETED)
                if not next_message.done():
                    next_message.cancel()
                    return
                await send(next_message.result())
        finally:
            leaving.cancel()

    async def _follow(self) -> None:
        tail: Tail | None = None
        clock = asyncio.get_running_loop().time
        next_heartbeat = clock() + HEARTBEAT_SECONDS
        is_blind = False
        while not self._is_closed:
            try:
                if tail is None:
                    tail = await self.ask(Tail.from_now)
                changes = await self.ask(tail.look)
                self.settled = mark.settled = tail.settled
                self._tell(changes)
                if clock() >= next_heartbeat:
                    next_heartbeat = clock() + HEARTBEAT_SECONDS
                    await self._beat()
                is_blind = False
            except Exception:  # the database is away: it will be back, and nothing will have been missed
                if not is_blind:
                    log.exception("The event stream cannot see what changes; it goes on trying.")
                is_blind = True
            await asyncio.sleep(LOOK_SECONDS)

    def _tell(self, changes: dict[int, Topics]) -> None:
        for mall_id, topics in changes.items():
            if desks := self._desks.get(mall_id):
                message = self._message(topics)
                for desk in desks:
                    desk.tell(message)

    async def _beat(self) -> None:
        desks = self._everyone()
        for desk in desks:
            desk.tell(HEARTBEAT)
        if desks:
            welcome = await self.ask(self.still_welcome, [desk.guest for desk in desks])
            for desk in desks:
                if desk.guest not in welcome:
                    desk.left.set()

    def _message(self, topics: Topics) -> bytes:
        told = json.dumps({"topics": sorted(topics)}, ensure_ascii=False)
        return f"id: {self.settled}\nevent: poke\ndata: {told}\n\n".encode()

    def _everyone(self) -> list[Desk]:
        return [desk for desks in self._desks.values() for desk in desks]


def _tidily(question: Callable[..., Answer], *words: Any) -> Answer:
    """Ask with a connection that is still good, and drop it when it turns out not to be."""
    close_old_connections()
    try:
        return question(*words)
    except Exception:
        connections.close_all()
        raise
