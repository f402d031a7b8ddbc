"""A customer with a phone."""

from __future__ import annotations

import pytest

from sisheng.desk.inquiries.tests.conftest import make_inquiry, play  # noqa: F401


@pytest.fixture(autouse=True)
def _reads_english(client):
    client.cookies["language"] = "en"


@pytest.fixture(autouse=True)
def _with_phones(riverside):
    riverside.hot_line, riverside.supervision_line = "0000-8866-1188", "0000-8866-1189"
    riverside.save(update_fields=["hot_line", "supervision_line"])


@pytest.fixture
def ask(client):
    """Send number and code, as without JavaScript."""

    def ask(number, code, *, address="203.0.113.7", mall="riverside", **more):
        sent = {"number": number, "code": code, "once": "k1", **more}
        return client.post(f"/{mall}/progress/", sent, REMOTE_ADDR=address)

    return ask


@pytest.fixture
def look(client, ask):
    """Open a case with its number and code; the text of its page."""

    def look(case):
        assert ask(case.number, case.public_code).status_code == 302
        return client.get("/riverside/progress/case/").content.decode()

    return look
