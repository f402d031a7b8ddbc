"""From the code on a wall to a solution both agree on; and a shop that answers from its own phone."""

import pytest
from django.utils import timezone

from sisheng.cases.models import Clock
from sisheng.desk.complaints import actions as complaints
from sisheng.desk.complaints.models import Complaint
from sisheng.kit.evidence import actions as evidence
from sisheng.kit.evidence.models import ShopStatement
from sisheng.mall.directory.models import Shop
from tests.journeys.looking import axe, overflow

VOUCHER = {"kind": "voucher", "value": 30, "payer": "mall"}
PHONE = {"width": 375, "height": 812}


@pytest.fixture
def house(riverside, counter, luggage, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    riverside.hot_line = "0000-8866-1188"
    riverside.save(update_fields=["hot_line"])
    counter.capabilities = ["contacts", "inquiries", "complaints"]
    counter.save(update_fields=["capabilities"])
    return riverside


def _complain(page):
    page.goto("/riverside/complain/?at=L2-C02")
    page.get_by_label("发生了什么").fill("标价 88 元，收银台收了 98 元。")
    page.get_by_text("说明情况").click()
    page.get_by_text("价格和优惠").click()
    page.get_by_role("button", name="提交给服务台").click()
    page.wait_for_url("**/complain/received/")


def _propose(act, person):
    complaint, now = Complaint.objects.get(), timezone.now()
    step = act(person, at=now)
    complaints.investigate(step, complaint)
    complaints.find(step, complaint, finding="标价签没有更换。", substantiated="yes", responsibility="price")
    complaints.write_proposal(step, complaint, words="退差价 10 元，送一张券。", remedies=[VOUCHER])
    return complaints.propose(step, complaint)


def test_from_the_scan_to_a_solution_that_was_agreed_on(page_for, house, lead, act):
    page = page_for(None, **PHONE)
    _complain(page)
    complaint = Complaint.objects.get()
    told = page.inner_text("main")
    assert complaint.number in told
    assert complaint.public_code in told
    assert "最终答复" in told

    _propose(act, lead)
    page.get_by_role("link", name="查看进展").click()
    page.wait_for_url("**/progress/case/")
    assert "退差价 10 元" in page.inner_text("#offer")
    yes, no = (page.get_by_role("button", name=name, exact=True) for name in ("同意方案", "不同意，请再看"))
    assert abs(yes.bounding_box()["width"] - no.bounding_box()["width"]) < 2
    yes.click()
    page.wait_for_selector("text=您已同意")

    complaint = Complaint.objects.get()
    complaints.fulfil(act(lead, at=timezone.now()), complaint, remedy=complaint.agreed.remedies.get())
    complaints.resolve(act(lead, at=timezone.now()), complaint)
    page.reload()
    assert "商定的事项都已办好" in page.inner_text("main")


def test_one_of_two_shops_answers_and_the_other_still_has_to(page_for, house, luggage, lead, act):
    cafe = Shop.objects.create(mall=house, unit="L2-C03", name="半日咖啡", floor=luggage.floor, zone=luggage.zone)
    _complain(page_for(None, **PHONE))
    complaint = Complaint.objects.get()
    now = timezone.now()
    for shop in (luggage, cafe):
        evidence.ask_statement(act(lead, at=now), complaint, shop, question="当天标价是多少？")
    asked = ShopStatement.objects.get(shop=luggage)

    desk = page_for(lead)
    desk.goto(f"/riverside/desk/evidence/{complaint.number}/statements/{asked.pk}/")
    desk.get_by_role("link", name="给店铺发链接").click()
    desk.get_by_role("button", name="生成链接").click()
    words = desk.locator("#link-words").input_value()
    assert axe(desk) == []

    shop = page_for(None, **PHONE)
    shop.goto(next(word for word in words.split() if "/l/" in word))
    seen = shop.inner_text("body")
    assert "当天标价是多少" in seen
    assert complaint.number not in seen
    assert (axe(shop), overflow(shop)) == ([], 0)
    shop.get_by_label("情况说明").fill("标价 88 元，系统没有改。")
    shop.get_by_role("button", name="提交说明").click()
    shop.wait_for_selector("text=您的说明已收到")

    asked.refresh_from_db()
    assert asked.received_at is not None
    running = Clock.objects.live().filter(case=complaint, deadline="complaint.brand_statement")
    assert [clock.part for clock in running] == [ShopStatement.objects.get(shop=cafe).part]


PAGES = {
    "complain": "/riverside/complain/?at=L2-C02",
    "received": "/riverside/complain/received/",
    "offer": "/riverside/progress/case/",
    "praise": "/riverside/praise/?at=L2-C02",
}


@pytest.mark.parametrize(("lang", "theme", "size", "width"), [
    ("zh-hans", "light", "usual", 375), ("en", "dark", "usual", 320), ("zh-hans", "dark", "large", 320),
    ("en", "light", "large", 375),
])  # fmt: skip
def test_everybody_can_read_and_use_these_pages(page_for, house, lead, act, lang, theme, size, width):
    page = page_for(None, theme=theme, width=width, height=812)
    _complain(page)
    _propose(act, lead)
    told = {"language": lang, "type": size}
    page.context.add_cookies(
        [{"name": name, "value": value, "url": page.url.split("/riverside")[0]} for name, value in told.items()]
    )
    faults = {}

    for name, address in PAGES.items():
        page.goto(address)
        faults[name] = [*axe(page), *([f"wider by {overflow(page)}"] if overflow(page) else [])]

    assert {name: found for name, found in faults.items() if found} == {}
