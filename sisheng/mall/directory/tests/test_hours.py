"""Is it open, and until when? Shops, desks and the mall itself."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.db import IntegrityError

from sisheng.mall.directory.models import DayException, Desk, Mall, Opening
from sisheng.mall.directory.tests.conftest import at, make_hours


def test_on_sundays_the_shop_closes_at_ten(luggage_shop):
    assert luggage_shop.is_open(at(22, 10))
    assert luggage_shop.closes_at(at(22, 21, 59)) == at(22, 22)
    assert not luggage_shop.is_open(at(22, 22))
    assert luggage_shop.closes_at(at(22, 22)) is None


def test_on_fridays_and_saturdays_it_closes_half_an_hour_later(luggage_shop):
    assert luggage_shop.closes_at(at(27, 12)) == at(27, 22, 30)
    assert luggage_shop.closes_at(at(28, 12)) == at(28, 22, 30)
    assert luggage_shop.closes_at(at(26, 12)) == at(26, 22)


def test_on_the_eve_of_a_public_holiday_it_closes_late_too(luggage_shop, new_year):
    thursday = at(31, 12, month=12)

    assert luggage_shop.closes_at(thursday) == at(31, 22, 30, month=12)


def test_the_cinema_is_still_open_after_midnight(cinema):
    assert cinema.is_open(at(23, 1, 30))
    assert cinema.closes_at(at(22, 21)) == at(23, 2)
    assert not cinema.is_open(at(23, 2))


def test_a_typhoon_closes_every_pattern_of_the_mall(mall, luggage_shop, cinema):
    mall.day_exceptions.create(on=date(2026, 11, 22), kind="closed", reason="台风")

    assert not luggage_shop.is_open(at(22, 12))
    assert not cinema.is_open(at(22, 12))
    assert cinema.is_open(at(22, 1)), "what began on Saturday evening still runs out"


def test_special_hours_of_one_pattern_leave_the_others_alone(mall, luggage_shop, cinema):
    mall.day_exceptions.create(
        on=date(2026, 11, 22), kind="special", hours=mall.hours, opens_at=time(10), closes_at=time(18), reason="年夜"
    )

    assert luggage_shop.closes_at(at(22, 12)) == at(22, 18)
    assert cinema.closes_at(at(22, 12)) == at(23, 2)


def test_a_lunch_break_is_two_openings_of_one_day(mall, luggage_shop):
    hours = make_hours(mall, "X", "10:00", "14:00")
    Opening.objects.create(hours=hours, day=7, opens_at=time(17), closes_at=time(22))
    luggage_shop.hours = hours

    assert not luggage_shop.is_open(at(22, 15))
    assert luggage_shop.is_open(at(22, 17))


def test_the_next_act_reckons_with_hours_that_were_changed_a_moment_ago(mall):
    late, an_hour = at(22, 21, 30), timedelta(hours=1)
    assert as_loaded_now(mall).calendar("O").add(late, an_hour) == at(23, 10, 30)

    Opening.objects.filter(hours=mall.hours, day=7).update(closes_at=time(23))  # without the actions: nobody is told
    assert as_loaded_now(mall).calendar("O").add(late, an_hour) == at(22, 22, 30)

    DayException.objects.create(mall=mall, on=date(2026, 11, 22), kind="closed", reason="台风")
    assert as_loaded_now(mall).calendar("O").add(late, an_hour) == at(23, 11)


def as_loaded_now(mall):
    """As a request or a worker gets hold of it."""
    return Mall.objects.get(pk=mall.pk)


@pytest.mark.rule("DSK-01")
def test_each_desk_has_a_place_and_hours_of_its_own(mall, desk, second_floor, west_wing):
    members = Desk.objects.create(
        mall=mall, name="会员服务台", floor=second_floor, zone=west_wing, hours=make_hours(mall, "T", "11:00", "21:00")
    )
    late = at(22, 21, 30)

    assert mall.calendar("O", desk).is_open(late), "a desk without hours keeps the mall's"
    assert not mall.calendar("O", members).is_open(late)
    assert mall.calendar("O", members).add(late, timedelta(minutes=30)) == at(23, 11, 30)
    assert (members.floor.code, members.zone.code) == ("L2", "C")


@pytest.mark.rule("DSK-04")
def test_what_one_desk_does_another_need_not(desk, mall):
    guide = Desk.objects.create(mall=mall, name="楼层导购台", capabilities=["contacts"])

    assert desk.can_do("complaints")
    assert not guide.can_do("complaints")
    assert guide.can_do("contacts")


@pytest.mark.rule("CTR-33")
def test_time_is_counted_naturally_in_opening_hours_or_in_working_days(mall, new_year):
    friday_noon = at(27, 12)

    assert mall.calendar("N").add(friday_noon, timedelta(hours=24)) == at(28, 12)
    assert mall.calendar("O").add(friday_noon, timedelta(hours=12)) == at(28, 11, 30)
    assert mall.calendar("W").day_of(mall.calendar("W").add_days(friday_noon, 1)) == date(2026, 12, 1)


def test_a_make_up_day_is_worked_and_a_holiday_is_not(mall, new_year):
    sunday = date(2026, 12, 27)
    mall.day_exceptions.create(on=sunday, kind="make_up", reason="元旦调休上班")
    working = mall.calendar("W")

    assert working.opens_on(sunday)
    assert not working.opens_on(new_year)
    assert working.opens_on(date(2026, 12, 31))


def test_a_mall_without_any_hours_never_closes(db):
    mall = Mall.objects.create(slug="new", name="新商场")

    assert mall.calendar("O").is_open(at(22, 3))


def test_today_is_the_date_on_the_wall_of_the_mall(mall):
    mall.time_zone = "America/New_York"

    assert mall.today(at(23, 8)) == date(2026, 11, 22)


def test_the_same_exceptional_day_is_not_written_down_twice(mall):
    mall.day_exceptions.create(on=date(2026, 11, 22), kind="closed", reason="台风")

    with pytest.raises(IntegrityError):
        mall.day_exceptions.create(on=date(2026, 11, 22), kind="closed", reason="还是台风")


@pytest.mark.parametrize(("kind", "opens"), [("special", None), ("closed", time(10))])
def test_a_special_day_has_times_and_only_a_special_day(mall, kind, opens):
    with pytest.raises(IntegrityError):
        DayException.objects.create(mall=mall, on=date(2026, 11, 22), kind=kind, opens_at=opens, reason="?")
