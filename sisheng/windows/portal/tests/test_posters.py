"""The poster of a place."""

from __future__ import annotations

from io import BytesIO

import pytest
import segno


@pytest.fixture
def poster(client, mei):
    client.force_login(mei)
    return lambda **asked: client.get("/riverside/desk/poster/", asked)


def _drawn(address):
    drawn = BytesIO()
    segno.make_qr(address, error="m").save(drawn, kind="svg", xmldecl=False, border=4, omitsize=True)
    return drawn.getvalue().decode().split(' d="')[1].split('"')[0]


@pytest.mark.rule("CMP-29")
def test_it_says_whom_one_can_turn_to(poster):
    page = poster().content.decode()

    for line in ("0000-8866-1188", "0000-8866-1189", "12315", "comment book"):
        assert line in page


def test_the_code_leads_to_the_page_of_customers_with_the_place(poster, luggage):
    page = poster(at="L2-C02").content.decode()

    assert "http://testserver/riverside/?at=L2-C02" in page
    assert _drawn("http://testserver/riverside/?at=L2-C02") in page
    assert "Xingyuan Luggage · L2-C02" in page


def test_under_two_names_it_is_the_public_one(poster, settings):
    settings.SISHENG_PUBLIC_ORIGIN = "https://help.example.com"

    page = poster().content.decode()

    assert _drawn("https://help.example.com/riverside/") in page


def test_a_desk_has_a_poster_as_well(poster, counter):
    assert "Main desk · A" in poster(at="A").content.decode()


def test_for_a_place_that_is_not_there_is_no_poster(poster):
    assert poster(at="L9-Z99").status_code == 404


def test_every_place_can_be_chosen(poster, luggage, counter):
    page = poster().content.decode()

    assert '<option value="L2-C02">' in page
    assert '<option value="A">' in page


@pytest.mark.rule("SAT-03")
def test_the_poster_on_a_counter_leads_to_its_five_faces(poster, counter):
    page = poster(**{"at": "A", "for": "rating"}).content.decode()

    assert _drawn("http://testserver/riverside/rate/?at=A") in page
    assert "How was our service just now?" in page


def test_a_shop_has_no_faces(poster, luggage):
    page = poster(**{"at": "L2-C02", "for": "rating"}).content.decode()

    assert _drawn("http://testserver/riverside/?at=L2-C02") in page
