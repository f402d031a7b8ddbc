"""The list of cases: its address is its view, its pages follow one another, its rows can be given away together."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from sisheng.cases.models import Case
from sisheng.desk.inquiries import actions as inquiries
from sisheng.ground.events.models import Event
from sisheng.windows.board import lists
from sisheng.windows.board.models import SavedView

CASES = "/riverside/desk/cases/"


@pytest.fixture
def three(riverside, mei, act):
    """Three questions of this morning, one a minute."""
    start = timezone.now() - timedelta(hours=1)
    return [
        inquiries.begin(act(mei, at=start + timedelta(minutes=turn)), riverside, question=f"第 {turn} 问", handler=mei,
                        anonymous_label="蓝衣")
        for turn in range(3)
    ]  # fmt: skip


def numbers_on(response) -> list[str]:
    return re.findall(r'id="case-(ZX-[\d-]+)"', response.content.decode())


def test_the_next_page_goes_on_where_this_one_ends(client, lead, three, monkeypatch):
    monkeypatch.setattr(lists, "PAGE_LENGTH", 2)
    client.force_login(lead)

    first = client.get(f"{CASES}?view=open")
    further = re.search(r'rel="next" href="\?([^"]+)"', first.content.decode())[1].replace("&amp;", "&")
    second = client.get(f"{CASES}?{further}")

    assert numbers_on(first) + numbers_on(second) == [case.number for case in three]


def test_the_address_carries_only_what_is_asked_for(client, lead, three):
    client.force_login(lead)

    response = client.get(f"{CASES}?view=open&kind=&shop=L2-C02&channel=")

    assert response["Location"] == f"{CASES}?view=open&shop=L2-C02"


def test_several_cases_are_given_away_once_however_often_it_is_sent(client, lead, ping, three):
    client.force_login(lead)
    sent = {"case": [three[0].number, three[1].number], "to": "1002", "once": "7b9f0d3c-0000-4000-8000-000000000001"}

    for _again in range(2):
        assert client.post(f"{CASES}assign/?view=open", sent)["Location"] == f"{CASES}?view=open"

    given = Case.objects.filter(handler=ping).order_by("pk")
    assert [case.number for case in given] == [case.number for case in three[:2]]
    assert Event.objects.filter(kind="case.assigned").count() == 2


@pytest.mark.parametrize(("chosen", "to"), [([], "1002"), (["ZX-000000-0000"], "1002"), (None, "9999"), (None, "2001")])
def test_nothing_is_given_away_without_a_case_or_to_a_stranger(client, lead, ping, lin, three, chosen, to):
    client.force_login(lead)
    case = [three[0].number] if chosen is None else chosen

    assert client.post(f"{CASES}assign/", {"case": case, "to": to}).status_code == 422
    assert not Event.objects.filter(kind="case.assigned").exists()


def test_a_kept_list_is_mine_alone_and_can_be_removed(client, mei, lead, three):
    client.force_login(mei)
    client.post(f"{CASES}views/save/?view=open&shop=L2-C02", {"name": " 行远 "})
    assert "行远" in client.get(CASES).content.decode()

    client.force_login(lead)
    assert "行远" not in client.get(CASES).content.decode()
    assert client.post(f"{CASES}views/remove/", {"name": "行远"}).status_code == 409

    client.force_login(mei)
    client.post(f"{CASES}views/remove/", {"name": "行远"})
    assert not SavedView.objects.exists()


def test_a_thirteenth_list_is_refused_but_an_old_one_can_be_renewed(client, mei):
    client.force_login(mei)
    for turn in range(12):
        client.post(f"{CASES}views/save/?view=open", {"name": f"列表 {turn}"})

    assert client.post(f"{CASES}views/save/?view=open", {"name": "又一个"}).status_code == 422
    client.post(f"{CASES}views/save/?view=overdue", {"name": "列表 3"})

    assert SavedView.objects.get(name="列表 3").query == "view=overdue"
    assert SavedView.objects.count() == 12


def test_a_page_asks_the_same_number_of_questions_however_long_it_is(
    client, lead, three, riverside, mei, act, django_assert_max_num_queries
):
    client.force_login(lead)
    client.get(CASES)
    for turn in range(10):
        inquiries.begin(act(mei), riverside, question=f"又 {turn}", handler=mei, anonymous_label="蓝衣")

    with django_assert_max_num_queries(24):
        client.get(f"{CASES}?view=open")


def test_only_the_states_of_the_kind_that_is_looked_at_are_offered(client, lead, three):
    client.force_login(lead)

    of_one = client.get(f"{CASES}?view=open&kind=inquiry").content.decode()
    of_all = client.get(f"{CASES}?view=open").content.decode()

    assert 'value="contacting_brand"' in of_one
    assert 'value="on_spot"' not in of_one
    assert 'value="on_spot"' in of_all
    assert of_all.count("<optgroup") > 2


def test_a_state_of_another_kind_is_dropped_with_the_kind(client, lead, three):
    client.force_login(lead)

    sent = client.get(f"{CASES}?view=open&kind=inquiry&status=on_spot&shop=")
    kept = client.get(f"{CASES}?view=open&kind=inquiry&status=on_spot")

    assert sent["Location"] == f"{CASES}?view=open&kind=inquiry"
    assert numbers_on(kept) == [case.number for case in three]
