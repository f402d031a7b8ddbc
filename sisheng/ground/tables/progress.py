"""How far a long reading or writing has come: a bar for a person, plain lines for a log."""

from __future__ import annotations

import time
from typing import Self, TextIO

BAR = 30  # characters
PAUSE = 0.1  # seconds between two drawings


class Progress:
    """Counts on one line while somebody looks at a terminal; elsewhere a line for each tenth."""

    def __init__(self, stream: TextIO, label: str, total: int) -> None:
        self._stream, self._label, self._total = stream, label, max(total, 1)
        self._is_seen = stream.isatty()
        self._drawn_at = 0.0
        self._tenth = 0
        self._done = 0

    def reach(self, done: int) -> None:
        """So many are done. More than expected counts as nearly all."""
        self._done = done
        share = min(done / self._total, 0.999)
        if self._is_seen:
            if (now := time.monotonic()) - self._drawn_at >= PAUSE:
                self._drawn_at = now
                self._draw(share)
        elif int(share * 10) > self._tenth:
            self._tenth = int(share * 10)
            self._stream.write(f"{self._label} {self._tenth * 10}%\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, failed: object, *_rest: object) -> None:
        if failed is None:
            self._finish()

    def _finish(self) -> None:
        if self._is_seen:
            self._draw(1)
            self._stream.write("\n")
        else:
            self._stream.write(f"{self._label} 100%\n")
        self._stream.flush()

    def _draw(self, share: float) -> None:
        full = int(share * BAR)
        self._stream.write(f"\r{self._label} {'█' * full}{'░' * (BAR - full)} {share:4.0%} {self._done:,}")
        self._stream.flush()
