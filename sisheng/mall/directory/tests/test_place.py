"""What the database itself holds about places."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError

from sisheng.mall.directory.models import Floor, Mall, Route, Shop


class Somebody:
    def __init__(self, *malls):
        self.roles_by_mall = {mall.pk: {"agent"} for mall in malls}


def test_people_see_the_shops_of_their_own_mall_only(mall, luggage_shop):
    other_mall = Mall.objects.create(slug="other", name="别处")

    assert list(Shop.objects.visible_to(Somebody(mall))) == [luggage_shop]
    assert not Shop.objects.visible_to(Somebody(other_mall))
    assert not Shop.objects.visible_to(Somebody())


def test_a_mall_has_one_practice_mall_and_is_not_its_own(mall):
    practice = Mall.objects.create(slug="boyun-practice", name="演练", shadow_of=mall)

    assert practice.is_practice
    assert not mall.is_practice
    assert mall.practice == practice


def test_a_mall_is_not_its_own_shadow(mall):
    with pytest.raises(IntegrityError):
        Mall.objects.filter(pk=mall.pk).update(shadow_of=mall)


def test_a_unit_is_let_to_one_shop_at_a_time(luggage_shop):
    luggage_shop.pk = None

    with pytest.raises(IntegrityError):
        luggage_shop.save()


def test_after_a_shop_has_left_its_unit_can_be_let_again(luggage_shop):
    Shop.objects.update(status=Shop.Status.CLOSED)
    luggage_shop.pk, luggage_shop.name = None, "新来的店"
    luggage_shop.save()

    assert [shop.name for shop in Shop.objects.here()] == ["新来的店"]


@pytest.mark.parametrize("change", [{"status": "moving"}, {"moved_from": "L5-C03"}, {"moved_on": date(2026, 10, 20)}])
def test_a_move_has_a_place_and_a_date(luggage_shop, change):
    with pytest.raises(IntegrityError):
        Shop.objects.update(**change)


def test_a_route_leads_to_one_place(mall, desk, luggage_shop, lift):
    with pytest.raises(IntegrityError):
        Route.objects.create(mall=mall, desk=desk, shop=luggage_shop, facility=lift, say="?")


def test_a_route_leads_somewhere(mall, desk):
    with pytest.raises(IntegrityError):
        Route.objects.create(mall=mall, desk=desk, say="?")


def test_floors_are_sorted_from_the_ground_up(mall, second_floor):
    Floor.objects.create(mall=mall, code="B1", level=-1, name="负一楼")

    assert [floor.code for floor in mall.floors.all()] == ["B1", "L2"]
