"""The services outside, as they really speak."""

import pytest

from tests.fakes.mail import MailServer
from tests.fakes.sms import SmsService

KEY = "a-key-that-only-the-mall-and-the-service-know"


@pytest.fixture
def mail_server():
    with MailServer() as server:
        yield server


@pytest.fixture
def sms_service(now):
    with SmsService(KEY, clock=lambda: now.timestamp()) as service:
        yield service
