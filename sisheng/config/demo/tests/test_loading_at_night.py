"""The demo mall loaded while everybody sleeps."""

from __future__ import annotations

from datetime import timedelta

from sisheng.config.demo.history.writing import write
from sisheng.config.demo.loading import load
from sisheng.config.demo.tests.conftest import SUNDAY_AFTERNOON
from sisheng.desk.contacts.models import Contact
from sisheng.desk.inquiries.models import Inquiry


def test_loaded_in_the_night_the_open_matters_are_those_of_the_evening(db):
    night = SUNDAY_AFTERNOON.replace(hour=3)
    yesterday = night.date() - timedelta(days=1)
    mall = load(password="correct horse", at=night).mall

    write(mall, night, days=1)

    live = Inquiry.objects.filter(closed_at=None)
    assert live.count() >= 4
    assert {inquiry.opened_at.astimezone(mall.zone).date() for inquiry in live} == {yesterday}
    assert not Contact.objects.filter(on=night.date()).exists()
