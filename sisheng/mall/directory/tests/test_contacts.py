"""Whom the desk rings at a shop (TEN-01)."""

from __future__ import annotations

import pytest
from django.db import IntegrityError

from sisheng.mall.directory.tests.conftest import at, make_hours


@pytest.fixture
def people(mall, luggage_shop):
    def add(topic, position, name, hours=None):
        return luggage_shop.contacts.create(
            mall=mall, topic=topic, position=position, name=name, extension="6037", hours=hours
        )

    return add


@pytest.mark.rule("TEN-01")
def test_the_person_for_the_matter_is_rung_first_then_the_deputy_then_anybody(luggage_shop, people):
    people("any", 1, "店长")
    people("returns", 2, "副手")
    people("returns", 1, "售后")
    people("complaints", 1, "区域经理")

    assert [person.name for person in luggage_shop.contacts_for("returns")] == ["售后", "副手", "店长"]
    assert [person.is_deputy for person in luggage_shop.contacts_for("returns")] == [False, True, False]
    assert [person.name for person in luggage_shop.contacts_for("goods")] == ["店长"]


@pytest.mark.rule("TEN-01")
def test_a_contact_has_hours_of_their_own_or_those_of_the_shop(mall, luggage_shop, people):
    manager = people("goods", 1, "店长")
    buyer = people("returns", 1, "售后", hours=make_hours(mall, "W", "09:00", "18:00"))

    assert manager.is_reachable(at(22, 21))
    assert not buyer.is_reachable(at(22, 21))
    assert buyer.is_reachable(at(22, 9))


def test_nobody_shares_a_place_in_the_line(people):
    people("goods", 1, "甲")

    with pytest.raises(IntegrityError):
        people("goods", 1, "乙")
