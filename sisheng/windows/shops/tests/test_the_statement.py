"""A shop answers on its phone, by a link that works once and shows nothing of the customer."""

from __future__ import annotations

from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from sisheng.cases.models import Clock
from sisheng.desk.complaints.tests.conftest import receive, skincare  # noqa: F401
from sisheng.ground.events.models import Event
from sisheng.ground.files.tests.samples import PDF
from sisheng.ground.refusals import OutOfTurn
from sisheng.kit.evidence import actions as evidence
from sisheng.kit.evidence.models import Evidence
from sisheng.kit.links.models import OneTimeLink
from sisheng.windows.shops.actions import make_link


@pytest.fixture(autouse=True)
def files(settings, tmp_path, client):
    settings.MEDIA_ROOT = tmp_path
    client.cookies["language"] = "en"


@pytest.fixture
def asked(act, mei, receive, skincare, luggage):  # noqa: F811
    """Two shops were asked about one complaint."""
    at = timezone.now()
    complaint = receive(at=at, salutation="林女士", account="她说被多收了钱。")
    return [
        evidence.ask_statement(act(mei, at=at), complaint, shop, question=f"{shop.unit} 那天收了多少？")
        for shop in (skincare, luggage)
    ]


@pytest.fixture
def sent(act, mei):
    """The link of a statement, sent to the shop; its address."""

    def send(statement, **how):
        return f"/riverside/l/{make_link(act(mei, at=timezone.now(), **how), statement).token}/"

    return send


def running(statement):
    return Clock.objects.live().filter(part=statement.part).exists()


def test_the_shop_sees_the_question_and_nothing_of_the_customer(client, asked, sent):
    page = client.get(sent(asked[0])).content.decode()

    assert "L1-A06 那天收了多少？" in page
    assert "Please answer by" in page
    complaint = asked[0].case.real()
    for secret in (
        complaint.number, complaint.public_code, complaint.account, complaint.subject, "林女士", "15400000001", "0001",
        "L2-C02", "小梅",
    ):  # fmt: skip
        assert secret not in page


@pytest.mark.rule("CMP-10")
def test_one_of_two_shops_answers_and_the_clock_of_the_other_keeps_running(client, asked, sent):
    first, second = asked

    response = client.post(sent(first), {"once": "k1", "text": "收了 98 元，标价签没换。"})

    first.refresh_from_db()
    second.refresh_from_db()
    assert response.status_code == 200
    assert "Thank you" in response.content.decode()
    assert first.received_by.startswith("link:")
    assert first.text == "收了 98 元，标价签没换。"
    assert not running(first)
    assert (second.received_at, running(second)) == (None, True)


def test_papers_come_along(client, asked, sent):
    papers = [SimpleUploadedFile(f"{n}.pdf", PDF) for n in range(3)]

    client.post(sent(asked[0]), {"once": "k1", "papers": papers})

    kept = Evidence.objects.of(asked[0].case)
    assert [(one.source, one.statement_id) for one in kept] == [("shop", asked[0].pk)] * 3


def test_what_comes_with_a_statement_is_not_called_another_one(client, asked, sent, mei):
    client.post(sent(asked[0]), {"once": "k1", "text": "没有多收。", "papers": [SimpleUploadedFile("1.pdf", PDF)]})
    client.force_login(mei)

    said, paper = Evidence.objects.of(asked[0].case)

    assert (str(said.kind_words), str(paper.kind_words)) == ("statement", "with the statement")
    page = client.get(f"/riverside/desk/evidence/{asked[0].case.number}/").content.decode()
    assert "with the statement" in page


def test_the_words_for_the_shop_can_be_copied(client, asked, mei):
    client.force_login(mei)

    page = client.post(f"/riverside/desk/statements/{asked[0].case.number}/{asked[0].pk}/", {"once": "k1"})

    assert 'data-copies="link-words"' in page.content.decode()


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({}, "text"),
        ({"papers": [SimpleUploadedFile(f"{n}.pdf", PDF) for n in range(4)]}, "papers"),
        ({"papers": [SimpleUploadedFile("x.html", b"<html>")]}, "papers"),
    ],
    ids=["nothing", "too many", "no paper"],
)
def test_what_is_not_taken_is_said_beside_its_field_and_spends_nothing(client, asked, sent, told, field):
    address = sent(asked[0])

    response = client.post(address, {"once": "k1", **told})

    assert response.status_code == 422
    assert f'id="id_{field}-fault"' in response.content.decode()
    assert OneTimeLink.objects.get().used_at is None
    assert client.get(address).status_code == 200


