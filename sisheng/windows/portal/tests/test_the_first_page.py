"""What a customer finds on the phone after scanning the code of a place."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from sisheng.mall.directory.findable import make_mall_findable
from sisheng.mall.directory.models import Facility, Promotion

HOME = "/riverside/"


@pytest.fixture
def home(client):
    return lambda path=HOME, **asked: client.get(path, asked).content.decode()


@pytest.fixture
def directory(riverside, luggage, floor, wing, counter):
    places = {"lift": (Facility.Kind.LIFT, "西翼电梯", False), "fuse": (Facility.Kind.LIFT, "西翼配电间", True)}
    for code, (kind, name, is_for_staff) in places.items():
        Facility.objects.create(
            mall=riverside, code=code, kind=kind, name=name, floor=floor, zone=wing, is_for_staff=is_for_staff
        )
    luggage.note = "店长脾气急"
    luggage.save(update_fields=["note"])
    make_mall_findable(riverside)


@pytest.mark.rule("N-44")
@pytest.mark.parametrize("path", [HOME, f"{HOME}progress/", f"{HOME}l/no-such-link/", f"{HOME}?q=nothing"])
def test_a_human_is_one_tap_away_on_every_page(client, counter, path):
    page = client.get(path).content.decode()

    assert 'href="tel:0000-8866-1188"' in page
    assert 'href="/riverside/#people"' in page


@pytest.mark.rule("N-44")
def test_where_the_humans_are_and_whether_they_are_there(home, counter):
    page = home()

    assert 'id="people"' in page
    assert "Main desk" in page
    assert "pen" in page.split("Main desk")[1]  # open until …, opens at …


def test_a_shop_is_found_by_its_name_its_initials_and_its_unit(home, directory):
    for words in ("行远", "xyxb", "L2-C02", "Ｌ２－Ｃ０２", "xingyuan"):
        assert "Xingyuan Luggage" in home(q=words)


@pytest.mark.rule("PRV-01")
def test_what_is_for_the_desk_only_is_not_told(home, directory):
    page = home(q="行远") + home(q="西翼")

    assert "西翼电梯" in page
    for word in ("店长脾气急", "6037", "西翼配电间"):
        assert word not in page


def test_todays_promotion_is_told(home, directory, riverside, luggage):
    now = timezone.now()
    Promotion.objects.create(
        mall=riverside, shop=luggage, title="旧箱换新", title_en="Old for new",
        from_at=now - timedelta(days=1), until_at=now + timedelta(days=1),
    )  # fmt: skip

    assert "Old for new" in home(q="行远")


def test_what_is_not_found_is_said_with_what_to_do(home, directory):
    page = home(q="<b>zzz")

    assert "We found nothing for “&lt;b&gt;zzz”." in page
    assert "ask at the desk" in page


def test_the_place_of_the_poster_comes_along(home, directory):
    page = home(at="L2-C02")

    assert "You are at Xingyuan Luggage (L2-C02)." in page
    assert 'href="/riverside/progress/?at=L2-C02"' in page


@pytest.mark.parametrize("code", ["L9-Z99", "fuse", "<script>", "", " "])
def test_a_place_that_is_not_there_is_left_out(home, directory, code):
    page = home(at=code)

    assert "You are at" not in page
    assert 'href="/riverside/progress/"' in page


def test_what_does_not_exist_yet_has_no_button(home, riverside):
    page = home()

    assert "Check progress" in page
    assert "I lost something" not in page


def test_searching_without_end_comes_to_an_end(client, directory, monkeypatch):
    monkeypatch.setattr("sisheng.windows.portal.views.SEARCHES", (1, 5))

    answers = [client.get(HOME, {"q": "行远"}).status_code for _time in range(7)]

    assert answers == [200] * 5 + [429] * 2
    assert client.get(HOME).status_code == 200


def test_large_type_is_kept(client, riverside):
    response = client.post(f"{HOME}look/", {"type": "large", "next": f"{HOME}progress/", "once": "k1"})

    assert response["Location"] == f"{HOME}progress/"
    assert 'data-type="large"' in client.get(HOME).content.decode()
    client.post(f"{HOME}look/", {"type": "usual", "once": "k2"})
    assert 'data-type="usual"' in client.get(HOME).content.decode()


def test_nobody_is_led_away_by_it(client, riverside):
    response = client.post(f"{HOME}look/", {"type": "large", "next": "https://example.com/", "once": "k1"})

    assert response["Location"] == HOME


def test_the_page_of_a_practice_mall_says_so(client, riverside, home):
    from sisheng.mall.directory.models import Mall

    Mall.objects.create(slug="riverside-practice", name="临江汇演练", shadow_of=riverside)

    assert "Nothing here counts." in home("/riverside-practice/")
    assert "Nothing here counts." not in home()
