"""A customer scans the code on a poster, and later looks on the phone how their matter stands."""

import gzip
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from sisheng.desk.inquiries import actions as inquiries
from sisheng.ground.limits.models import Bucket
from sisheng.mall.directory.findable import make_mall_findable
from tests.journeys.conftest import DIST
from tests.journeys.looking import axe, overflow, until


@pytest.fixture
def matter(riverside, counter, luggage, lead, mr_wang, act):
    """The desk has promised to ring back in an hour, and has asked the shop."""
    riverside.hot_line = "0000-8866-1188"
    riverside.save(update_fields=["hot_line"])
    make_mall_findable(riverside)
    now = timezone.now()
    asked = {"handler": lead, "shop": luggage, "customer": mr_wang, "promise_at": now + timedelta(hours=1)}
    case = inquiries.begin(act(lead, at=now), riverside, question="行李箱的轮子能不能单独换？", **asked)
    return inquiries.ask(act(lead, at=now), case)


def _look_up(page, matter):
    page.goto(f"/riverside/progress/?number={matter.number}&code={matter.public_code}")
    page.get_by_role("button", name="查进度").click()
    page.wait_for_url("**/progress/case/")


def test_from_the_poster_to_the_matter_and_back(page_for, matter, forgive):
    forgive("status of 422")
    page = page_for(None, width=375, height=812)
    page.goto("/riverside/?at=L2-C02")
    assert "您在 行远箱包（L2-C02）" in page.inner_text("main")

    page.get_by_label("找店铺 / 设施").fill("xyxb")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=xyxb**")
    assert "行远箱包" in page.inner_text(".found")

    page.get_by_role("link", name="查进度").click()
    page.get_by_label("单号").fill(matter.number.lower().replace("-", " "))
    page.get_by_label("查询码").fill("222222")
    page.get_by_role("button", name="查进度").click()
    page.wait_for_selector("[role=alert]")
    page.get_by_label("查询码").fill(matter.public_code)
    page.get_by_role("button", name="查进度").click()
    page.wait_for_url("**/progress/case/")
    story = page.inner_text("main")
    assert matter.number in story
    assert "前给您回电" in story
    assert story.index("已转问店铺") < story.index("已记下您的问题")

    page.get_by_role("button", name="退出查询").click()
    page.wait_for_url("**/riverside/")
    page.goto("/riverside/progress/case/")
    assert page.url.endswith("/riverside/progress/")


def test_the_phone_does_its_work_by_itself(page_for, matter):
    page = page_for(None, width=375, height=812)
    page.goto("/riverside/progress/")

    until(page, "document.querySelector('[name=work]').value.length > 100")
    page.get_by_label("单号").fill(matter.number)
    page.get_by_label("查询码").fill(matter.public_code)
    page.keyboard.press("Enter")
    page.wait_for_url("**/progress/case/")

    assert Bucket.objects.count() == 2  # the wide one of this address, and that of the number
    assert matter.number in page.inner_text("h1")


def test_a_form_that_is_sent_before_the_work_is_done_waits_for_it(page_for, matter):
    page = page_for(None, width=375, height=812)

    _look_up(page, matter)

    assert matter.number in page.inner_text("h1")


def test_everything_works_without_javascript(page_for, browser, live_server, matter):
    page_for(None)  # the templates and the address are set up
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    context.add_cookies([{"name": "language", "value": "zh-hans", "url": live_server.url}])
    page = context.new_page()
    page.goto("/riverside/")
    page.get_by_role("button", name="大字").click()
    assert page.locator("html[data-type=large]").count() == 1
    page.get_by_role("button", name="English").click()
    page.get_by_role("button", name="Dark").click()
    assert page.locator("html[lang=en][data-bs-theme=dark]").count() == 1
    page.get_by_role("button", name="中文").click()

    _look_up(page, matter)

    assert "前给您回电" in page.inner_text("main")
    context.close()


PAGES = {
    "first": "/riverside/?at=L2-C02",
    "found": "/riverside/?q=xyxb",
    "not found": "/riverside/?q=zzzz",
    "progress": "/riverside/progress/",
    "case": "/riverside/progress/case/",
    "refused": "/riverside/l/no-such-link/",
}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_everybody_can_read_and_use_every_page(page_for, matter, forgive, lang, theme):
    forgive("status of 404")
    page = page_for(None, lang="zh-hans", theme=theme, width=375, height=812)
    _look_up(page, matter)
    page.context.add_cookies([{"name": "language", "value": lang, "url": page.url}])
    faults = {}

    for name, address in PAGES.items():
        page.goto(address)
        faults[name] = axe(page)

    assert {name: found for name, found in faults.items() if found} == {}


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
@pytest.mark.parametrize(("width", "size"), [(320, "usual"), (320, "large"), (683, "usual"), (1366, "large")])
def test_no_page_scrolls_sideways(page_for, matter, forgive, lang, width, size):
    """683 pixels are a desk's screen at 200 %, 320 a small phone, or 1280 at 400 %."""
    forgive("status of 404")
    page = page_for(None, width=width)
    _look_up(page, matter)
    told = {"language": lang, "type": size}
    page.context.add_cookies([{"name": name, "value": value, "url": page.url} for name, value in told.items()])
    wider = {}

    for name, address in PAGES.items():
        page.goto(address)
        wider[name] = overflow(page)

    assert {name: pixels for name, pixels in wider.items() if pixels > 0} == {}


def test_what_one_has_to_hit_is_as_large_as_a_finger(page_for, matter):
    page = page_for(None, width=320)
    small = {}

    for name in ("first", "found", "progress"):
        page.goto(PAGES[name])
        small[name] = page.evaluate(
            """[...document.querySelectorAll("a, button, input:not([type=hidden])")]
            .filter((it) => it.offsetParent && !it.matches(".skip") && it.getBoundingClientRect().height < 44)
            .map((it) => it.outerHTML.slice(0, 80))"""
        )

    assert {name: found for name, found in small.items() if found} == {}


def test_the_style_sheet_is_small_and_old_phones_can_read_it():
    css = (DIST / "phone.css").read_text(encoding="utf8")

    assert not re.search(r"oklch|color-mix|light-dark", css)
    assert 2_000 < len(gzip.compress(css.encode())) <= 60_000
    for used in (".visually-hidden", ".form-control", ".btn-primary", ".is-late"):
        assert used in css
