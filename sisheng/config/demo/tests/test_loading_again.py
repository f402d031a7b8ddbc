"""Loading the demo mall a second time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.apps import apps

from sisheng.config.demo.loading import load
from sisheng.config.demo.tests.conftest import SUNDAY_AFTERNOON
from sisheng.mall.customers.actions import remember
from sisheng.mall.directory.models import Mall, Shop
from sisheng.mall.staff.models import DutyDay, Staff

KINDS = [kind for label in ("directory", "customers", "staff") for kind in apps.get_app_config(label).get_models()]


@pytest.fixture
def demo(db):
    return load(password="correct horse", at=SUNDAY_AFTERNOON)


def _all_rows():
    return {kind._meta.label: sorted(map(str, kind.objects.order_by("pk").values())) for kind in KINDS}


def test_changes_nothing_at_all(demo):
    before = _all_rows()

    again = load(password="another password", at=SUNDAY_AFTERNOON)

    assert again.made.total() == 0
    assert again.new_codes == []
    assert _all_rows() == before
    assert Staff.objects.get(code="1008").check_password("correct horse")


def test_leaves_alone_what_people_have_changed(demo):
    Shop.objects.filter(mall=demo.mall, unit="L2-C02").update(extension="6999")

    load(password="correct horse", at=SUNDAY_AFTERNOON)

    assert Shop.objects.get(mall=demo.mall, unit="L2-C02").extension == "6999"


def test_a_week_later_names_the_duty_managers_of_the_days_to_come(demo):
    later = SUNDAY_AFTERNOON + timedelta(days=7)

    again = load(password="correct horse", at=later)

    assert again.made["duty days"] == 14
    assert DutyDay.objects.filter(mall=demo.mall, on=later.date() + timedelta(days=30)).exists()


def test_brings_back_what_is_missing(demo):
    demo.mall.routes.all()[0].delete()
    edition = Mall.objects.get(pk=demo.mall.pk).edition

    again = load(password="correct horse", at=SUNDAY_AFTERNOON)

    assert +again.made == {"routes": 1}
    assert Mall.objects.get(pk=demo.mall.pk).edition == edition + 1


def test_the_next_customer_gets_the_next_number(demo, act):
    mei = Staff.objects.get(code="1008")

    assert remember(act(mei), demo.mall, phone="154 0000 9001").number == "GK-0008731"
