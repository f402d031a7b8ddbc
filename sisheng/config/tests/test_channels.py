"""A way to the outside is set as a whole, or refused with a sentence before anything starts."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from sisheng.config.channels import channels

NOTHING = {"smtp_url": "", "mail_from": "", "sms_url": "", "sms_key": ""}
FROM = {"mail_from": "服务台 <desk@example.com>"}
KEY = {"sms_key": "k" * 32}


def test_without_settings_there_is_no_channel():
    assert channels(**NOTHING) == {}


@pytest.mark.parametrize(
    ("url", "security", "port"),
    [
        ("smtps://desk:p%40ss@mail.example.com", "tls", 465),
        ("smtp://desk:p%40ss@mail.example.com", "starttls", 587),
        ("smtp://desk:p%40ss@mail.example.com:2525", "starttls", 2525),
    ],
)
def test_a_mail_server_is_spoken_to_in_secret(url, security, port):
    mail = channels(**NOTHING | FROM | {"smtp_url": url})["mail"]

    assert (mail["host"], mail["port"], mail["security"]) == ("mail.example.com", port, security)
    assert (mail["user"], mail["password"]) == ("desk", "p@ss")
    assert mail["sender"] == "服务台 <desk@example.com>"


def test_a_relay_in_the_house_needs_no_secret():
    mail = channels(**NOTHING | FROM | {"smtp_url": "smtp+plain://relay.example.com"})["mail"]

    assert (mail["port"], mail["security"], mail["user"]) == (25, "none", "")


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"smtp_url": "smtps://mail.example.com"}, "SISHENG_SMTP_URL needs SISHENG_MAIL_FROM beside it"),
        (FROM, "SISHENG_MAIL_FROM needs SISHENG_SMTP_URL beside it"),
        (FROM | {"smtp_url": "mail.example.com"}, "SISHENG_SMTP_URL must look like"),
        (FROM | {"smtp_url": "smtps://mail.example.com:port"}, "SISHENG_SMTP_URL is not an address"),
        (FROM | {"smtp_url": "smtp+plain://desk:pw@mail.example.com"}, "would travel in the clear"),
        ({"smtp_url": "smtps://mail.example.com", "mail_from": "the desk"}, "must be an address such as"),
        ({"smtp_url": "smtps://mail.example.com", "mail_from": "a\nb <d@example.com>"}, "SISHENG_MAIL_FROM must be"),
        (KEY, "SISHENG_SMS_KEY needs SISHENG_SMS_URL beside it"),
        (KEY | {"sms_url": "http://sms.example.com/send"}, "SISHENG_SMS_URL must begin with https://"),
        (KEY | {"sms_url": "sms.example.com"}, "SISHENG_SMS_URL must begin with https://"),
        ({"sms_url": "https://sms.example.com/", "sms_key": "short"}, "at least 32 characters"),
    ],
)
def test_what_cannot_work_is_refused_with_a_sentence(settings, sentence):
    with pytest.raises(ImproperlyConfigured, match=sentence):
        channels(**NOTHING | settings)


def test_a_service_on_this_machine_may_be_asked_without_tls():
    assert channels(**NOTHING | KEY | {"sms_url": "http://127.0.0.1:9000/sms"})["sms"]["url"].startswith("http://")
