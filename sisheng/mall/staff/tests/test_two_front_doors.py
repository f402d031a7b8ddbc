"""One name for customers and QR codes, another for staff (D2)."""

from __future__ import annotations

import pytest

from sisheng.mall.staff.public import public_address

PUBLIC, INNER = "help.example.com", "desk.example.com"


@pytest.fixture
def two_names(settings):
    settings.SISHENG_PUBLIC_ORIGIN = f"https://{PUBLIC}"
    settings.ALLOWED_HOSTS = [PUBLIC, INNER]


def test_under_the_public_name_customers_find_their_pages(client, riverside, two_names):
    assert client.get("/riverside/", headers={"Host": PUBLIC}).status_code == 200


@pytest.mark.parametrize("path", ["/login/", "/", "/riverside/desk/", "/riverside/desk/inquiries/new/"])
def test_under_the_public_name_there_is_nothing_for_staff(client, riverside, boss, two_names, path):
    client.force_login(boss)

    assert client.get(path, headers={"Host": PUBLIC}).status_code == 404


def test_language_and_look_can_be_changed_there(client, riverside, two_names):
    for path in ("/language/", "/ui/theme/"):
        sent = {"language": "en", "theme": "dark", "next": "/riverside/"}
        response = client.post(path, sent, headers={"Host": PUBLIC})

        assert (response.status_code, response["Location"]) == (302, "/riverside/")


def test_under_the_inner_name_staff_find_both(client, riverside, boss, two_names):
    client.force_login(boss)

    assert client.get("/riverside/desk/", headers={"Host": INNER}).status_code == 200
    assert client.get("/riverside/", headers={"Host": INNER}).status_code == 200


def test_without_two_names_everything_is_under_one(client, riverside, boss):
    client.force_login(boss)

    assert client.get("/riverside/desk/").status_code == client.get("/riverside/").status_code == 200


def test_what_goes_out_carries_the_public_name(rf, two_names):
    assert public_address(rf.get("/", headers={"Host": INNER}), "/riverside/") == f"https://{PUBLIC}/riverside/"


def test_without_one_it_carries_the_name_that_was_asked(rf):
    assert public_address(rf.get("/"), "/riverside/") == "http://testserver/riverside/"
