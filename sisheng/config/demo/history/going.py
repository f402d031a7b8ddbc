"""Inquiries on their way, and those that wait on the desk at the moment of loading: due soon, overdue, just begun,
ready to be rung back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sisheng.config.demo.history.inquiries import Asked, Inquiries, Step, answered
from sisheng.config.demo.history.receptions import Receptions
from sisheng.desk.contacts.models import Contact
from sisheng.desk.inquiries.models import BrandTry
from sisheng.mall.directory.models import Desk, Mall

LONGEST_AGO = timedelta(minutes=90)


@dataclass(frozen=True)
class Going:
    """An inquiry on its way: all the way to its end, or as far as these steps."""

    contact: Contact
    asked: Asked
    steps: tuple[Step, ...] | None = None


def open_now(mall: Mall, desks: Receptions, brands: Inquiries, at: datetime) -> list[Going]:
    reached, no_reply = BrandTry.Result.REACHED, BrandTry.Result.NO_REPLY
    silk, cooker = brands.about("L2-C03"), brands.about("L4-C05")
    watch, shoes = brands.about("L1-A03"), brands.about("L3-A02")
    told: list[tuple[int, str, Asked, tuple[Step, ...]]] = [
        (72, "1009", cooker, ((9, brands.tried(cooker, no_reply)), (18, brands.tried(cooker, no_reply, 1)))),
        (52, "1008", silk, ((20, brands.tried(silk, reached)),)),
        (40, "1010", shoes, ((11, brands.tried(shoes, reached)), (7, answered(shoes)))),
        (15, "1008", watch, ()),
    ]
    now = while_open(mall, desks.desks["main"], at).replace(microsecond=0)
    return [
        Going(desks.asking(now - timedelta(minutes=ago), agent, 11 * turn), asked, steps)
        for turn, (ago, agent, asked, steps) in enumerate(told)
    ]


def while_open(mall: Mall, desk: Desk, at: datetime) -> datetime:
    """That moment, if the desk has been open for a while, else when it closed last."""
    calendar = mall.calendar("O", desk)
    if calendar.is_open(at) and calendar.is_open(at - LONGEST_AGO):
        return at
    day = mall.today(at)
    while True:
        closings = [closes for _opens, closes in calendar.spans_on(day) if closes <= at]
        if closings:
            return closings[-1]
        day -= timedelta(days=1)
