"""A pipe between the command and its web processes: when the command's end closes, they let the streams go and stop.

It closes when the command is told to stop, and also when the command is killed outright; so nobody is left behind
holding the port.
"""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable


class Lifeline:
    """Made before the web processes are, so that each of them inherits it."""

    def __init__(self) -> None:
        self._read, self._write = os.pipe()

    def cut(self) -> bool:
        """In the command: let everybody go. False when it was done before."""
        if self._write < 0:
            return False
        os.close(self._write)
        self._write = -1
        return True

    def hold(self, loop: asyncio.AbstractEventLoop, when_cut: Callable[[], None]) -> None:
        """In a web process: do this, and stop, when the line is cut."""
        self.cut()  # our own copy of the other end would keep it open

        def let_go() -> None:
            loop.remove_reader(self._read)
            when_cut()
            os.kill(os.getpid(), signal.SIGTERM)

        loop.add_reader(self._read, let_go)
