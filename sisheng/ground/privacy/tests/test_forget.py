"""Somebody asks to be forgotten: who they were goes, that somebody was here stays."""

from __future__ import annotations

import pytest
from django.db import models, transaction
from django.test.utils import isolate_apps

from sisheng.ground.events.models import Event, EventDetail
from sisheng.ground.privacy.actions import blank_of, forget
from sisheng.ground.privacy.tests.people import Caller, Clerk
from sisheng.ground.refusals import NotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(riverside):
    return Clerk("staff:1", riverside, "customers.forget")


@pytest.fixture
def told(act, boss, mr_wang, ms_lin):
    """Something was written down about each of them."""
    with transaction.atomic():
        for caller in (mr_wang, ms_lin):
            Event.record(
                "caller.rang",
                caller.topic,
                act(boss),
                mall_id=caller.mall_id,
                personal={"name": caller.name},
                minutes=3,
            )


@pytest.mark.rule("PRV-01")
def test_nothing_personal_is_left_of_somebody_who_is_forgotten(act, boss, mr_wang, told, riverside):
    forget(act(boss), mr_wang)

    again = Caller.objects.get(pk=mr_wang.pk)
    assert (again.phone, again.name, again.wish, again.phone_index, again.phone_tail) == ("", "", None, None, None)
    assert not Caller.objects.with_phone(riverside, "15400000001").exists()
    assert not Caller.objects.with_tail(riverside, "0001").exists()
    assert Event.objects.about(1, mr_wang.topic)[0].personal is None
    assert not EventDetail.objects.filter(details__contains="王").exists()


def test_the_record_and_its_story_stay_without_the_person(act, boss, mr_wang, told):
    forget(act(boss), mr_wang)

    assert Caller.objects.get(pk=mr_wang.pk).number == "GK-0000001"
    story = Event.objects.about(1, mr_wang.topic)
    assert [event.kind for event in story] == ["caller.rang", "event.erased", "privacy.forgotten"]
    assert story[0].details["minutes"] == 3
    assert story[2].details["fields"] == ["name", "phone", "wish"]


def test_nobody_else_is_forgotten(act, boss, mr_wang, ms_lin, told):
    forget(act(boss), mr_wang)

    ms_lin.refresh_from_db()
    assert (ms_lin.name, ms_lin.phone) == ("林女士", "+8615400000002")
    assert Event.objects.about(1, ms_lin.topic).get().personal == {"name": "林女士"}


def test_only_who_may_forgets(act, mr_wang, riverside, hilltop):
    for person in (Clerk("staff:2", riverside, "customers.reveal"), Clerk("staff:3", hilltop, "customers.forget")):
        with pytest.raises(NotAllowed):
            forget(act(person), mr_wang)

    assert Caller.objects.get(pk=mr_wang.pk).name == "王先生"


def test_a_double_click_forgets_once(act, boss, mr_wang):
    assert forget(act(boss, once="k1"), mr_wang) == forget(act(boss, once="k1"), mr_wang)
    assert Event.objects.filter(kind="privacy.forgotten").count() == 1


@isolate_apps("sisheng.ground.privacy")
def test_a_personal_field_that_can_never_be_empty_is_refused():
    class Guest(models.Model):
        visits = models.IntegerField()
        born_on = models.DateField()
        met_on = models.DateField(null=True)
        note = models.TextField()
        language = models.CharField(max_length=5, default="zh")

        class Meta:
            app_label = "privacy"

    empty = {name: blank_of(Guest._meta.get_field(name)) for name in ("met_on", "note", "language")}
    assert empty == {"met_on": None, "note": "", "language": "zh"}
    for name in ("visits", "born_on"):
        with pytest.raises(TypeError, match="for ever"):
            blank_of(Guest._meta.get_field(name))
