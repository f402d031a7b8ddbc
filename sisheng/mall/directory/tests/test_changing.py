"""Correcting the directory: who may, what is told, and what happens when two people do."""

from __future__ import annotations

from datetime import date

import pytest

from sisheng.ground.events.models import Event
from sisheng.ground.refusals import NotAllowed, Overtaken, Unusable
from sisheng.ground.search.finding import find
from sisheng.mall.directory.actions import change
from sisheng.mall.directory.findable import make_findable
from sisheng.mall.directory.holidays import write_down_holidays
from sisheng.mall.directory.models import Fact
from sisheng.mall.staff.models import Post, Staff


@pytest.fixture
def boss(mall) -> Staff:
    return _holding("supervisor", "1003", mall)


@pytest.fixture
def mei(mall) -> Staff:
    return _holding("agent", "1008", mall)


def _holding(role, code, mall) -> Staff:
    person = Staff.objects.create(code=code, name=code)
    Post.objects.create(mall=mall, staff=person, role=role)
    return person


@pytest.fixture
def parking(mall) -> Fact:
    return Fact.objects.create(
        mall=mall,
        key="parking-fee",
        question="停车费",
        answer="前 60 分钟免费。",
        owner="停车",
        checked_on=date(2026, 11, 1),
    )


def test_a_correction_is_told_with_what_stood_there_before(act, boss, luggage_shop):
    change(act(boss), luggage_shop, new={"extension": "6999", "name": "行远箱包"})

    luggage_shop.refresh_from_db()
    assert luggage_shop.extension == "6999"
    event = Event.objects.get(kind="directory.changed")
    assert event.details["changes"] == {"extension": ["6037", "6999"]}
    assert event.details["fields"] == "extension"


def test_a_correction_gives_the_directory_a_new_edition(act, boss, mall, luggage_shop):
    change(act(boss), luggage_shop, new={"extension": "6999"})

    mall.refresh_from_db()
    assert mall.edition == 1


def test_a_new_name_is_found_at_once_and_the_old_unit_is_not(act, boss, mall, luggage_shop):
    make_findable([luggage_shop])

    change(act(boss), luggage_shop, new={"name": "远行箱子铺", "unit": "L2-C09"})

    assert [hit.ref for hit in find(mall.pk, "远行箱子")] == ["L2-C09"]
    assert find(mall.pk, "行远箱包") == []
    assert [hit.extra["code"] for hit in find(mall.pk, "L2-C09")] == ["L2-C09 6037"]


def test_a_shop_that_has_left_is_no_longer_found(act, boss, mall, luggage_shop):
    make_findable([luggage_shop])

    change(act(boss), luggage_shop, new={"status": "closed"})

    assert find(mall.pk, "行远箱包") == []


def test_nothing_new_changes_nothing_and_tells_nothing(act, boss, mall, luggage_shop):
    change(act(boss), luggage_shop, new={"extension": "6037"})

    mall.refresh_from_db()
    assert mall.edition == 0
    assert not Event.objects.exists()


def test_an_agent_cannot_correct_the_directory(act, mei, luggage_shop):
    with pytest.raises(NotAllowed):
        change(act(mei), luggage_shop, new={"extension": "6999"})


def test_two_people_who_change_the_same_field_are_asked_again(act, boss, luggage_shop):
    change(act(boss), luggage_shop, new={"extension": "6999"}, seen={"extension": "6037"})

    with pytest.raises(Overtaken, match="6999"):
        change(act(boss), luggage_shop, new={"extension": "6888"}, seen={"extension": "6037"})

    luggage_shop.refresh_from_db()
    assert luggage_shop.extension == "6999"


def test_two_people_who_change_different_fields_are_not(act, boss, luggage_shop):
    before = {"extension": "6037", "aliases": ""}

    change(act(boss), luggage_shop, new={"extension": "6999"}, seen=before)
    change(act(boss), luggage_shop, new={"aliases": "箱子"}, seen=before)

    luggage_shop.refresh_from_db()
    assert (luggage_shop.extension, luggage_shop.aliases) == ("6999", "箱子")


def test_what_cannot_be_is_refused_with_the_field(act, boss, luggage_shop):
    with pytest.raises(Unusable) as refusal:
        change(act(boss), luggage_shop, new={"name": ""})

    assert refusal.value.field == "name"


def test_a_shop_that_moves_says_until_when_it_is_here(act, boss, luggage_shop):
    with pytest.raises(Unusable, match="last day"):
        change(act(boss), luggage_shop, new={"status": "moving"})


def test_a_field_that_does_not_exist_is_named(act, boss, luggage_shop):
    with pytest.raises(Unusable, match="phone_number"):
        change(act(boss), luggage_shop, new={"phone_number": "1"})


def test_a_fact_may_only_have_blanks_that_can_be_filled_in(act, boss, parking):
    change(act(boss), parking, new={"answer": "今天到 {closing_today}。"})
    with pytest.raises(Unusable, match="closing_tomorrow"):
        change(act(boss), parking, new={"answer": "明天到 {closing_tomorrow}。"})

    parking.refresh_from_db()
    assert parking.answer == "今天到 {closing_today}。"


def test_the_name_of_a_brand_contact_lies_beside_the_event(act, boss, mall, luggage_shop):
    contact = luggage_shop.contacts.create(mall=mall, topic="goods", name="许店长", extension="6037")

    change(act(boss), contact, new={"name": "周店长"})

    event = Event.objects.get(kind="directory.changed")
    assert event.personal == {"name": ["许店长", "周店长"]}
    assert "店长" not in str(event.details)


def test_the_public_holidays_of_a_year_are_written_down_once(mall):
    first, again = write_down_holidays(mall, [2026]), write_down_holidays(mall, [2026])

    assert first > 10
    assert again == 0
    national_day = mall.day_exceptions.get(on=date(2026, 10, 1))
    assert (national_day.kind, national_day.reason, national_day.reason_en) == ("holiday", "国庆节", "National Day")


@pytest.mark.rule("INQ-02")
def test_a_fact_that_nobody_has_compared_with_the_signs_is_found(parking):
    assert not Fact.objects.unchecked(date(2026, 12, 1))
    assert list(Fact.objects.unchecked(date(2026, 12, 2))) == [parking]
