"""Working the record of a complaint as somebody at the desk does: open a step, write, Ctrl+Enter."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from tests.journeys.looking import until


def take(page: Page, name: str, **told: Any) -> None:
    """One step, in its form in place. The one next step stands open; every other has to be looked for."""
    form = open_step(page, name)
    for field, value in told.items():
        _answer(form, field, value)
    once = form.locator("[name=once]").get_attribute("value")
    form.locator("[type=submit]").focus()
    page.keyboard.press("Control+Enter")
    until(page, f"!document.querySelector('[name=once][value=\"{once}\"]') && !document.querySelector('[data-busy]')")


def open_step(page: Page, name: str) -> Any:
    form = page.locator(f"#complaint form[action$='/{name}/']")
    if not form.count():
        link = page.locator(f"#complaint a[href$='/{name}/']")
        link.first.wait_for(state="attached")
        if not link.first.is_visible():
            page.click("#complaint .more > summary")
        link.first.click()
        form.wait_for()
    return form


def _answer(form: Any, field: str, value: Any) -> None:
    control = form.locator(f"[name='{field}']")
    sort = control.first.evaluate("one => one.type || one.localName")
    if sort == "radio":
        form.locator(f"[name='{field}'][value='{value}']").check()
    elif sort == "checkbox":
        control.set_checked(value)
    elif sort == "select-one":
        control.select_option(value)
    else:
        if not control.is_visible():
            form.locator("details > summary").click()
        control.fill(str(value))


def carry_out(page: Page) -> None:
    """Every remedy of the agreement is handed over."""
    for _turn in range(4):
        owed = page.locator("#complaint .owed form")
        if not owed.count():
            return
        left = owed.count()
        owed.first.locator("button").click()
        until(page, f"document.querySelectorAll('#complaint .owed form').length < {left}")
