"""People are found by their number without anybody reading the numbers."""

from __future__ import annotations

import pytest

from sisheng.ground.privacy.sealed import digests
from sisheng.ground.privacy.tests.people import Caller

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "written", ["15400000001", "154 0000 0001", "１５４０００００００１", "+86 154-0000-0001", "15400000001.0"]
)
def test_a_person_is_found_however_the_number_is_written(mr_wang, ms_lin, riverside, written):
    assert Caller.objects.with_phone(riverside, written).get() == mr_wang


def test_a_person_is_found_by_the_last_four_digits(mr_wang, ms_lin, riverside):
    assert Caller.objects.with_tail(riverside, "0001").get() == mr_wang
    assert Caller.objects.with_tail(riverside, "０００２").get() == ms_lin


@pytest.mark.parametrize("nonsense", ["", "1", "000", "00001", "abcd", "%", "0001' OR 1=1"])
def test_nonsense_finds_nobody(mr_wang, riverside, nonsense):
    assert not Caller.objects.with_tail(riverside, nonsense).exists()
    assert not Caller.objects.with_phone(riverside, nonsense).exists()


@pytest.mark.rule("PRV-01")
def test_the_same_number_in_another_mall_is_somebody_else(mr_wang, hilltop):
    Caller.objects.create(mall_id=hilltop.pk, number="GK-0000001", phone="+8615400000001")
    here, there = Caller.objects.order_by("mall_id")

    assert bytes(here.phone_index) != bytes(there.phone_index)
    assert bytes(here.phone_tail) != bytes(there.phone_tail)
    assert Caller.objects.with_phone(hilltop, "15400000001").get() == there


def test_each_column_has_digests_of_its_own():
    assert digests("0001", "a.phone_index", 1) != digests("0001", "a.phone_tail", 1)


@pytest.mark.parametrize("fields", [None, ["phone"]])
def test_a_new_number_is_found_and_the_old_one_no_longer(mr_wang, riverside, fields):
    mr_wang.set_phone("0755-8123 4567")
    mr_wang.save(update_fields=fields)

    assert Caller.objects.with_phone(riverside, "075581234567").get() == mr_wang
    assert Caller.objects.with_tail(riverside, "4567").get() == mr_wang
    assert not Caller.objects.with_phone(riverside, "15400000001").exists()


def test_a_search_asks_the_database_once_and_by_the_index(mr_wang, riverside, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert Caller.objects.with_phone(riverside, "15400000001").first().name == "王先生"

    assert "phone_index" in Caller.objects.with_phone(riverside, "15400000001").explain()
