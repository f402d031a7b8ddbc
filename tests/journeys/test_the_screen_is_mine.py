"""Light or dark, Chinese or English, my drafts, lists that keep still: the screen of one person."""

import re

import pytest

from tests.journeys import trial
from tests.journeys.looking import axe, overflow, until

pytestmark = pytest.mark.urls("tests.journeys.urls")
TRIAL = "/riverside/desk/trial/"


@pytest.fixture
def desk(page_for, mei, riverside):
    trial.begin_again()
    page = page_for(mei, theme="auto")
    page.goto(TRIAL)
    return page


def canvas(page) -> str:
    return page.evaluate("getComputedStyle(document.body).backgroundColor")


def test_dark_comes_at_once_and_the_next_page_is_written_dark(desk):
    desk.click("summary[aria-label^=外观]")
    desk.click(".topbar button[value=dark] >> visible=true")
    assert canvas(desk) == "rgb(18, 22, 28)"

    page = desk.reload()

    assert 'data-bs-theme="dark"' in page.text()
    assert canvas(desk) == "rgb(18, 22, 28)"


def test_without_a_choice_the_system_decides(desk):
    assert canvas(desk) == "rgb(246, 247, 249)"

    desk.emulate_media(color_scheme="dark")

    assert canvas(desk) == "rgb(18, 22, 28)"


def test_english_is_one_click_away_and_leads_back_to_the_same_page(desk):
    desk.click("button[value=en] >> visible=true")
    desk.wait_for_selector("html[lang=en]")

    assert desk.url.endswith(TRIAL)
    assert desk.inner_text(".topbar [data-opens=keys]").startswith("Keyboard")


def test_a_draft_survives_a_reload_and_goes_when_it_is_saved(desk):
    desk.fill("#form [name=name]", "林女士")
    desk.wait_for_timeout(400)
    desk.reload()
    assert desk.input_value("#form [name=name]") == "林女士"
    assert re.search(r"这是 \d\d:\d\d 的草稿。", desk.inner_text("#form .note"))

    desk.fill("#form [name=phone]", "15400000001")
    desk.click("#save")
    until(desk, "document.querySelector('#form [name=name]').value === ''")
    desk.reload()

    assert desk.input_value("#form [name=name]") == ""


def test_a_draft_belongs_to_the_person_not_to_the_computer(desk):
    desk.fill("#form [name=name]", "林女士")
    desk.wait_for_timeout(400)

    desk.evaluate("document.body.dataset.person = 'somebody else'")
    kept = desk.evaluate("Object.keys(localStorage)")

    assert kept == ["draft:1001:trial"]


def test_a_list_keeps_still_under_the_pointer_and_shows_what_changed(desk):
    order = "[...document.querySelectorAll('#list > li')].map((row) => row.id)"
    desk.hover("#row-b")
    trial.rows[:] = [("d", "借伞"), ("c", "电梯"), ("b", "退费 已办结"), ("a", "丝巾")]

    desk.evaluate("document.querySelector('#panel').dispatchEvent(new CustomEvent('poke'))")
    desk.wait_for_selector("#row-d.is-changed")
    assert desk.evaluate(order) == ["row-a", "row-b", "row-c", "row-d"]
    assert desk.locator("#list .is-changed").count() == 2

    desk.hover("h1")
    until(desk, f"{order}[0] === 'row-d'")
    assert desk.evaluate(order) == ["row-d", "row-c", "row-b", "row-a"]


def test_j_and_k_go_through_the_rows(desk):
    focused = "document.activeElement.closest('li')?.id"
    desk.keyboard.press("j")
    desk.keyboard.press("j")
    assert desk.evaluate(focused) == "row-b"

    desk.keyboard.press("k")

    assert desk.evaluate(focused) == "row-a"


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_the_browser_words_a_deadline_as_the_server_does(page_for, mei, riverside, lang):
    trial.begin_again()
    desk = page_for(mei, lang=lang)
    desk.goto(TRIAL)
    chips = "[...document.querySelectorAll('.deadline')].map((chip) => [chip.className, chip.textContent])"
    by_the_server = desk.evaluate(chips)

    desk.evaluate("document.querySelectorAll('.deadline-words').forEach((words) => (words.textContent = '?'))")
    desk.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    assert desk.evaluate(chips) == by_the_server
    assert len(by_the_server) == 10


def test_a_deadline_that_passes_turns_by_itself_and_is_said_once(desk):
    desk.clock.install()
    desk.goto(TRIAL)
    desk.wait_for_load_state("networkidle")  # or what is still under way times out when the clock jumps
    chip = desk.locator(".deadline.is-now")
    assert chip.locator(".deadline-words").inner_text() == "剩 4 分"

    desk.clock.fast_forward("04:00")

    passed = desk.locator(".deadline", has_text="逾期 1 分")
    assert "is-over" in (passed.get_attribute("class") or "")
    assert passed.locator("use").get_attribute("href").endswith("#shape-over")
    assert desk.inner_text("#live").startswith("逾期 1 分，应于 ")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["zh-hans", "en"])
@pytest.mark.parametrize("width", [1366, 375])
def test_everybody_can_read_and_work_every_part(page_for, mei, riverside, forgive, lang, theme, width):
    forgive("status of 404")
    trial.begin_again()
    desk = page_for(mei, lang=lang, theme=theme, width=width)

    for address in ("/riverside/desk/", "/riverside/desk/parts/", TRIAL, "/riverside/desk/nowhere/at/all/"):
        desk.goto(address)
        assert axe(desk) == [], address


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_everybody_can_read_and_work_the_log_in(page_for, riverside, forgive, lang, theme):
    front = page_for(None, lang=lang, theme=theme)
    front.goto("/login/")

    assert axe(front) == []


@pytest.mark.parametrize("width", [320, 375, 683, 1366, 1440, 1920])
def test_nothing_is_cut_off_at_any_width(page_for, mei, riverside, forgive, width):
    """683 px is 1366 at 200 % zoom."""
    forgive("status of 404")
    trial.begin_again()
    desk = page_for(mei, width=width)

    for address in ("/riverside/desk/", "/riverside/desk/parts/", TRIAL, "/riverside/desk/nowhere/at/all/"):
        desk.goto(address)
        assert overflow(desk) == 0, address
