"""What people say and look for stands in no address: addresses lie in histories, logs and bookmarks for years (PRV-01).

Choices, codes and numbers of records may, so that a list can be sent to a colleague.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import sisheng

PACKAGE = Path(sisheng.__file__).parent
CODES = {
    "after", "before",  # a place in a list
    "view", "mine", "show", "kind", "status", "channel", "need", "language", "large", "week", "for",  # a choice
    "handler", "shop", "unit", "customer", "contact", "answer", "origin", "at",  # the code or number of a record
    # at the public door, on the visitor's own telephone: the shop or place they look for, and what their slip says
    "q", "number", "code",
}  # fmt: skip
FORMS = {
    "windows/board/templates/board/_filters.html",  # of choices and codes
    "windows/reports/templates/reports/_period.html",  # of days
    "windows/portal/templates/portal/home.html",  # a visitor looks for a shop or a place
    "windows/portal/templates/portal/poster.html",  # of the code of a place
}


def _texts(pattern: str) -> dict[str, str]:
    files = [file for file in PACKAGE.rglob(pattern) if "tests" not in file.parts and "node_modules" not in file.parts]
    return {str(file.relative_to(PACKAGE)): file.read_text(encoding="utf8") for file in files}


@pytest.mark.rule("PRV-01")
def test_views_read_only_codes_from_an_address():
    read = {
        name: file
        for file, text in _texts("*.py").items()
        for name in re.findall(r"""\.GET(?:\.get|\.getlist)?[(\[]["'](\w+)""", text)
    }

    assert {name: file for name, file in read.items() if name not in CODES} == {}
    assert {"before", "channel", "view"} <= read.keys()  # the wall sees something


@pytest.mark.rule("PRV-01")
def test_only_filters_are_sent_by_get():
    def is_got(form: str) -> bool:
        return not re.search(r'method="(post|dialog)"', form)

    got = {file for file, text in _texts("*.html").items() if any(map(is_got, re.findall(r"<form\b[^>]*", text)))}

    assert got == FORMS
