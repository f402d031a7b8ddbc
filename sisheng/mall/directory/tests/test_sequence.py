"""Numbers are given once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection, transaction

from sisheng.mall.directory.models import Mall, Sequence, public_code

SUNDAY = date(2026, 11, 22)


def test_a_number_names_its_kind_its_day_and_its_turn(mall):
    numbers = [Sequence.next_number(mall, "ZX", SUNDAY) for _turn in range(3)]

    assert numbers == ["ZX-261122-0001", "ZX-261122-0002", "ZX-261122-0003"]


def test_each_kind_each_day_and_each_mall_counts_for_itself(mall):
    other_mall = Mall.objects.create(slug="other", name="别处")
    Sequence.next_number(mall, "ZX", SUNDAY)

    assert Sequence.next_number(mall, "JD", SUNDAY) == "JD-261122-0001"
    assert Sequence.next_number(mall, "ZX", date(2026, 11, 23)) == "ZX-261123-0001"
    assert Sequence.next_number(other_mall, "ZX", SUNDAY) == "ZX-261122-0001"


def test_customers_are_counted_for_all_time(mall):
    assert Sequence.next_number(mall, "GK", digits=7) == "GK-0000001"
    assert Sequence.next_number(mall, "GK", digits=7) == "GK-0000002"


def test_after_the_9999th_of_a_day_the_number_grows(mall):
    Sequence.objects.create(mall=mall, prefix="JD", period="261122", last=9999)

    assert Sequence.next_number(mall, "JD", SUNDAY) == "JD-261122-10000"


def test_what_is_rolled_back_does_not_keep_its_number(mall):
    Sequence.next_number(mall, "ZX", SUNDAY)
    with transaction.atomic():
        Sequence.next_number(mall, "ZX", SUNDAY)
        transaction.set_rollback(True)

    assert Sequence.next_number(mall, "ZX", SUNDAY) == "ZX-261122-0002"


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_eight_people_at_once_never_share_a_number():
    mall = Mall.objects.create(slug="boyun", name="泊云汇")

    with ThreadPoolExecutor(8) as desks:
        numbers = [number for some in desks.map(_take_ten, [mall] * 8) for number in some]

    assert sorted(numbers) == [f"ZX-261122-{turn:04d}" for turn in range(1, 81)]


def _take_ten(mall: Mall) -> list[str]:
    try:
        return [Sequence.next_number(mall, "ZX", SUNDAY) for _turn in range(10)]
    finally:
        connection.close()


def test_a_public_code_has_no_letter_that_is_misread():
    codes = [public_code() for _code in range(500)]

    assert all(len(code) == 6 for code in codes)
    assert not set("".join(codes)) & set("01OILSZ")
    assert len(set(codes)) > 490
