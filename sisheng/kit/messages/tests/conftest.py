"""A case whose customer can be reached, gateways that are really there, and a worker whose clock we hold."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sisheng.desk.inquiries.tests.conftest import make_inquiry, play  # noqa: F401
from sisheng.ground.channels.tests.conftest import KEY, mail_server, sms_service  # noqa: F401
from sisheng.kit.messages.actions import tell_customer
from sisheng.kit.messages.sending import send_due
from sisheng.mall.customers.actions import reach_by

A_MOMENT = timedelta(seconds=11)  # after which nothing can be undone any more


@pytest.fixture
def by_sms(settings, sms_service):  # noqa: F811
    """The site has a service for short messages; its clock is the one of whoever asks."""
    settings.SISHENG_CHANNELS = {**settings.SISHENG_CHANNELS, "sms": {"url": sms_service.url, "key": KEY, "timeout": 2}}
    return sms_service


@pytest.fixture
def by_mail(settings, mail_server):  # noqa: F811
    """The site has a mail server."""
    how = {"host": "127.0.0.1", "port": mail_server.port, "security": "none", "sender": "desk@riverside.example"}
    settings.SISHENG_CHANNELS = {**settings.SISHENG_CHANNELS, "mail": how}
    return mail_server


@pytest.fixture(autouse=True)
def no_channels(settings):
    settings.SISHENG_CHANNELS = {}


@pytest.fixture
def case(make_inquiry, mei):  # noqa: F811
    """Mr Wang, who left his number, waits for something; Mei works on it."""
    return make_inquiry(phone="15400000001", salutation="王先生", anonymous_label="", handler=mei)


@pytest.fixture
def tell(act, mei, case):
    """Let the customer of the case know something."""

    def tell(purpose="progress", *, at=None, subject="处理进展", text="您的箱子明天到店。", about=None, **details):
        return tell_customer(act(mei, at=at), about or case, purpose=purpose, subject=subject, text=text, **details)

    return tell


@pytest.fixture
def likes(act, mei, case):
    """The customer says how to be reached."""

    def likes(way, **more):
        return reach_by(act(mei), case.customer, prefers=way, **more)

    return likes


@pytest.fixture
def send(now, request):
    """The worker goes round once, at that moment."""

    def send(at=None):
        at = at or now + A_MOMENT
        if "sms_service" in request.fixturenames:
            request.getfixturevalue("sms_service").clock = at.timestamp
        return send_due(lambda: at)

    return send
