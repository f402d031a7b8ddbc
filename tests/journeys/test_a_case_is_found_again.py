"""“What became of my question?”: the case is found by its tail, the person by theirs, the shop by its initials."""

from datetime import timedelta

import pytest
from django.utils import timezone

from sisheng.cases.models import Case
from sisheng.desk.inquiries import actions as inquiries
from sisheng.ground.events.models import Event
from sisheng.mall.directory.findable import make_mall_findable
from sisheng.windows.board.models import SavedView
from tests.journeys.looking import until

DESK = "/riverside/desk/"


@pytest.fixture
def wheels(riverside, luggage, counter, mei, mr_wang, act):
    """Mr Wang asked about wheels a day ago, and Mei promised to ring him."""
    make_mall_findable(riverside)
    asked = {"handler": mei, "shop": luggage, "customer": mr_wang, "desk": counter}
    at = timezone.now() - timedelta(days=1)  # late at any hour: the clocks run in opening hours
    return inquiries.begin(act(mei, at=at), riverside, question="轮子能不能单独换？", **asked)


def ask(page, words):
    """Press /, type, and wait for the answer to exactly these words."""
    page.keyboard.press("/")
    page.keyboard.type(words, delay=45)
    until(page, "document.querySelectorAll('#palette [role=option]').length > 0")
    page.wait_for_timeout(250)
    return page.locator("#palette [role=option]")


def first_says(words):
    return f"document.querySelector('#palette [role=option]')?.textContent.includes('{words}')"


def test_the_tail_of_the_number_and_enter(page_for, mei, wheels):
    page = page_for(mei)
    page.goto(DESK)

    page.keyboard.press("Control+k")
    page.keyboard.type(wheels.number[-4:], delay=45)
    page.keyboard.press("Enter")  # before the answer is there: it is waited for

    page.wait_for_url(f"**/inquiries/{wheels.number}/")


def test_the_tail_of_a_phone_finds_the_person_masked_and_what_is_open_for_them(page_for, mei, wheels):
    page = page_for(mei)
    page.goto(DESK)

    person, theirs = ask(page, "@0001").all_inner_texts()

    assert "王先生" in person
    assert "154****0001" in person
    assert wheels.number in theirs
    assert "15400000001" not in page.content()


@pytest.mark.rule("PRV-01")
def test_what_is_looked_for_stands_in_no_address(page_for, mei, wheels):
    page = page_for(mei)
    asked = []
    page.on("request", lambda request: asked.append((request.method, request.url)))
    page.goto(DESK)

    ask(page, "15400000001")
    until(page, first_says("王先生"))

    assert ("POST", page.url + "find/found/") in asked
    assert not any("1540" in url or "?q" in url for _method, url in asked)


def test_initials_find_the_shop_and_full_width_is_the_same(page_for, mei, wheels):
    page = page_for(mei)
    page.goto(DESK)

    ask(page, "xyxb")
    until(page, first_says("行远箱包"))
    page.keyboard.press("Escape")
    until(page, "!document.querySelector('#palette').open")  # a key too early would be typed into it

    ask(page, "＃００ ０１")
    until(page, first_says(wheels.number))


def test_what_can_be_done_here_is_found_by_its_name(page_for, mei, wheels):
    page = page_for(mei)
    page.goto(DESK)

    found = ask(page, ">停车")

    assert found.all_inner_texts() == ["停车\n3"]
    page.keyboard.press("Enter")
    page.wait_for_selector("#quicklog:not([hidden])")


def test_a_late_matter_says_whose_it_is(page_for, ping, wheels):
    page = page_for(ping)
    page.goto(DESK)

    row = page.locator(f"#due-{wheels.number}")

    assert "逾期" in row.inner_text()
    assert "小梅" in row.inner_text()
    assert "联系品牌" in row.inner_text()


def test_the_list_is_worked_by_keys_alone(page_for, lead, ping, wheels):
    page = page_for(lead)
    page.goto(f"{DESK}cases/?view=open")

    page.keyboard.press("j")
    page.keyboard.press("Space")
    page.wait_for_selector("#preview:not([hidden]) >> text=轮子能不能单独换")
    assert page.locator("#preview .preview-body :is(form, button)").count() == 0
    page.keyboard.press("Escape")
    page.keyboard.press("x")
    page.keyboard.press("a")
    page.locator("[data-batch] select").select_option("1002")
    page.locator("[data-batch] [type=submit]").press("Enter")
    page.wait_for_selector("text=已把 1 单指派给阿平。")

    assert Case.objects.get(number=wheels.number).handler == ping
    assert Event.objects.filter(kind="case.assigned").count() == 1


def test_a_list_of_ones_own_is_kept(page_for, mei, wheels):
    page = page_for(mei)
    page.goto(f"{DESK}cases/?view=open&shop=L2-C02")

    page.click("text=保存视图")
    page.fill("#view-name", "行远")
    page.click(".keep-sheet .btn-primary")
    page.wait_for_selector(".views [aria-current=page] >> text=行远")

    assert SavedView.objects.get().query == "view=open&shop=L2-C02"


@pytest.mark.rule("PRV-01")
def test_the_number_is_shown_to_who_says_why_and_that_is_on_record(page_for, mei, wheels):
    page = page_for(mei)
    page.goto(f"{DESK}inquiries/{wheels.number}/")
    assert "154 0000 0001" not in page.content()

    page.click("text=显示号码")
    page.click("text=显示 30 秒")
    page.wait_for_selector("text=154 0000 0001")

    assert Event.objects.filter(kind="privacy.revealed").count() == 1
