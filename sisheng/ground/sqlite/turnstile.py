"""One after the other, in the order of coming: the queue of those who want to write to one file."""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from collections.abc import Callable

GLANCE = 0.5  # seconds between two looks at whether the one in front is still alive


class Turn:
    """A place in the queue, and then the right to write. `let_go` undoes what was left half done by a dead thread."""

    __slots__ = ("_gate", "let_go", "thread")

    def __init__(self, let_go: Callable[[], None]) -> None:
        self.let_go = let_go
        self.thread = threading.current_thread()
        self._gate = threading.Lock()
        self._gate.acquire()

    def open(self) -> None:
        self._gate.release()

    def wait(self, seconds: float) -> bool:
        return self._gate.acquire(timeout=max(seconds, 0))


class Turnstile:
    """A lock that is handed over in the order in which it was asked for, so that nobody waits longer than the queue."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._queue: deque[Turn] = deque()
        self._holder: Turn | None = None

    def enter(self, turn: Turn, deadline: float) -> bool:
        """Wait for this turn, at most until the deadline (time.monotonic); whether it has come."""
        with self._guard:
            if self._holder is None:
                self._holder = turn
                return True
            self._queue.append(turn)
        while not turn.wait(min(GLANCE, deadline - time.monotonic())):
            if time.monotonic() >= deadline:
                return self._give_up(turn)
            self._pass_over_the_dead()
        return True

    def leave(self, turn: Turn) -> None:
        with self._guard:
            if self._holder is turn:
                self._holder = self._queue.popleft() if self._queue else None
                if self._holder:
                    self._holder.open()

    def _give_up(self, turn: Turn) -> bool:
        with self._guard:
            if self._holder is turn:
                return True  # it came at the last moment
            self._queue.remove(turn)
            return False

    def _pass_over_the_dead(self) -> None:
        holder = self._holder
        if holder and not holder.thread.is_alive():
            holder.let_go()
            self.leave(holder)


_turnstiles: dict[str, Turnstile] = {}
# A child process has none of the threads that were waiting or writing.
os.register_at_fork(after_in_child=_turnstiles.clear)


def turnstile_of(path: str) -> Turnstile:
    """The turnstile in front of this file, for the whole process."""
    return _turnstiles.get(path) or _turnstiles.setdefault(path, Turnstile())
