"""What agents do at their browsers in these benches, and the same on the bare site."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Callable
from typing import Any

from _browser import Answer, Browser, Visit, at_once
from _figures import Round
from _house import Server

PAIRS = itertools.count(1)  # telephone numbers nobody else has


def people(server: Server, told: dict[str, Any], number: int) -> list[Browser]:
    """So many agents, each logged in at a browser of their own."""
    return [Browser(server.port).log_in(code, told["password"]) for code in told["people"][:number]]


def visitors(server: Server, number: int) -> list[Browser]:
    """So many browsers before the bare site, where nobody logs in."""
    return [Browser(server.port) for _each in range(number)]


def begin_inquiry(told: dict[str, Any]) -> Visit:
    """Promise a call back to somebody who left a number: case, customer, consent, two clocks, findable at once."""
    fields = {
        "question": "行李箱有没有绿色 28 寸？顾客在门口等",
        "unit": told["unit"],
        "topic_name": "goods",
        "pick": "1h",
    }

    def visit(browser: Browser) -> Answer:
        new = {**fields, "phone": f"155{next(PAIRS):08}", "salutation": "王先生", "once": uuid.uuid4().hex}
        return browser.post(f"{told['desk']}/inquiries/new/", new)

    return visit


def log_contact(told: dict[str, Any]) -> Visit:
    """The commonest act of all: the answer card was read out, Enter."""
    fields = {"need": "4", "words": "xyxb", "answer": f"shop:{told['unit']}", "seconds": "14"}

    def visit(browser: Browser) -> Answer:
        return browser.post(
            f"{told['desk']}/contacts/log/", fields, Accept="application/json", Idempotency_Key=uuid.uuid4().hex
        )

    return visit


def insert(browser: Browser) -> Answer:
    return browser.post("/insert", {"subject": "行李箱有没有绿色 28 寸？", "by": "梅"})


def for_seconds(server: Server, browsers: list[Browser], visit: Visit, seconds: float) -> Callable[[], Round]:
    """One round: everybody at once, again and again, for so long."""

    def run() -> Round:
        before = server.cpu()
        answers, took = at_once(browsers, visit, seconds)
        errors = sum(answer.status >= 400 for answer in answers)
        used = (server.cpu() - before) * 1000 / len(answers)
        return Round([answer.ms for answer in answers], took, errors, used)

    return run


def visits(server: Server, browser: Browser, path: str, number: int) -> Callable[[], Round]:
    """One round: one person looks at this page so many times."""

    def run() -> Round:
        before = server.cpu()
        answers = [browser.get(path) for _each in range(number)]
        errors = sum(answer.status != 200 for answer in answers)
        used = (server.cpu() - before) * 1000 / number
        times = [answer.ms for answer in answers]
        return Round(times, sum(times) / 1000, errors, used)

    return run
