"""Somebody has been served, and taps a face; whoever stands there hears that it is not solved."""

import pytest
from django.utils import timezone

from sisheng.desk.followups import actions
from sisheng.desk.followups.models import Rating
from sisheng.mall.staff.visitors import Visitor
from tests.journeys.looking import axe, overflow

PAGE = "/riverside/rate/?at=A"


def _rate(page):
    page.get_by_text("不满意", exact=True).click()
    page.get_by_text("没有解决").click()
    page.get_by_role("button", name="提交").click()
    page.wait_for_selector("h1:has-text('谢谢')")


def test_with_two_taps_and_without_a_name(page_for, counter):
    page = page_for(None, width=375, height=812)
    page.goto(PAGE)

    _rate(page)

    assert (Rating.objects.get().score, Rating.objects.get().solved) == (2, "no")
    assert "服务台" in page.inner_text("main")


def test_with_a_keypad_on_the_tablet(page_for, counter):
    page = page_for(None, width=1024)
    page.goto(f"{PAGE}&counter")

    page.keyboard.press("1")
    page.keyboard.press("4")  # the last word counts
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('谢谢')")
    page.get_by_role("link", name="下一位").click()
    page.wait_for_selector("[data-faces]")

    assert Rating.objects.get().score == 4
    assert page.locator("input:checked").count() == 0


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_everybody_can_read_and_tap_it(page_for, counter, act, riverside, mei, lang, theme):
    actions.rate(act(Visitor(riverside.pk), at=timezone.now()), counter, score=1, solved="no", words="没人管")
    faults = {}

    for width, address in ((320, PAGE), (320, f"{PAGE}&counter"), (1024, f"{PAGE}&counter"), (320, "/riverside/rate/")):
        page = page_for(None, lang=lang, theme=theme, width=width)
        page.goto(address)
        faults[address, width] = (axe(page), overflow(page))
    for width in (320, 1366):
        page = page_for(mei, lang=lang, theme=theme, width=width)
        for name in ("ratings", "results"):
            page.goto(f"/riverside/desk/followups/{name}/")
            faults[name, width] = (axe(page), overflow(page))

    assert {where: found for where, found in faults.items() if found != ([], 0)} == {}
