"""Bad input of every sort into what customers and shops send (R3 of the bars): they hear a sentence, nothing is cut
silently, nothing changes that was refused, and nothing breaks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sisheng.desk.followups.actions.surveys import send_due
from sisheng.desk.followups.forms import Survey as SurveyForm
from sisheng.desk.followups.models import Survey
from sisheng.ground.events.reactions import run_reactions
from sisheng.kit.evidence import actions as evidence
from sisheng.kit.links import actions as links
from sisheng.windows.portal.forms import Complain, Praise, Progress, Rate
from sisheng.windows.shops.actions import make_link
from tests.walls.bad_input import ANYWHERE, TEXTS, _said
from tests.walls.rows import everything
from tests.walls.test_no_input_breaks_a_page import _ask, _texts, _too_bad
from tests.walls.test_who_may_open_which_page import PAGES

pytestmark = pytest.mark.django_db

SAID_NO = {403, 404, 409, 413, 422, 429}


class Undo(Exception):
    """Take back what was only tried."""


@dataclass(frozen=True)
class Door:
    """One form at the public door: where it is sent, as it should be, and what it keeps."""

    page: str
    body: dict[str, str]
    fields: list[str]
    opens: str = ""  # in which state the case is that was opened with number and code, if it has to be

    def __str__(self) -> str:
        return self.page


COMPLAIN = {"about": "staff", "about_words": "收银台", "category": "price", "account": "标价 88，收了 98。",
            "claims": "compensation", "phone": "15400000009"}  # fmt: skip
DOORS = [
    Door("portal:complain", COMPLAIN, _said(Complain)),
    Door("portal:praise", {"kind": "praise", "words": "收银员很耐心"}, [*_said(Praise), "at"]),
    Door("portal:praise", {"kind": "suggestion", "words": "多放几把椅子"}, ["words"]),
    Door("portal:rate", {"score": "2", "solved": "no", "words": "等太久"}, _said(Rate)),
    Door("portal:progress", {"number": "@number", "code": "@code"}, _said(Progress)),
    Door(
        "portal:answer", {"answer": "agree", "words": "好", "seen": "@version"}, ["answer", "words", "seen"], "offered"
    ),
    Door("portal:answer", {"answer": "refuse", "words": "不行", "seen": "@version"}, ["words"], "offered"),
    Door("portal:hurry", {}, ["words"], "offered"),
    Door("portal:photo", {}, ["photos"], "offered"),
    Door("statement", {"text": "当时标签没有换。"}, ["text", "papers"]),
    Door("survey", {"csat": "5", "is_solved": "yes"}, [*_said(SurveyForm), "stop"]),
]
PLACES = [(door, name) for door in DOORS for name in door.fields]


@pytest.fixture
def browser(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    browser = Client(headers={"Accept-Language": "en"}, raise_request_exception=False)
    browser.cookies["language"] = "en"
    return browser


@pytest.fixture
def ready(browser, act, mei, boss, riverside, make_complaint, settings):
    """The place to which a form is sent, with what it needs there."""

    def ready(door):
        settings.SISHENG_PUBLIC_ORIGIN = "https://help.example.com"
        at = timezone.now()
        if door.page == "survey":
            settings.SISHENG_CHANNELS = {"sms": {"url": "https://sms.example.com", "key": "k" * 32}}
            ended_at = act(boss).at - timedelta(days=300)  # at ten in the morning, some time ago
            complaint = make_complaint("resolved", at=ended_at)
            run_reactions(ended_at)
            send_due(ended_at + timedelta(hours=25))
            part = Survey.objects.get().number
            _link, token = links.make(act(boss, at=at), complaint, purpose="survey", part=part, lasts=timedelta(days=7))
            return reverse("links:by-link", args=["riverside", token]), complaint
        complaint = make_complaint("awaiting_customer", at=at)
        if door.page == "statement":
            asked = evidence.ask_statement(act(mei, at=at), complaint, complaint.shop, question="标价为何没换？")
            token = make_link(act(mei, at=at), asked).token
            return reverse("links:by-link", args=["riverside", token]), complaint
        if door.opens:
            told = {"number": complaint.number, "code": complaint.public_code, "once": "open"}
            assert browser.post(reverse("portal:progress", args=["riverside"]), told).status_code == 302
            complaint.refresh_from_db()
        at_desk = "?at=A" if door.page == "portal:rate" else ""
        return reverse(door.page, args=["riverside"]) + at_desk, complaint

    return ready


def test_every_form_at_the_public_door_has_its_line():
    posted = {page for page, (_names, how, _may) in PAGES.items() if page.startswith("portal:") and how == "post"}
    assert posted - {"portal:leave"} <= {door.page for door in DOORS}


@pytest.mark.parametrize(("door", "name"), PLACES, ids=[f"{door} {name}" for door, name in PLACES])
def test_a_form_at_the_public_door_with_bad_input(door, name, ready, browser):
    address, complaint = ready(door)
    known = {"@number": complaint.number, "@code": complaint.public_code, "@version": str(complaint.version)}
    form = {key: known.get(value, value) for key, value in door.body.items()}
    before = everything()

    wrong = [
        f"{what}: {fault}"
        for what, text in (ANYWHERE | TEXTS).items()
        for fault in _faults(browser, address, form, name, what, text, before)
    ]

    assert wrong == []
    assert everything() == before


def _faults(browser, address, form, name, what, text, before):
    body = urlencode(form | {"once": f"key-{what[:40]}", name: text}).encode()
    faults = []
    try:
        with transaction.atomic():
            answer = _ask(browser, "POST", address, body, f"{address} {name}: {what}")
            faults += _too_bad(answer)
            if answer.status_code in SAID_NO:
                if not _says_why(answer):
                    faults.append(f"{answer.status_code} without a sentence")
                if _without_counts(everything()) != _without_counts(before):
                    faults.append(f"{answer.status_code}, but something has changed")
                raise Undo
            faults += _kept_whole(text, before)
            if location := answer.get("Location"):
                faults += _too_bad(_ask(browser, "GET", location, told=f"after {address} {name}: {what}"))
            raise Undo
    except Undo:
        return faults


def _without_counts(rows):
    """That somebody asked is counted, whatever came of it."""
    return {label: those for label, those in rows.items() if label != "limits.Bucket"}


def _says_why(answer) -> bool:
    page = answer.content.decode()
    return any(mark in page for mark in ('role="alert"', "fault", "cannot be read", "That is too much at once"))


def _kept_whole(sent: bytes, before) -> list[str]:
    """What was accepted is there to the letter, or it was no part of this form and is nowhere."""
    text = sent.decode().strip()
    if len(text) < 30:  # short things are part of other words
        return []
    after = everything()
    kept = [
        value
        for label, rows in after.items()
        for key, row in rows.items()
        if before[label].get(key) != row
        for value in _texts(label, row)
    ]
    if any(text in value for value in kept):
        return []
    cut = [value for value in kept if len(value) > 20 and value in text]
    return [f"cut to {cut[0][:40]}"] if cut else []
