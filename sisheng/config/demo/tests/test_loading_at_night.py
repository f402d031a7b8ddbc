"""The demo mall loaded at an odd moment, or on a site that sends text messages."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sisheng.cases.models import Clock
from sisheng.config.demo.history.writing import write
from sisheng.config.demo.loading import load
from sisheng.config.demo.tests.conftest import SUNDAY_AFTERNOON
from sisheng.desk.contacts.models import Contact
from sisheng.desk.inquiries.models import Inquiry
from sisheng.kit.messages.models import Message


def test_loaded_in_the_night_the_open_matters_are_those_of_the_evening(db):
    night = SUNDAY_AFTERNOON.replace(hour=3)
    yesterday = night.date() - timedelta(days=1)
    mall = load(password="correct horse", at=night).mall

    write(mall, night, days=1)

    live = Inquiry.objects.filter(closed_at=None)
    assert live.count() >= 4
    assert {inquiry.opened_at.astimezone(mall.zone).date() for inquiry in live} == {yesterday}
    assert not Contact.objects.filter(on=night.date()).exists()


@pytest.mark.parametrize("hour", [3, 10])
def test_at_whatever_hour_four_complaints_are_late_and_no_others(db, hour):
    at = SUNDAY_AFTERNOON.replace(hour=hour, minute=50)
    mall = load(password="correct horse", at=at).mall

    write(mall, at, days=1)

    late = Clock.objects.live().filter(due_at__lt=at, case__kind="complaint").values_list("case__status", flat=True)
    assert set(late) == {"executing", "investigating", "proposing", "re_evaluating"}
    assert len(set(late.values_list("case__number", flat=True))) == 4


def test_a_site_with_text_messages_does_not_send_the_old_ones(db, settings):
    settings.SISHENG_CHANNELS = {"sms": {"url": "https://sms.example.com/", "key": "k" * 32}}
    mall = load(password="correct horse", at=SUNDAY_AFTERNOON).mall

    write(mall, SUNDAY_AFTERNOON, days=2)

    assert Message.objects.filter(channel="sms", state="sent").count() > 20
    assert Message.objects.due(SUNDAY_AFTERNOON).count() < 10
