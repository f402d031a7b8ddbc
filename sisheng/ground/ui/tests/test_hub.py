"""All the open desks of one process."""

from __future__ import annotations

import asyncio

import pytest
from django.db import OperationalError

from sisheng.ground.ui.stream import hub as hub_module
from sisheng.ground.ui.stream.hub import HEARTBEAT, MOST_UNREAD, Desk, Hub

RIVERSIDE = 1
POKE = b"event: poke"


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    monkeypatch.setattr(hub_module, "LOOK_SECONDS", 0.01)
    monkeypatch.setattr(hub_module, "HEARTBEAT_SECONDS", 0.02)


@pytest.fixture
def looks(monkeypatch):
    """What the tail sees at each look; a look may also fail."""
    planned: list = []

    class PlannedTail:
        settled = 7

        @classmethod
        def from_now(cls):
            return cls()

        def look(self):
            seen = planned.pop(0) if planned else {}
            if isinstance(seen, Exception):
                raise seen
            return seen

    monkeypatch.setattr(hub_module, "Tail", PlannedTail)
    return planned


async def _listen(hub: Hub, desk: Desk, seconds: float) -> list[bytes]:
    heard: list[bytes] = []

    async def send(message: bytes) -> None:
        heard.append(message)

    hub.start(asyncio.get_running_loop())
    try:
        await asyncio.wait_for(hub.listen(desk, None, send), seconds)
    except TimeoutError:
        heard.append(b"still listening")
    hub.close()
    return heard


def test_the_stream_ends_with_its_session(looks):
    heard = asyncio.run(_listen(Hub(lambda guests: set()), Desk("mei", RIVERSIDE), 5))

    assert HEARTBEAT in heard
    assert heard[-1] != b"still listening"


def test_who_is_still_welcome_goes_on_listening(looks):
    heard = asyncio.run(_listen(Hub(set), Desk("mei", RIVERSIDE), 0.3))

    assert heard[0] == b"id: 0\nretry: 2000\n\n"
    assert heard.count(HEARTBEAT) > 2
    assert heard[-1] == b"still listening"


def test_a_database_that_is_away_for_a_while_costs_no_desk_its_stream(looks, caplog):
    looks += [OperationalError("gone"), OperationalError("gone"), {RIVERSIDE: frozenset({"case"})}]

    heard = asyncio.run(_listen(Hub(set), Desk("mei", RIVERSIDE), 0.3))

    assert b'id: 7\nevent: poke\ndata: {"topics": ["case"]}\n\n' in heard
    assert caplog.text.count("The event stream cannot see") == 1


def test_a_desk_that_takes_nothing_is_let_go_instead_of_filling_the_memory():
    desk = Desk("mei", RIVERSIDE)
    for _number in range(MOST_UNREAD + 1):
        desk.tell(POKE)

    assert desk.left.is_set()
