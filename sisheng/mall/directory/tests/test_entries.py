"""The answers that a browser holds: all of them, small, and fresh until they are not."""

from __future__ import annotations

from datetime import date

import pytest

from sisheng.mall.directory.entries import answer_entries, answer_sheet, is_still_true
from sisheng.mall.directory.models import Fact
from sisheng.mall.directory.tests.conftest import at


def _by_ref(entries):
    return {entry["ref"]: entry for entry in entries}


def test_a_shop_comes_with_its_card_in_both_languages_and_with_what_it_answers_to(mall, desk, route):
    entry = _by_ref(answer_entries(mall, at(22, 14), desk))["shop:L2-C02"]

    assert entry["title"] == "行远箱包"
    assert entry["code"] == "L2-C02"
    assert "hang" in entry["readings"][0]
    assert "l2c02" in entry["codes"]
    assert entry["zh"]["say"].startswith("从这里上")
    assert entry["zh"]["opening"] == "营业到 22:00"
    assert entry["en"]["step_free"].startswith("Turn left")
    assert "notice" not in entry["zh"], "what is empty is not sent"


def test_the_nearest_facility_comes_first(mall, desk, lift, second_floor, west_wing):
    near = mall.facilities.create(code="toilet-1", kind="toilet", name="洗手间", floor=second_floor, zone=west_wing)
    mall.routes.create(desk=desk, facility=lift, say="远", metres=90)
    mall.routes.create(desk=desk, facility=near, say="近", metres=30)

    refs = [entry["ref"] for entry in answer_entries(mall, at(22, 14), desk)]

    assert refs == ["facility:toilet-1", "facility:lift-C1"]


def test_what_is_for_staff_only_and_who_has_left_is_not_offered(mall, desk, lift, luggage_shop):
    mall.facilities.update(is_for_staff=True)
    mall.shops.update(status="closed")
    Fact.objects.create(mall=mall, key="old", question="?", answer="!", checked_on=date(2026, 1, 1), is_in_use=False)

    assert answer_entries(mall, at(22, 14), desk) == []


@pytest.mark.parametrize(
    ("moment", "until"),
    [
        (at(22, 9), at(22, 10)),  # it opens
        (at(22, 10), at(22, 12)),  # a promotion begins
        (at(22, 12), at(22, 18)),  # the lift runs again
        (at(22, 18), at(22, 22)),  # it closes
        (at(22, 22), at(23, 0)),  # “tomorrow” becomes “today”
    ],
)
def test_a_sheet_is_fresh_until_the_next_sentence_changes(mall, desk, luggage_shop, lift, moment, until):
    mall.facilities.update(closed_until=at(22, 18))
    mall.promotions.create(shop=luggage_shop, title="旧箱换新", from_at=at(22, 12), until_at=at(29, 0))

    assert answer_sheet(mall, moment, desk).fresh_until == until


def test_a_browser_keeps_its_sheet_until_it_is_stale_or_the_directory_changes(mall, desk, luggage_shop):
    version = answer_sheet(mall, at(22, 14), desk).version

    assert is_still_true(version, mall, at(22, 21, 59), desk)
    assert not is_still_true(version, mall, at(22, 22), desk)
    assert not is_still_true(version, mall, at(22, 14), None)
    assert not is_still_true("nonsense", mall, at(22, 14), desk)
    mall.new_edition()
    assert not is_still_true(version, mall, at(22, 14), desk)
