"""Who is at a record now, who may know, and that nobody keeps a history of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from sisheng.desk.inquiries import actions as inquiries
from sisheng.ground.events.models import Event
from sisheng.ground.refusals import NotAllowed
from sisheng.kit.presence.actions import be_here, sweep
from sisheng.kit.presence.models import Presence


@pytest.fixture
def case(riverside, mei, act):
    return inquiries.begin(act(mei), riverside, question="还有货吗？", handler=mei, phone="15400000001")


def later(now, **span):
    return now + timedelta(**span)


def test_somebody_looks_then_writes_then_has_gone(case, act, mei, now):
    be_here(act(mei, at=now), case, who=mei)
    assert [one.is_writing for one in Presence.objects.at(case, now)] == [False]

    be_here(act(mei, at=later(now, seconds=5)), case, who=mei, field="answer/answer")
    assert Presence.objects.get().field == "answer/answer"

    assert Presence.objects.at(case, later(now, seconds=34)).exists()
    assert not Presence.objects.at(case, later(now, seconds=35)).exists()
    assert sweep(later(now, seconds=34)) == 0
    assert sweep(later(now, seconds=35)) == 1


def test_being_there_is_no_history(case, act, mei, now):
    before = Event.objects.count()

    be_here(act(mei, at=now), case, who=mei, field="answer/answer")
    sweep(later(now, minutes=1))

    assert Event.objects.count() == before
    assert not Presence.objects.exists()


def test_the_same_is_written_down_every_ten_seconds_and_nothing_more_than_once_a_second(case, act, mei, now):
    be_here(act(mei, at=now), case, who=mei)
    be_here(act(mei, at=later(now, seconds=9)), case, who=mei)
    assert Presence.objects.get().seen_at == now

    be_here(act(mei, at=later(now, seconds=10)), case, who=mei)
    assert Presence.objects.get().seen_at == later(now, seconds=10)

    be_here(act(mei, at=later(now, seconds=10.5)), case, who=mei, field="a/b")
    assert Presence.objects.get().field == ""


@pytest.mark.parametrize("field", ["<b>", "经过", "a" * 61, "a b"])
def test_what_is_no_name_of_a_field_is_none(case, act, mei, now, field):
    be_here(act(mei, at=now), case, who=mei, field=field)

    assert Presence.objects.get().field == ""


def test_each_is_told_of_the_others_and_not_of_themselves(client, case, act, mei, ping):
    client.force_login(mei)
    address = reverse("presence:here", args=["riverside", case.number])
    assert "presence-one" not in client.post(address).content.decode()
    client.force_login(ping)

    page = client.post(address, {"field": "answer/answer"}).content.decode()

    assert f"presence-{mei.code}" in page
    assert f"presence-{ping.code}" not in page
    assert {one.staff_id: one.field for one in Presence.objects.all()} == {mei.pk: "", ping.pk: "answer/answer"}


@pytest.mark.rule("PRV-01", "CMP-30")
def test_whom_a_case_is_about_is_not_told_who_works_on_it(client, case, act, mei, ping, now):
    be_here(act(mei, at=now), case, who=mei)
    type(case).objects.filter(pk=case.pk).update(about_staff=ping)
    client.force_login(ping)

    assert client.post(reverse("presence:here", args=["riverside", case.number])).status_code == 404
    assert Presence.objects.count() == 1


def test_a_stranger_cannot_be_there(case, act, lin, now):
    with pytest.raises(NotAllowed):
        be_here(act(lin, at=now), case, who=lin)
