"""The ways to the outside that this site has, from its settings. A half-made one is refused with a sentence."""

from __future__ import annotations

from email.utils import parseaddr
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email

SECURITY = {"smtp": ("starttls", 587), "smtps": ("tls", 465), "smtp+plain": ("none", 25)}
NEXT_DOOR = {"127.0.0.1", "localhost", "::1"}
SHORTEST_KEY = 32


def channels(*, smtp_url: str, mail_from: str, sms_url: str, sms_key: str) -> dict[str, dict[str, Any]]:
    """By name, each with what its gateway is made of; what is not set is not there."""
    found: dict[str, dict[str, Any]] = {}
    if _both("SISHENG_SMTP_URL", smtp_url, "SISHENG_MAIL_FROM", mail_from):
        found["mail"] = {**_mail_server(smtp_url), "sender": _sender(mail_from)}
    if _both("SISHENG_SMS_URL", sms_url, "SISHENG_SMS_KEY", sms_key):
        found["sms"] = {"url": _sms_address(sms_url), "key": _sms_key(sms_key)}
    return found


def _both(name: str, value: str, other: str, other_value: str) -> bool:
    if bool(value) != bool(other_value):
        missing, given = (other, name) if value else (name, other)
        raise ImproperlyConfigured(f"{given} needs {missing} beside it.")
    return bool(value)


def _mail_server(address: str) -> dict[str, Any]:
    parts = _split("SISHENG_SMTP_URL", address)
    if parts.scheme not in SECURITY or not parts.hostname or parts.path.strip("/"):
        raise ImproperlyConfigured(
            "SISHENG_SMTP_URL must look like smtps://user:password@mail.example.com:465, smtp://… for STARTTLS, "
            "or smtp+plain://… for a relay in the house."
        )
    security, port = SECURITY[parts.scheme]
    if security == "none" and parts.password:
        raise ImproperlyConfigured(
            "SISHENG_SMTP_URL: with smtp+plain:// the password would travel in the clear. Use smtp:// or smtps://."
        )
    return {
        "host": parts.hostname,
        "port": parts.port or port,
        "security": security,
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
    }


def _sender(written: str) -> str:
    name, address = parseaddr(written)
    try:
        validate_email(address)
    except ValidationError:
        raise ImproperlyConfigured(
            f"SISHENG_MAIL_FROM must be an address such as 服务台 <desk@example.com>, not “{written}”."
        ) from None
    if not written.isprintable():
        raise ImproperlyConfigured("SISHENG_MAIL_FROM must be one line.")
    return f"{name} <{address}>" if name else address


def _sms_address(address: str) -> str:
    parts = _split("SISHENG_SMS_URL", address)
    if not parts.hostname or not (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in NEXT_DOOR)):
        raise ImproperlyConfigured(
            "SISHENG_SMS_URL must begin with https://; http:// only leads to this machine, because telephone numbers "
            "travel on it."
        )
    return address


def _sms_key(key: str) -> str:
    if len(key) < SHORTEST_KEY:
        raise ImproperlyConfigured(f"SISHENG_SMS_KEY must have at least {SHORTEST_KEY} characters.")
    return key


def _split(name: str, address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        raise ImproperlyConfigured(f"{name} is not an address.") from None
    return parts
