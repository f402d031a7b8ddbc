"""What happens when somebody taps a link."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from sisheng.ground.events.models import Event
from sisheng.kit.links.models import OneTimeLink


@pytest.fixture(autouse=True)
def pages(settings, client):
    client.cookies["language"] = "en"
    settings.SISHENG_LINK_PAGES = "sisheng.kit.links.tests.pages.PAGES"


@pytest.fixture
def tapped(make_link):
    """A link made now, and its address."""

    def make(**how):
        link, token = make_link(at=timezone.now(), **how)
        return link, f"/riverside/l/{token}/"

    return make


def test_it_leads_to_the_page_of_its_purpose_without_a_log_in(client, tapped):
    link, address = tapped()

    response = client.get(address)

    assert response.content.decode() == f"survey about {link.case.number} by link:{link.pk}"
    assert response["Cache-Control"] == "private, no-store"
    assert Event.objects.filter(kind="link.opened", by=f"link:{link.pk}", via="link").count() == 1


def test_looking_uses_nothing_and_sending_uses_it(client, tapped):
    link, address = tapped()
    client.get(address)
    client.get(address)

    assert client.post(address, {"once": "k1"}).content == b"thank you"
    link.refresh_from_db()
    assert (link.opened, link.used_at is not None) == (2, True)


def test_the_second_time_one_is_told_that_it_was_used(client, tapped):
    _link, address = tapped()
    client.post(address, {"once": "k1"})

    response = client.get(address)

    assert response.status_code == 410
    assert "used already" in response.content.decode()


def test_somebody_who_is_logged_in_is_only_the_holder(client, boss, tapped):
    link, address = tapped()
    client.force_login(boss)

    assert client.get(address).content.decode().endswith(f"by link:{link.pk}")


def test_under_another_mall_there_is_no_such_link(client, northgate, tapped):
    _link, address = tapped()

    assert client.get(address.replace("riverside", "northgate")).status_code == 404


def test_a_purpose_without_a_page_sends_people_to_the_desk(client, tapped):
    link, address = tapped(purpose="statement")

    response = client.get(address)

    assert response.status_code == 404
    assert "ask at the service desk" in response.content.decode()
    link.refresh_from_db()
    assert link.opened == 0


def test_guessing_tokens_comes_to_an_end(client, riverside):
    answers = [client.get(f"/riverside/l/guess-{number}/").status_code for number in range(42)]

    assert answers == [404] * 40 + [429] * 2


def test_opening_again_and_again_does_not_fill_the_record(client, tapped):
    _link, address = tapped(lasts=timedelta(days=9))

    answers = [client.get(address).status_code for _time in range(12)]

    assert answers == [200] * 12
    assert Event.objects.filter(kind="link.opened").count() == OneTimeLink.objects.get().opened == 10
