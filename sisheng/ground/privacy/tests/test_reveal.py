"""Whoever needs more than the mask says why, and it is on record that they looked."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sisheng.ground.events.models import Event
from sisheng.ground.privacy import actions, keys
from sisheng.ground.privacy.actions import looked, reveal
from sisheng.ground.privacy.sealed import Unreadable
from sisheng.ground.privacy.tests.people import Caller, Clerk
from sisheng.ground.refusals import NotAllowed, SameKeyOtherWords, Unusable

pytestmark = pytest.mark.django_db


@pytest.fixture
def mei(riverside):
    return Clerk("staff:7", riverside, "customers.see", "customers.reveal")


@pytest.mark.rule("PRV-01", "PRV-04")
def test_a_phone_is_shown_to_somebody_who_says_why_and_it_is_on_record_without_the_number(act, mei, mr_wang):
    assert reveal(act(mei), mr_wang, "phone", "call_back") == "+8615400000001"

    event = Event.objects.about(mr_wang.mall_id, mr_wang.topic).get()
    assert (event.kind, event.by, event.at) == ("privacy.revealed", "staff:7", act(mei).at)
    assert event.details["field"] == "phone"
    assert event.details["reason"]
    assert "0001" not in str(event.details)


@pytest.mark.rule("PRV-04")
def test_whoever_looks_again_is_on_record_again(act, mei, mr_wang):
    reveal(act(mei), mr_wang, "phone", "call_back")
    reveal(act(mei), mr_wang, "phone", "She asked for it at the counter")

    assert [event.details["reason"] for event in Event.objects.order_by("pk")][1] == "She asked for it at the counter"


@pytest.mark.rule("PRV-01")
@pytest.mark.parametrize("reason", ["", " ", "x", "  x ", "x" * 201])
def test_without_a_reason_nothing_is_shown(act, mei, mr_wang, reason):
    with pytest.raises(Unusable) as refusal:
        reveal(act(mei), mr_wang, "phone", reason)

    assert refusal.value.field == "reason"
    assert not Event.objects.exists()


@pytest.mark.rule("PRV-01")
def test_a_stranger_and_somebody_of_another_mall_are_shown_nothing(act, mr_wang, riverside, hilltop):
    for person in (
        Clerk("staff:8", riverside, "customers.see"),
        Clerk("staff:9", hilltop, "customers.see", "customers.reveal"),
    ):
        with pytest.raises(NotAllowed):
            reveal(act(person), mr_wang, "phone", "call_back")
    assert not Event.objects.exists()


@pytest.mark.rule("PRV-04")
def test_what_cannot_be_put_on_record_is_not_shown(act, mei, mr_wang, monkeypatch):
    def fails(*args, **kwargs):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(actions.Event, "record", fails)

    with pytest.raises(RuntimeError):
        reveal(act(mei), mr_wang, "phone", "call_back")


@pytest.mark.parametrize("field", ["number", "pk", "save", "phone_index", "", "nonsense"])
def test_only_personal_fields_can_be_asked_for(act, mei, mr_wang, field):
    with pytest.raises(Unusable):
        reveal(act(mei), mr_wang, field, "call_back")
    assert not Event.objects.exists()


def test_nothing_is_told_where_nothing_is_known(act, mei, mr_wang):
    with pytest.raises(Unusable):
        reveal(act(mei), mr_wang, "wish", "call_back")
    assert not Event.objects.exists()


def test_without_the_key_there_is_a_sentence_and_no_event(act, mei, mr_wang, settings):
    settings.SISHENG_DATA_KEYS = keys.new_key()

    with pytest.raises(Unreadable):
        reveal(act(mei), Caller.objects.get(pk=mr_wang.pk), "phone", "call_back")
    assert not Event.objects.exists()


def test_a_double_click_is_one_look(act, mei, mr_wang):
    for _click in range(2):
        assert reveal(act(mei, once="k1"), mr_wang, "phone", "call_back") == "+8615400000001"

    assert Event.objects.count() == 1
    with pytest.raises(SameKeyOtherWords):
        reveal(act(mei, once="k1"), mr_wang, "phone", "make_sure")


def test_a_number_that_somebody_types_as_a_reason_is_not_kept(act, mei, mr_wang):
    reveal(act(mei), mr_wang, "phone", "rings from 154 0000 0009")

    assert Event.objects.get().details["reason"] == "rings from 154****0009"


@pytest.mark.rule("PRV-04")
def test_opening_a_record_is_told_once_however_often_the_page_refreshes_itself(act, mei, mr_wang, now):
    looked(act(mei), mr_wang)
    looked(act(mei, at=now + timedelta(minutes=9)), mr_wang)
    assert Event.objects.filter(kind="privacy.looked", by="staff:7").count() == 1

    looked(act(mei, at=now + timedelta(minutes=11)), mr_wang)
    assert Event.objects.filter(kind="privacy.looked", by="staff:7").count() == 2


def test_each_person_who_looks_is_told(act, mei, mr_wang, riverside):
    looked(act(mei), mr_wang)
    looked(act(Clerk("staff:8", riverside, "customers.see")), mr_wang)
    with pytest.raises(NotAllowed):
        looked(act(Clerk("staff:9", riverside)), mr_wang)

    assert [event.by for event in Event.objects.order_by("pk")] == ["staff:7", "staff:8"]
