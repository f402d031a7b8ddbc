"""A browser at the counter. A journey asks `page_for(mei)` for a screen and works it as a person does.

Anything that the browser complains about fails the journey: an error in the console, an uncaught exception, a breach
of the security policy. A journey that provokes a complaint says so: `forgive("status of 409")`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings as site
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

DIST = Path(__file__).resolve().parents[2] / "sisheng/ground/ui/static/ui/dist"
CHROMIUM = os.environ.get("SISHENG_CHROMIUM", "/usr/bin/chromium")
QUIETLY = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# The policy's breaches are told to the page, not always to the console.
WATCH_POLICY = """document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`security policy: ${event.violatedDirective} ${event.blockedURI} in ${event.sourceFile}`))"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all journeys."""
    if not (DIST / "app.js").exists():
        pytest.fail("The screens are not built: run `npm ci --ignore-scripts && node build.mjs` in frontend/.")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # playwright keeps an event loop in this thread; Django would take that for asynchronous code
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "yes")
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIETLY)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def static_root() -> None:
    """Whitenoise warns when it is not there, and a warning is an error here."""
    Path(site.STATIC_ROOT).mkdir(exist_ok=True)


@pytest.fixture
def complaints() -> list[str]:
    return []


@pytest.fixture
def forgive(complaints) -> Iterator[Callable[[str], None]]:
    """Name a complaint of the browser that this journey is meant to provoke."""
    forgiven: list[str] = []
    yield forgiven.append
    complaints[:] = [text for text in complaints if not any(part in text for part in forgiven)]


@pytest.fixture
def page_for(settings, static_root, live_server, browser, complaints, forgive) -> Iterator[Callable[..., Page]]:
    """A screen for somebody: `page_for(mei)`, `page_for(None, lang="en", theme="dark", width=375)`."""
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [Path(__file__).parent / "templates"]}]
    opened = []

    def open_for(staff, lang: str = "zh-hans", theme: str = "light", width: int = 1366, height: int = 768) -> Page:
        is_phone = width < 600
        window = {"viewport": {"width": width, "height": height}, "has_touch": is_phone, "is_mobile": is_phone}
        context = browser.new_context(base_url=live_server.url, **window)
        context.set_default_timeout(10_000)
        opened.append(context)
        cookies = {"language": lang, "theme": theme, **_session(staff)}
        context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()])
        context.add_init_script(WATCH_POLICY)
        page = context.new_page()
        page.on("console", lambda said: said.type == "error" and complaints.append(said.text))
        page.on("pageerror", lambda error: complaints.append(f"uncaught: {error}"))
        return page

    yield open_for
    for context in opened:
        context.close()


@pytest.fixture(autouse=True)
def _nothing_to_complain_about(complaints) -> Iterator[None]:
    yield
    assert not complaints, "The browser complained:\n" + "\n".join(complaints)


def _session(staff) -> dict[str, str]:
    if staff is None:
        return {}
    client = Client()
    client.force_login(staff, backend="django.contrib.auth.backends.ModelBackend")
    return {site.SESSION_COOKIE_NAME: client.cookies[site.SESSION_COOKIE_NAME].value}
