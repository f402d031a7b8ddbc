"""What the search box finds, and what it never shows."""

import pytest
from django.urls import reverse

from sisheng.desk.inquiries import actions as inquiries
from sisheng.mall.customers.actions import remember
from sisheng.windows.board.finder import find


@pytest.mark.rule("REC-03", "CTR-35")
@pytest.mark.parametrize("words", ["0001", "15400000001", "１５４０００００００１", "王先生"])
def test_a_member_is_recognised_by_the_phone_and_addressed_as_they_asked(riverside, mei, mr_wang, now, words):
    found = [one for group in find(riverside, mei, words, now) for one in group.found]

    assert [one.title for one in found] == ["王先生"]
    assert "154****0001" in found[0].aside
    assert "15400000001" not in found[0].aside


@pytest.mark.parametrize("words", ["0001", "@王先生", "15400000001"])
def test_what_is_open_with_a_customer_stands_beneath_them_and_is_one_tap_away(
    riverside, mei, ping, mr_wang, luggage, act, now, words
):
    asked = {"handler": ping, "shop": luggage}
    open_one = inquiries.begin(act(ping), riverside, question="轮子能换吗？", customer=mr_wang, **asked)
    settled = inquiries.begin(act(ping), riverside, question="有没有绿色的？", customer=mr_wang, **asked)
    inquiries.withdraw(act(ping), settled, reason="不问了", seen=0)
    inquiries.begin(act(ping), riverside, question="几点关门？", phone="15400000002", **asked)

    found = [one for group in find(riverside, mei, words, now) for one in group.found]

    assert [one.url for one in found if one.code] == [open_one.get_absolute_url()]


@pytest.mark.rule("PRV-01")
def test_who_may_not_see_customers_finds_none(riverside, bagkeeper, mr_wang, now):
    assert find(riverside, bagkeeper, "0001", now) == []


def test_the_customers_of_the_other_mall_are_not_found(northgate, riverside, mei, lin, act, now):
    remember(act(lin), northgate, phone="15400000009", salutation="李女士")

    for words in ("15400000009", "0009", "李女士", "GK0000001"):
        assert find(riverside, mei, words, now) == []


@pytest.mark.rule("PRV-01")
def test_the_page_of_the_search_answers_a_form_and_not_an_address(client, riverside, mei, mr_wang):
    client.force_login(mei)
    page = reverse("board:palette", args=[riverside.slug])

    sent = client.post(page, {"q": "王先生"})

    assert "154****0001" in sent.content.decode()
    assert "no-store" in sent["Cache-Control"]
    assert "154****0001" not in client.get(page, {"q": "王先生"}).content.decode()
