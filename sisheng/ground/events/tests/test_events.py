from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from sisheng.ground.events.models import Delivery, Event, EventDetail, Telling
from sisheng.ground.events.tests.conftest import CASE, RIVERSIDE


@pytest.mark.django_db
def test_an_event_says_who_when_by_which_door_and_what(tell, now):
    an_hour_ago = now - timedelta(hours=1)

    tell("case.open", said_at=an_hour_ago, summary="地面湿滑", count=2)

    event = Event.objects.get()
    assert (event.by, event.at, event.said_at, event.via) == ("staff:1", now, an_hour_ago, "desk")
    assert event.details == {"summary": "地面湿滑", "count": 2}
    assert event.happened_at == an_hour_ago


@pytest.mark.django_db
def test_the_story_of_a_thing_is_told_oldest_first_and_of_its_own_mall_only(tell):
    tell("case.open")
    tell("case.open", mall_id=2)
    tell("case.open", topic="case:18")
    tell("case.take")

    assert [event.kind for event in Event.objects.about(RIVERSIDE, CASE)] == ["case.open", "case.take"]


@pytest.mark.django_db(transaction=True)
def test_an_event_cannot_be_told_outside_the_transaction_of_its_act(act, mei):
    with pytest.raises(transaction.TransactionManagementError):
        Event.record("case.open", CASE, act(mei), mall_id=RIVERSIDE)

    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_act_that_is_undone_leaves_nothing(act, mei, settings):
    settings.SISHENG_REACTIONS = f"{__name__}.REACTIONS"

    @transaction.atomic
    def open_and_stumble():
        Event.record("case.open", CASE, act(mei), mall_id=RIVERSIDE, personal={"name": "王先生"})
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        open_and_stumble()

    assert not Event.objects.exists()
    assert not EventDetail.objects.exists()
    assert not Delivery.objects.exists()


@pytest.mark.django_db
def test_what_is_personal_lies_beside_the_event(tell):
    event = tell("case.open", personal={"name": "王先生"}, summary="wet floor")

    assert Event.objects.get().personal == {"name": "王先生"}
    assert "王先生" not in str(Event.objects.values_list().get())
    assert event.detail_hash


@pytest.mark.django_db
def test_the_same_personal_words_do_not_give_themselves_away_by_the_same_hash(tell):
    first = tell("case.open", personal={"name": "王先生"})
    second = tell("case.open", personal={"name": "王先生"})

    assert first.detail_hash != second.detail_hash


@pytest.mark.django_db
def test_an_event_has_a_delivery_for_each_reaction_of_its_kind(tell, settings):
    settings.SISHENG_REACTIONS = f"{__name__}.REACTIONS"

    tell("case.open")
    tell("case.take")

    assert list(Delivery.objects.values_list("event__kind", "reaction")) == [("case.open", "one"), ("case.open", "two")]


REACTIONS = {"case.open": ["one", "two"]}


@pytest.mark.django_db
def test_an_event_is_told_in_a_sentence(tell, settings):
    settings.SISHENG_EVENT_WORDING = f"{__name__}.WORDING"

    event = tell("case.open", personal={"name": "王先生"}, summary="wet floor", shop=None)

    assert event.sentence() == "王先生 said: wet floor (—, —)."


@pytest.mark.django_db
def test_a_kind_without_wording_is_told_by_its_name(tell):
    assert tell("case.unheard_of").sentence() == "case.unheard_of"


WORDING = {"case.open": "%(name)s said: %(summary)s (%(shop)s, %(never_told)s)."}


@pytest.mark.django_db
def test_many_told_in_one_go_are_told_like_each_by_itself(act, mei, now, settings):
    settings.SISHENG_REACTIONS = f"{__name__}.REACTIONS"
    an_hour_ago = now - timedelta(hours=1)

    with transaction.atomic():
        told = [Telling("case:1", {"n": 1}, said_at=an_hour_ago), Telling("case:2", {}, {"name": "王先生"})]
        Event.record_many("case.open", act(mei), told, mall_id=RIVERSIDE)

    first, second = Event.objects.order_by("pk")
    assert (first.topic, first.by, first.at, first.said_at, first.details) == (
        "case:1",
        "staff:1",
        now,
        an_hour_ago,
        {"n": 1},
    )
    assert (second.topic, second.said_at, second.personal) == ("case:2", None, {"name": "王先生"})
    waiting = list(Delivery.objects.order_by("pk").values_list("event_id", "reaction"))
    assert waiting == [(event.pk, reaction) for event in (first, second) for reaction in REACTIONS["case.open"]]


@pytest.mark.django_db(transaction=True)
def test_many_cannot_be_told_outside_the_transaction_of_their_act_either(act, mei):
    with pytest.raises(transaction.TransactionManagementError):
        Event.record_many("case.open", act(mei), [Telling(CASE, {})], mall_id=RIVERSIDE)

    assert not Event.objects.exists()
