"""What one sees by looking closely at a page."""

import time
from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[2] / "sisheng/ground/ui/frontend/node_modules/axe-core/axe.min.js"


def axe(page: Page) -> list[str]:
    """The serious and critical findings of axe on a page, one line each; empty is what we want."""
    window = page.viewport_size
    # as tall as the page: what lies under a bar at the bottom only until one scrolls is not hidden
    page.set_viewport_size({**window, "height": page.evaluate("document.documentElement.scrollHeight")})
    page.evaluate(AXE.read_text(encoding="utf8"))
    found = page.evaluate(
        """async () => (await axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})).violations
        .filter(({impact}) => ["serious", "critical"].includes(impact))
        .flatMap(({id, nodes}) => nodes.map(({target, failureSummary}) =>
            `${id}: ${target} ${failureSummary.replace(/\\s+/g, " ")}`))"""
    )
    page.set_viewport_size(window)
    return list(found)


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window; 0 is what we want."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def until(page: Page, truth: str, *, seconds: float = 10) -> None:
    """Wait until a JavaScript expression is true. (The security policy forbids playwright's own waiting: it evals.)"""
    end = time.monotonic() + seconds
    while not page.evaluate(truth):
        assert time.monotonic() < end, f"never came true: {truth}"
        page.wait_for_timeout(20)
