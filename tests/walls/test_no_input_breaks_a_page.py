"""Bad input of every sort into every field of every page (R3 of the bars): a sentence that names the field, nothing cut
silently, nothing changed, nothing broken, no answer over a megabyte. `bin/deep badinput` tells the slowest."""

from __future__ import annotations

import time
from urllib.parse import urlencode

import pytest
from django.apps import apps
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from sisheng.ground.events.models import PlainJSON
from sisheng.ground.privacy.sealed import Sealed
from sisheng.mall.staff.middleware import KEYLESS
from tests.walls.bad_input import (
    ANYWHERE,
    ASKED,
    FIELDS,
    IN_ADDRESSES,
    IN_FORMS,
    INSTEAD,
    LONGEST_HEAD,
    MEGABYTE,
    NUMBERS,
    SCRIPT,
    TEXTS,
    Place,
)
from tests.walls.rows import everything
from tests.walls.test_every_form_is_sent_once import FORMS, prepare  # noqa: F401
from tests.walls.test_who_may_open_which_page import PAGES

pytestmark = pytest.mark.django_db

CHANGED = (
    "cases.Case",
    "inquiries.Inquiry",
    "board.SavedView",
    "quality.Review",
    "complaints.Complaint",
    "contacts.Contact",
    "improvements.Improvement",
    "complaints.ExternalCase",
    "complaints.Proposal",
    "followups.FollowUp",
    "evidence.CctvRequest",
    "evidence.ShopStatement",
)  # what forms may change without making one
SAID_NO = {403, 404, 409, 413, 422}
URLENCODED = "application/x-www-form-urlencoded"
ASKED_SO_FAR: list[tuple[float, str, int]] = []  # seconds, what, bytes of the answer: read by bin/deep badinput


class Undo(Exception):
    """Take back what was only tried."""


@pytest.fixture
def browser(boss):
    browser = Client(headers={"Accept-Language": "en"}, raise_request_exception=False)
    browser.force_login(boss, backend="django.contrib.auth.backends.ModelBackend")
    return browser


def _address(page: str, things: dict) -> str:
    return reverse(page, args=["riverside", *(things[name] for name in PAGES[page][0])])


def _ask(browser, how: str, address: str, body: bytes = b"", told: str = ""):
    began = time.perf_counter()
    answer = browser.generic(how, address, body, content_type=URLENCODED)
    if answer.streaming:  # a file
        answer = HttpResponse(b"".join(answer.streaming_content), status=answer.status_code)
    ASKED_SO_FAR.append((time.perf_counter() - began, told, len(answer.content)))
    return answer


# The list


def test_every_form_and_every_page_has_its_line():
    assert set(FIELDS) == {str(form) for form in FORMS}
    assert set(ASKED) >= {page for page, (_names, how, _may) in PAGES.items() if how == "get"}


# Forms


@pytest.mark.parametrize("place", IN_FORMS, ids=str)
def test_a_form_with_bad_input(place: Place, prepare, browser):  # noqa: F811
    things = prepare(place.form)
    before = everything()

    wrong = [
        f"{name}: {fault}"
        for name, text in IN_FORMS[place].items()
        for fault in _faults(place, name, text, browser, things, before)
    ]

    assert wrong == []
    assert everything() == before  # what was accepted has been taken back, so what was refused has changed nothing


def _faults(place: Place, name: str, text: bytes, browser, things: dict, before) -> list[str]:
    """Send one bad thing, look, and take it back."""
    form = {field: things.get(told[1:]) if told[:1] == "@" else told for field, told in place.form.body.items()}
    body = urlencode(form | {"once": f"key-{name[:50]}", place.field: text}).encode()
    faults: list[str] = []
    try:
        with transaction.atomic():
            answer = _ask(browser, "POST", _address(place.page, things) + place.form.query, body, f"{place}: {name}")
            faults += _too_bad(answer)
            if answer.status_code in SAID_NO:
                return faults + _names(answer, place.field)
            faults += _kept_whole(place, text, before)
            if location := answer.get("Location"):
                faults += _too_bad(_ask(browser, "GET", location, told=f"after {place}: {name}"))
            raise Undo
    except Undo:
        return faults


def _too_bad(answer) -> list[str]:
    faults = []
    if answer.status_code >= 500 or answer.status_code == 400:
        faults.append(f"answered {answer.status_code}")
    if len(answer.content) > MEGABYTE:
        faults.append(f"an answer of {len(answer.content)} bytes")
    if SCRIPT.encode() in answer.content:
        faults.append("the script is in the page")
    return faults


def _names(answer, field: str) -> list[str]:
    """The refusal says which field it is about; of what was too much to be read, nobody can."""
    if answer.status_code == 413:
        return [] if "That is too much at once" in answer.content.decode() else ["no sentence"]
    if answer.status_code == 409:
        return []  # it is about how things stand, not about a field
    told = answer.content.decode()
    for name in (field, INSTEAD.get(field)):
        if any(mark in told for mark in (f'href="#id_{name}"', f'data-field="{name}"', f"“{name}”")):
            return []
    return [f"{answer.status_code} does not name the field"]


