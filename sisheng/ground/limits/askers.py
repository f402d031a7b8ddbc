"""Somebody at the public door, as far as counting them needs it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest

from sisheng.ground.limits.actions import take
from sisheng.ground.limits.addresses import address_of
from sisheng.ground.limits.work import is_solved

Allowance = tuple[float, int]  # in an hour, and at once


@dataclass(frozen=True)
class Asker:
    """From where they ask, and whether their machine has done the work that the form asked for.

    A whole mall may stand behind one address. Whoever has worked shares a wide bucket with all the others there;
    whoever has not, for want of JavaScript, a narrow one. Nobody is turned away for not having worked.
    """

    address: str
    has_worked: bool

    @classmethod
    def of(cls, request: HttpRequest, once: str, at: datetime) -> Asker:
        return cls(address_of(request), is_solved(request.POST.get("work", ""), once, at))

    def take(self, what: str, at: datetime, *, worked: Allowance, not_worked: Allowance) -> None:
        """Take a token for this thing. Raises TooMany."""
        if self.has_worked:
            take(f"{what}:{self.address}", *worked, at)
        else:
            take(f"{what}, not worked:{self.address}", *not_worked, at)
