"""From a key to the paint in the quick log, and the first load of a desk, in Chromium (P24).

    python bench/keys.py [--rounds 6] [--db sqlite|pg] [--server postgres://…]

The server as it is shipped, with its compressed files; the database hardly matters here, so SQLite is enough unless
--db says otherwise. A digit opens the quick log; then the letters of a shop's initials are pressed, one every 150 ms.
The time runs from the key event until the frame with its change has been painted.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from typing import Any

from _desk import people
from _figures import Gates, at, heading
from _house import House, a_house, options_of, ours

CHROMIUM = os.environ.get("SISHENG_CHROMIUM", "/usr/bin/chromium")
QUIETLY = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
LETTERS = "xyxb"
BETWEEN = 150  # ms from one key to the next
LINE = {"offline": False, "latency": 20, "downloadThroughput": 5e6 / 8, "uploadThroughput": 5e6 / 8}

# When the frame with the first change after a key had been painted. Everything that a key does to the page it does at
# once; later changes are the seconds that tick in the quick log.
WATCH = """
(() => {
  let pressed = 0, painted = 0;
  addEventListener("keydown", (event) => { pressed = event.timeStamp; painted = 0; }, true);
  new MutationObserver(() => requestAnimationFrame(() => {
    const after = new MessageChannel();
    after.port1.onmessage = () => { painted ||= performance.now(); };
    after.port2.postMessage(0);
  })).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  window.keyToPaint = () => (painted ? painted - pressed : -1);
})();
"""
IS_OPEN = "() => !document.getElementById('quicklog').hidden"
FIRST_LOAD = """() => {
  const [page] = performance.getEntriesByType("navigation");
  const files = performance.getEntriesByType("resource");
  const painted = performance.getEntriesByName("first-contentful-paint")[0];
  return {
    loaded: page.loadEventEnd, painted: painted ? painted.startTime : -1,
    bytes: [page, ...files].reduce((sum, one) => sum + one.transferSize, 0),
    files: files.map((one) => `${one.name.replace(/^.*\\/(static|desk)\\//, "")} ${one.transferSize}`),
  };
}"""


def main() -> int:
    options = options_of(argparse.ArgumentParser(description=__doc__))
    if not os.access(CHROMIUM, os.X_OK):
        print(f"Not run: there is no {CHROMIUM}.")
        return 0
    gates = Gates()
    with a_house(options.db or "sqlite", options) as house:
        measure(house, options, gates)
    return 1 if gates.missed else 0


def measure(house: House, options: argparse.Namespace, gates: Gates) -> None:
    from playwright.sync_api import sync_playwright

    mall = house.database("day")
    told = house.run("_volume.py", "begin", database=mall)
    house.is_shipped = True
    command = [sys.executable, "-m", "sisheng", "collectstatic", "--no-input", "-v0"]
    subprocess.run(command, env=house.environment(mall), check=True)  # noqa: S603
    with ours(house, mall, "--with-worker") as server, sync_playwright() as playwright:
        agent = people(server, told, 1)[0]
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIETLY)
        heading("Chromium: keys and the first load")
        desk = f"http://127.0.0.1:{server.port}{told['desk']}/"
        loads = [first_load(chromium, agent.cookies, desk) for _round in range(options.rounds)]
        digits, letters = keys(chromium, agent.cookies, desk, options.rounds)
        chromium.close()
    print(f"  first load, 5 Mbit/s: painted {median(loads, 'painted'):.0f} ms, loaded {median(loads, 'loaded'):.0f} ms")
    print("  " + ", ".join(loads[-1]["files"]))
    firsts, later = [one[0] for one in letters], [ms for one in letters for ms in one[1:]]
    print(f"  opening digit: p50 {at(digits, 0.5):.0f} ms, most {max(digits):.0f} ms")
    print(f"  first letter: p50 {at(firsts, 0.5):.0f} ms, most {max(firsts):.0f} ms; "
          f"the others: p50 {at(later, 0.5):.0f} ms, most {max(later):.0f} ms")  # fmt: skip
    gates.at_most("P24: opening digit, p50", at(digits, 0.5), 120, " ms")
    gates.at_most("P24: letter to paint, p50", at([*firsts, *later], 0.5), 50, " ms")
    gates.at_most("P24: first load of the desk", median(loads, "loaded") / 1000, 1.5, " s")
    gates.at_most("P24: bytes of the first load", median(loads, "bytes") / 1000, 250, " kB")


def first_load(chromium: Any, cookies: dict[str, str], desk: str) -> dict[str, Any]:
    """A browser that was never here, on a slow line."""
    context = a_context(chromium, cookies, desk)
    page = context.new_page()
    context.new_cdp_session(page).send("Network.emulateNetworkConditions", LINE)
    page.goto(desk, wait_until="load")
    page.wait_for_timeout(500)
    found: dict[str, Any] = page.evaluate(FIRST_LOAD)
    context.close()
    return found


def keys(chromium: Any, cookies: dict[str, str], desk: str, rounds: int) -> tuple[list[float], list[list[float]]]:
    """A page that is opened anew in each round: what the opening digit took, and each letter after it."""
    digits, letters = [], []
    for _round in range(rounds):
        context = a_context(chromium, cookies, desk)
        context.add_init_script(WATCH)
        page = context.new_page()
        page.goto(desk, wait_until="load")
        page.wait_for_timeout(1500)  # a person looks at the page first; the answers have come by then
        page.keyboard.press("4")
        page.wait_for_function(IS_OPEN)
        page.wait_for_timeout(BETWEEN)
        digits.append(page.evaluate("keyToPaint()"))
        typed = []
        for letter in LETTERS:
            page.keyboard.press(letter)
            page.wait_for_timeout(BETWEEN)
            typed.append(page.evaluate("keyToPaint()"))
        letters.append(typed)
        context.close()
    return digits, letters


def a_context(chromium: Any, cookies: dict[str, str], desk: str) -> Any:
    context = chromium.new_context(viewport={"width": 1366, "height": 768})
    context.add_cookies([{"name": name, "value": value, "url": desk} for name, value in cookies.items()])
    return context


def median(loads: list[dict[str, Any]], what: str) -> float:
    return at([one[what] for one in loads], 0.5)


if __name__ == "__main__":
    sys.exit(main())