def _kept_whole(place: Place, sent: bytes, before) -> list[str]:
    """What was accepted is there to the letter, or not at all: it only chose something, or was no part of this form."""
    text = sent.decode()
    if not text:
        return []
    kept = [
        value
        for label, rows in everything(*place.form.makes, *CHANGED).items()
        for key, row in rows.items()
        if before[label].get(key) != row
        for value in _texts(label, row)
    ]
    if any(text in value for value in kept):
        return []
    cut = [value for value in kept if len(value) > 3 and value in text]
    return [f"cut to {cut[0][:40]}"] if cut else ["accepted, but kept nowhere"]


def _texts(label: str, row: dict) -> list[str]:
    """What a row says, also where it is encrypted."""
    sealed = any(isinstance(value, Sealed) for value in row.values())
    there = apps.get_model(label)._base_manager.get(pk=row["pk"]) if sealed else None
    told = [getattr(there, name) if isinstance(value, Sealed) else value for name, value in row.items()]
    return [value if isinstance(value, str) else PlainJSON().encode(value) for value in told if _can_be_read(value)]


def _can_be_read(value) -> bool:
    return value is not None and not isinstance(value, bytes | memoryview)


# Addresses


@pytest.mark.parametrize("place", IN_ADDRESSES, ids=str)
def test_an_address_with_bad_input(place: Place, prepare, browser):  # noqa: F811
    things = prepare(next((form for form in FORMS if form.page == place.page), FORMS[0]))
    before = everything()
    wrong = []

    for name, text in IN_ADDRESSES[place].items():
        address = f"{_address(place.page, things)}?{urlencode({place.field: text})}"[:LONGEST_HEAD]
        answer = _ask(browser, "GET", address, told=f"{place}: {name}")
        wrong += [f"{name}: {fault}" for fault in _too_bad(answer)]
        if name in ANYWHERE and answer.status_code != 405:
            wrong += [f"{name}: {fault}" for fault in _names(answer, place.field)]

    assert wrong == []
    assert everything() == before


# Searches: what is looked for comes in the body


@pytest.mark.parametrize(
    ("page", "field"), [("board:palette", "q"), ("board:found", "q"), ("inquiries:begin-with", "words")]
)
def test_a_search_with_bad_input(page, field, prepare, browser):  # noqa: F811
    things = prepare(FORMS[0])
    before = everything()
    wrong = []

    for name, text in next(texts for place, texts in IN_ADDRESSES.items() if place.page == "board:palette").items():
        body = urlencode({field: text}).encode()
        answer = _ask(browser, "POST", _address(page, things), body, f"{page}: {name}")
        wrong += [f"{name}: {fault}" for fault in _too_bad(answer)]
        if name in ANYWHERE:
            wrong += [f"{name}: {fault}" for fault in _names(answer, field)]

    assert wrong == []
    assert everything() == before


@pytest.mark.parametrize("page", [page for page, asked in PAGES.items() if asked[0]])
def test_a_number_that_names_nothing(page, prepare, browser):  # noqa: F811
    things = prepare(next((form for form in FORMS if form.page == page), FORMS[0]))
    if "move" in PAGES[page][0]:
        things["move"] = things["move"] or "answer"
    before = everything()
    wrong = []

    for thing in PAGES[page][0]:
        for name, number in NUMBERS.items():
            address = _address(page, things | {thing: "HERE" if isinstance(things[thing], str) else 4711})
            address = address.replace("HERE", number).replace("4711", number)
            for how in ("GET", "POST"):
                answer = _ask(browser, how, address, b"once=a-key", f"{how} {page} {name}")
                if answer.status_code not in {404, 405, 422}:
                    wrong.append(f"{how} {address}: {answer.status_code}")
                wrong += [f"{how} {address}: {fault}" for fault in _too_bad(answer)]

    assert wrong == []
    assert everything() == before


# Pages for whoever is not logged in


@pytest.mark.parametrize(
    ("page", "field"),
    [("login", "username"), ("login", "password"), ("login", "next"), ("ui:theme", "theme"), ("ui:theme", "next"),
     ("set_language", "language"), ("set_language", "next")],
)  # fmt: skip
def test_a_stranger_with_bad_input(page, field, boss, settings):
    settings.AXES_ENABLED = False  # five wrong passwords are enough, which is tested elsewhere
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # the real one is slow, as it should
    assert page in KEYLESS
    stranger = Client(headers={"Accept-Language": "en"}, raise_request_exception=False)
    form = {"username": "1030", "password": "wrong", "theme": "dark", "language": "en", "next": "/"}
    before = everything()
    wrong = []

    for name, text in (ANYWHERE | TEXTS).items():
        answer = _ask(
            stranger, "POST", reverse(page), urlencode(form | {field: text}).encode(), f"{page} {field}: {name}"
        )
        wrong += [f"{name}: {fault}" for fault in _too_bad(answer)]

    assert wrong == []
    assert everything() == before


def test_too_many_fields_are_refused_with_a_sentence(browser):
    body = urlencode([(f"f{number}", "x") for number in range(5000)]).encode()

    answer = _ask(browser, "POST", reverse("contacts:log", args=["riverside"]), body, "5,000 fields")

    assert answer.status_code == 413
    assert "That is too much at once" in answer.content.decode()
