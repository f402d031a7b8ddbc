"""A customer has been served, and says how it was before they go."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from conftest import Browser
from sisheng.desk.contacts import actions as contacts
from sisheng.desk.followups.models import Rating
from sisheng.ground.events.models import Event
from sisheng.ground.events.reactions import run_reactions
from sisheng.kit.messages.models import Notice
from sisheng.mall.directory.models import Desk
from sisheng.windows.portal.rate import ONE_ADDRESS, ONE_DESK

PAGE = "/riverside/rate/?at=A"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def rate(client, counter):
    """Send the faces of the main desk, as without JavaScript."""

    def rate(score=5, solved="yes", *, address="203.0.113.7", once="", page=PAGE, **more):
        sent = {"score": score, "solved": solved, "once": once or uuid4().hex, **more}
        return client.post(page, {name: value for name, value in sent.items() if value != ""}, REMOTE_ADDR=address)

    return rate


@pytest.fixture
def served(act, mei, riverside, counter):
    """Mei has served somebody at the counter, so many minutes ago."""

    def served(ago=1, *, desk=counter, outcome="answered", channel="counter"):
        told = {"agent": mei, "desk": desk, "need": "1", "outcome": outcome, "channel": channel}
        return contacts.log(act(mei, at=timezone.now() - ago * MINUTE), riverside, **told).number

    return served


# What the customer sees


def test_the_page_asks_two_things_and_no_name(client, counter):
    page = client.get(PAGE).content.decode()

    words = ("very satisfied", "so-so", "very dissatisfied", "Is your matter solved?", "partly", "Main desk")
    assert [word for word in words if word not in page] == []
    assert [name for name in ("phone", "salutation", "work") if f'name="{name}"' in page] == []


def test_in_chinese_too(client, counter):
    client.cookies["language"] = "zh-hans"

    page = client.get(PAGE).content.decode()

    assert "刚才的服务，您满意吗？" in page
    assert "非常不满意" in page
    assert "部分解决" in page


def test_who_opens_it_without_a_desk_is_asked_at_which_one_they_were(client, counter):
    for address in ("/riverside/rate/", "/riverside/rate/?at=nowhere"):
        assert 'href="?at=A"' in client.get(address).content.decode()


def test_the_code_of_a_desk_leads_there(client, counter, luggage):
    assert "/riverside/rate/?at=A" in client.get("/riverside/?at=A").content.decode()
    assert "/riverside/rate/" not in client.get("/riverside/?at=L2-C02").content.decode()


def test_the_tablet_on_the_counter_has_no_way_out_of_the_page(client, rate, counter):
    for page in (client.get(f"{PAGE}&counter"), rate(page=f"{PAGE}&counter")):
        assert 'href="/riverside/"' not in page.content.decode()
        assert "tel:" not in page.content.decode()


# What is kept


@pytest.mark.rule("SAT-03")
def test_satisfaction_and_whether_it_is_solved_are_asked_when_the_service_ends(rate, riverside, counter):
    answer = rate(4, "partly", words=" 等了一会儿 ")

    kept = Rating.objects.get()
    assert answer.status_code == 200
    assert (kept.mall, kept.desk) == (riverside, counter)
    assert (kept.score, kept.solved, kept.words) == (4, "partly", "等了一会儿")
    assert Event.objects.get(kind="rating.given").by == "visitor"
    assert "等了一会儿" not in str(Event.objects.values_list("details", flat=True))


def test_a_face_alone_is_enough(rate):
    assert rate(3, "").status_code == 200
    assert Rating.objects.get().solved == ""


@pytest.mark.parametrize(
    "wrong", [{"score": ""}, {"score": 6}, {"score": "x"}, {"solved": "maybe"}, {"words": "长" * 301}]
)
def test_what_cannot_be_read_is_asked_for_again(rate, wrong):
    answer = rate(**{"score": 5, **wrong})

    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert not Rating.objects.exists()


def test_sent_twice_it_happens_once(rate):
    first, second = rate(2, "no", once="k1"), rate(2, "no", once="k1")

    assert first.content.decode().count("put it right") == second.content.decode().count("put it right") == 1
    assert Rating.objects.count() == 1
    assert Event.objects.filter(kind="rating.unsolved").count() == 1


def test_the_same_key_with_another_face_is_refused(rate):
    rate(2, once="k1")

    assert rate(5, once="k1").status_code == 422
    assert Rating.objects.get().score == 2


# Whose it was


def test_it_belongs_to_the_one_contact_that_has_just_ended(rate, served):
    number = served()

    rate()

    assert Rating.objects.get().contact == number


def test_of_two_that_ended_nobody_knows_which_it_was(rate, served):
    served(1)
    served(3)

    rate()

    assert Rating.objects.get().contact == ""


def test_when_one_of_two_is_rated_the_next_is_the_other(rate, served):
    first = served(4)
    rate()
    second = served(1)
    rate()

    assert list(Rating.objects.order_by("pk").values_list("contact", flat=True)) == [first, second]


def test_a_contact_is_rated_once(rate, served):
    number = served()
    rate(5)
    rate(1)

    assert list(Rating.objects.order_by("pk").values_list("contact", flat=True)) == [number, ""]


@pytest.mark.parametrize("other", [{"ago": 11}, {"outcome": "left"}, {"channel": "phone"}])
def test_what_it_cannot_have_been_is_not_thought_of(rate, served, other):
    number = served(2)
    served(**other)

    rate()

    assert Rating.objects.get().contact == number


def test_an_undone_contact_and_one_of_another_desk_are_not_thought_of(rate, served, act, mei, riverside):
    side = Desk.objects.create(mall=riverside, code="B", name="西门服务台", hours=riverside.hours)
    number = served(3)
    served(1, desk=side)
    undone = contacts.Contact.objects.get(number=served(1))
    contacts.undo(act(mei, at=undone.at + timedelta(seconds=5)), undone)

    rate()

    assert Rating.objects.get().contact == number


# Somebody hears of it


@pytest.mark.rule("SAT-03")
@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ((5, "no"), "The customer just now at 总服务台 says it is not solved (5 of 5)"),
        ((2, "yes"), "The customer just now at 总服务台 is not content (2 of 5)"),
        ((1, ""), "The customer just now at 总服务台 is not content (1 of 5)"),
    ],
)
def test_whoever_stands_there_hears_at_once_that_something_is_wrong(
    rate, mei, ping, lead, counter, riverside, on_duty, said, sentence
):
    on_duty(mei, counter)
    on_duty(lead, Desk.objects.create(mall=riverside, code="B", name="西门服务台", hours=riverside.hours))

    rate(*said)
    run_reactions(timezone.now())

    notice = Notice.objects.get()
    assert (notice.to, notice.sentence) == (mei, sentence)


def test_with_nobody_at_the_desk_the_lead_hears(rate, lead, riverside, on_duty):
    on_duty(lead, Desk.objects.create(mall=riverside, code="B", name="西门服务台", hours=riverside.hours))

    rate(1, "no")
    run_reactions(timezone.now())

    assert Notice.objects.get().to == lead


@pytest.mark.parametrize("said", [(5, "yes"), (3, "partly"), (4, "")])
def test_nobody_is_called_about_what_is_well_or_middling(rate, mei, counter, on_duty, said):
    on_duty(mei, counter)

    rate(*said)
    run_reactions(timezone.now())

    assert not Notice.objects.exists()


def test_from_the_notice_it_is_one_step_to_a_complaint_or_a_call_back(client, rate, served, mei, counter, on_duty):
    on_duty(mei, counter)
    number = served()
    rate(1, "no", words="还没人管")
    run_reactions(timezone.now())
    client.force_login(mei)

    page = client.post(f"/riverside/desk/messages/notices/{Notice.objects.get().pk}/", follow=True)

    assert page.request["PATH_INFO"] == "/riverside/desk/followups/ratings/"
    text = page.content.decode()
    assert 'href="/riverside/desk/complaints/new/"' in text
    assert f'href="/riverside/desk/inquiries/new/?contact={number}"' in text
    assert "还没人管" in text


# Floods


def test_one_address_may_not_flood_a_desk_and_is_told_when_to_come_back(rate):
    for _time in range(ONE_ADDRESS[1]):
        assert rate(1).status_code == 200

    refused = rate(1)

    assert refused.status_code == 429
    assert "You can try again at" in refused.content.decode()
    assert Rating.objects.count() == ONE_ADDRESS[1]
    assert rate(5, address="198.51.100.3").status_code == 200


def test_many_addresses_may_not_flood_a_desk_together(rate):
    answers = [rate(1, address=f"198.51.100.{number}").status_code for number in range(ONE_DESK[1] + 1)]

    assert answers == [200] * ONE_DESK[1] + [429]


def test_what_is_sent_again_is_not_counted(rate):
    for _time in range(2 * ONE_ADDRESS[1]):
        assert rate(once="k1").status_code == 200


# The other mall, and a log-in


def test_another_mall_sees_nothing_of_it(client, rate, lin):
    rate(1, "no", words="只给临江汇看")
    client.force_login(lin)

    assert "只给临江汇看" not in client.get("/northgate/desk/followups/ratings/").content.decode()
    assert client.get("/riverside/desk/followups/ratings/").status_code == 404


def test_a_desk_of_another_mall_is_not_here(client, rate, northgate):
    Desk.objects.create(mall=northgate, code="N", name="北门服务台")

    rate(1, page="/riverside/rate/?at=N")

    assert not Rating.objects.exists()


def test_whoever_is_logged_in_rates_as_anybody(rate, client, mei):
    client.force_login(mei)

    rate(5)

    assert Event.objects.get(kind="rating.given").by == "visitor"


def test_a_browser_without_a_key_does_nothing(counter):
    assert Browser().post(PAGE, {"score": 5, "once": ""}).status_code == 422
    assert not Rating.objects.exists()