def test_a_link_that_was_used_is_used(client, asked, sent):
    address = sent(asked[0])
    answers = [client.post(address, {"once": "k1", "text": "收了 98 元。"}).status_code for _tap in range(2)]

    assert answers == [200, 410]
    assert client.get(address).status_code == 410
    assert Evidence.objects.count() == 1


def test_a_statement_that_came_on_paper_is_not_asked_for_again(client, act, mei, asked, sent):
    address = sent(asked[0])
    evidence.receive_statement(act(mei, at=timezone.now()), asked[0], text="书面说明")

    assert "no longer needed" in client.get(address).content.decode()
    assert client.post(address, {"once": "k1", "text": "再说一次"}).status_code == 409
    assert Evidence.objects.count() == 1


def test_a_second_link_ends_the_first_and_is_a_reminder(client, asked, sent):
    first, second = sent(asked[0]), sent(asked[0])

    asked[0].refresh_from_db()
    assert asked[0].nudges == 1
    assert client.get(first).status_code == 410
    assert client.get(second).status_code == 200


def test_no_link_is_made_for_what_is_there_already(act, mei, asked):
    evidence.receive_statement(act(mei, at=timezone.now()), asked[0], text="书面说明")

    with pytest.raises(OutOfTurn):
        make_link(act(mei, at=timezone.now()), asked[0])


def test_under_the_other_mall_there_is_no_such_link(client, asked, sent, northgate):
    assert client.get(sent(asked[0]).replace("riverside", "northgate")).status_code == 404


def test_a_link_that_has_run_out_says_whom_to_ring(client, act, mei, asked):
    link = make_link(act(mei, at=timezone.now() - timedelta(days=8)), asked[0])

    response = client.get(f"/riverside/l/{link.token}/")

    assert response.status_code == 410
    assert "The time of this link is over." in response.content.decode()


# The desk's side


class _Words(HTMLParser):
    said = ""

    def handle_data(self, data):
        self.said += data


@pytest.fixture
def at_desk(client, mei):
    client.force_login(mei)
    return client


def test_the_desk_makes_the_link_and_has_its_address_and_code_to_give(at_desk, asked):
    page = f"/riverside/desk/statements/{asked[0].case.number}/{asked[0].pk}/"
    assert page in at_desk.get(f"/riverside/desk/evidence/{asked[0].case.number}/statements/{asked[0].pk}/").text

    made = at_desk.post(page, {"once": "k1"}).text

    words = _Words()
    words.feed(made)
    address = next(word for word in words.said.split() if "/riverside/l/" in word)
    assert "<svg" in made
    assert at_desk.get(address).status_code == 200


def test_whom_to_ring_stands_there_once_each_and_who_answers_for_complaints_first(at_desk, asked, riverside):
    shop = asked[0].shop
    shop.contacts.all().delete()
    for topic, name in (("goods", "店长"), ("returns", "店长"), ("complaints", "督导")):
        shop.contacts.create(mall=riverside, topic=topic, name=name, extension="6037")

    shown = at_desk.get(f"/riverside/desk/statements/{asked[0].case.number}/{asked[0].pk}/")

    assert [(one["name"], one["topics"]) for one in shown.context["contacts"]] == [
        ("督导", "complaints"), ("店长", "goods and prices, returns and repairs"),
    ]  # fmt: skip


def test_two_clicks_make_one_link_which_is_shown_once(at_desk, asked):
    page = f"/riverside/desk/statements/{asked[0].case.number}/{asked[0].pk}/"
    at_desk.post(page, {"once": "k1"})

    again = at_desk.post(page, {"once": "k1"}).text

    assert OneTimeLink.objects.count() == 1
    assert "shown only once" in again
    assert Event.objects.filter(kind="statement.nudged").count() == 0


def test_a_link_taken_back_while_the_shop_wrote_still_says_that_its_words_arrived(
    client, act, mei, asked, sent, monkeypatch
):
    from sisheng.kit.links.actions import revoke
    from sisheng.windows.shops import views

    def and_then_it_is_taken_back(*args, **told):
        received = evidence.receive_statement(*args, **told)
        revoke(act(mei, at=timezone.now()), OneTimeLink.objects.get())
        return received

    address = sent(asked[0])
    monkeypatch.setattr(views, "receive_statement", and_then_it_is_taken_back)

    response = client.post(address, {"once": "k1", "text": "收了 98 元。"})

    asked[0].refresh_from_db()
    assert (response.status_code, asked[0].text) == (200, "收了 98 元。")
    assert "Thank you" in response.content.decode()
