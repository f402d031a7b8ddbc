"""A lead with a telephone in one hand: a yes is one tap, a no is two and its words."""

from decimal import Decimal

import pytest
from django.utils import timezone

from sisheng.desk.inquiries import actions as inquiries
from sisheng.kit.approvals import actions as approvals
from sisheng.kit.approvals.models import Approval

PAGE = "/riverside/desk/approvals/"


@pytest.fixture
def asked(riverside, counter, luggage, mei, act):
    """Mei asks for two things: money above her limit, and an exception."""
    now = timezone.now()
    case = inquiries.begin(
        act(mei, at=now), riverside, question="轮子坏了", handler=mei, shop=luggage, anonymous_label="蓝衣"
    )
    return [
        approvals.ask(act(mei, at=now), case, ref="1", title="垫付换轮子的费用", amount=Decimal(640)),
        approvals.ask(act(mei, at=now), case, ref="2", title="超期三天，按例外收下"),
    ]


def test_an_approval_takes_one_tap(page_for, lead, asked):
    page = page_for(lead, width=375)
    page.goto(PAGE)
    page.wait_for_load_state("load")
    money, exception = (page.locator(f"#approval-{one.number}") for one in asked)

    money.get_by_role("button", name="批准").click()
    money.get_by_text("已批准", exact=True).wait_for()
    page.locator(".just-said").get_by_text("已批准：¥640").wait_for()
    assert page.locator("#live").text_content() == "已批准：¥640"
    exception.locator("summary").click()
    exception.get_by_label("不批的原因").fill("先请店铺说明")
    exception.get_by_role("button", name="写明原因，不批").click()
    exception.get_by_text("未批准").wait_for()

    assert list(Approval.objects.order_by("pk").values_list("state", "words")) == [
        ("approved", ""),
        ("declined", "先请店铺说明"),
    ]
