"""What every gateway is asked, and the two ways in which it says no."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class Outgoing:
    """Words on their way to one person. `key` is the same whenever the same words are handed over again, so that
    whoever takes them can tell a repeat; `at` is the moment of this attempt."""

    key: str
    to: str
    subject: str
    text: str
    language: str
    at: datetime


class Gateway(Protocol):
    """The way to one service outside."""

    def send(self, message: Outgoing) -> str:
        """Hand it over; returns the name under which the service keeps it. Raises Unreachable or Rejected.

        The service may have taken it although we hear Unreachable: an answer can be lost. Sent again, it has the same
        key.
        """
        ...


class NotSent(Exception):
    """The service did not say yes. Its words are kept for whoever looks into it, never the message."""


class Unreachable(NotSent):
    """Not now: no answer, too busy, or our own settings are wrong. Trying again later makes sense."""


class Rejected(NotSent):
    """Never: this recipient or this message will not be taken however often it is tried."""
