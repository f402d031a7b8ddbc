"""Somebody comes, is greeted, asks and is answered, and it is on record as it was."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sisheng.cases.models.case import Channel
from sisheng.desk.contacts import actions
from sisheng.desk.contacts.forms import CHANNEL_FIELDS, LogForm
from sisheng.desk.contacts.models import Arrival, Contact
from sisheng.ground.events.models import Event
from sisheng.ground.refusals import NotAllowed, OutOfTurn, SameKeyOtherWords, Unusable
from sisheng.mall.directory.models import NeedType
from sisheng.mall.staff import middleware
from sisheng.windows.board.home import today


@pytest.fixture
def log(act, mei, riverside, counter):
    """Log a reception as the quick log does."""

    def log(*, by=None, at=None, once="", **told):
        told = {"need": "1", "outcome": "answered", **told}
        return actions.log(act(by or mei, at=at, once=once), riverside, agent=by or mei, desk=counter, **told)

    return log


@pytest.mark.rule("REC-01")
def test_without_an_arrival_stamp_greeting_and_answering_are_not_measured(log, riverside, now):
    contact = log(seconds=4)
    figures = today(riverside, now)

    assert (contact.seconds_to_greet, contact.seconds_to_answer) == (None, None)
    assert (figures.greeted_share, figures.answered_share) == (None, None)
    assert figures.contacts == 1


@pytest.mark.rule("REC-01", "CTR-01", "REC-22")
def test_greeting_and_answering_are_two_measures(act, log, mei, counter, riverside, now):
    waits = actions.arrive(act(mei, at=now), counter)
    actions.greet(act(mei, at=now + timedelta(seconds=31)), counter, agent=mei)
    contact = log(at=now + timedelta(seconds=60), arrival=Arrival.objects.get(pk=waits.pk))
    figures = today(riverside, now)

    assert (contact.seconds_to_greet, contact.seconds_to_answer) == (31, 29)
    assert (figures.greeted_share, figures.answered_share) == (0, 100)


@pytest.mark.rule("REC-04")
@pytest.mark.parametrize("need", ["", "x", "11", "一"])
def test_the_need_comes_first_and_is_one_of_ten(need):
    form = LogForm({"need": need})

    assert not form.is_valid()
    assert "need" in form.errors
    assert len(NeedType.choices) == 10
    assert LogForm({"need": "3"}).is_valid()  # and nothing else is asked for


@pytest.mark.rule("REC-06")
def test_what_was_understood_stands_on_the_record(log):
    contact = log(need="4", words="那个洗不掉怎么办", details=actions.Details(understood_as="丝绸去酱油渍"))

    assert Contact.objects.get(pk=contact.pk).understood_as == "丝绸去酱油渍"


@pytest.mark.rule("REC-08")
def test_a_log_is_told_once_and_never_rewritten(log, act, mei, now):
    contact = log()
    actions.undo(act(mei, at=now + timedelta(seconds=9)), contact)

    story = [event.kind for event in Event.objects.about(contact.mall_id, contact.number)]
    assert story == ["contact.logged", "contact.undone"]
    assert Contact.objects.filter(number=contact.number).exists()


@pytest.mark.rule("REC-17")
@pytest.mark.parametrize("words", ["", "   "])
def test_we_do_not_know_is_no_ending_without_the_question(log, words):
    with pytest.raises(Unusable) as refusal:
        log(outcome="unanswered", words=words)

    assert refusal.value.field == "words"
    assert not Contact.objects.exists()


@pytest.mark.rule("REC-21")
@pytest.mark.parametrize("channel", Channel.values)
def test_every_way_in_is_a_channel_of_its_own(log, channel):
    assert log(channel=channel).channel == channel
    assert {"counter", "phone", "mail", "web", "letter", "visit"} <= set(Channel.values)


@pytest.mark.rule("REC-23")
@pytest.mark.parametrize(
    ("channel", "asked"),
    [
        ("visit", {"caller", "reach", "matter"}),
        ("phone", {"caller", "reach", "matter"}),
        ("mail", {"reach", "matter", "result"}),
        ("site", {"place", "cause", "course", "result"}),
        ("counter", set()),
    ],
)
def test_each_channel_asks_for_its_own_few_things(client, mei, riverside, on_duty, counter, channel, asked):
    on_duty(mei, counter)
    client.force_login(mei)

    page = client.get(f"/riverside/desk/contacts/new/?channel={channel}").content.decode()

    assert set(CHANNEL_FIELDS[channel]) == asked
    assert all(f'name="{field}"' in page for field in asked)


@pytest.mark.rule("REC-23", "CTR-13")
def test_a_caller_may_stay_anonymous_but_the_matter_is_written_down():
    assert LogForm({"need": "0", "channel": "phone", "matter": "问几点关门"}).is_valid()
    assert "matter" in LogForm({"need": "0", "channel": "phone"}).errors


@pytest.mark.rule("CTR-14")
def test_an_anonymous_quick_log_is_complete(log):
    assert log(answer=actions.Answer("fact", "parking-fee", "停车怎么收费")).is_complete
    assert not log(words="").is_complete


@pytest.mark.rule("CTR-15")
def test_throughput_is_a_figure_of_the_desk_and_never_of_a_person(
    client, log, mei, ping, on_duty, counter, now, monkeypatch
):
    monkeypatch.setattr(middleware.timezone, "now", lambda: now)
    on_duty(mei, counter)
    for person in (mei, ping, ping):
        log(by=person)
    client.force_login(mei)

    figures = client.get("/riverside/desk/today/").content.decode()

    assert ">3<" in figures
    assert not [person for person in (mei, ping) if person.name in figures]


@pytest.mark.rule("CTR-19")
def test_whoever_came_first_is_greeted_first(act, mei, counter, now):
    first = actions.arrive(act(mei, at=now), counter)
    second = actions.arrive(act(mei, at=now + timedelta(seconds=5)), counter)

    greeted = [actions.greet(act(mei, at=now + timedelta(seconds=9)), counter, agent=mei) for _ in range(2)]

    assert greeted == [first, second]
    assert list(Arrival.objects.waiting()) == [first, second]


def test_nobody_is_left_to_greet_and_the_desk_says_so(act, mei, counter):
    with pytest.raises(OutOfTurn):
        actions.greet(act(mei), counter, agent=mei)


def test_two_agents_cannot_serve_the_same_arrival(act, log, mei, ping, counter):
    arrival = actions.arrive(act(mei), counter)
    log(arrival=Arrival.objects.get(pk=arrival.pk))

    with pytest.raises(OutOfTurn):
        log(by=ping, arrival=Arrival.objects.get(pk=arrival.pk))

    assert Contact.objects.count() == 1


def test_a_log_can_be_undone_for_ten_seconds_by_whoever_made_it(log, act, mei, ping, now):
    contact = log(at=now)

    with pytest.raises(OutOfTurn):
        actions.undo(act(ping, at=now + timedelta(seconds=2)), contact)
    with pytest.raises(OutOfTurn):
        actions.undo(act(mei, at=now + timedelta(seconds=11)), contact)
    actions.undo(act(mei, at=now + timedelta(seconds=10)), contact)

    assert not Contact.objects.counted().exists()


def test_the_same_key_twice_is_one_contact_and_with_other_words_it_is_refused(log):
    first = log(once="k", words="几点关门", outcome="unanswered")

    assert log(once="k", words="几点关门", outcome="unanswered") == first
    with pytest.raises(SameKeyOtherWords):
        log(once="k", words="几点开门", outcome="unanswered")
    assert Contact.objects.count() == 1


def test_a_bag_keeper_logs_no_receptions(log, bagkeeper):
    with pytest.raises(NotAllowed):
        log(by=bagkeeper)


@pytest.mark.rule("INQ-06")
def test_the_same_customer_asking_the_same_within_a_day_is_noticed(log, mr_wang, now):
    first = log(customer=mr_wang, need="3", at=now)
    again = log(customer=mr_wang, need="3", at=now + timedelta(hours=3))
    other = log(customer=mr_wang, need="4", at=now + timedelta(hours=4))
    later = log(customer=mr_wang, need="3", at=now + timedelta(hours=27, minutes=1))

    assert (again.repeat_of, other.repeat_of, later.repeat_of) == (first, None, None)


def test_a_reception_is_logged_at_a_desk_or_not_at_all(client, mei, riverside):
    client.force_login(mei)

    response = client.post("/riverside/desk/contacts/log/", {"need": "1"}, headers={"Accept": "application/json"})

    assert response.status_code == 409
    assert response.json()["sentence"]
    assert not Contact.objects.exists()
