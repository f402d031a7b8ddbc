"""The gateways of this site. A channel for which nothing is set does not exist."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from sisheng.ground.channels.gateway import Gateway


def gateways() -> dict[str, Gateway]:
    """By name: “mail”, “sms”."""
    # whoever sends nothing does not load what sending needs
    from sisheng.ground.channels.mail import Mail
    from sisheng.ground.channels.sms import Sms

    kinds: dict[str, Any] = {"mail": Mail, "sms": Sms}
    return {name: kinds[name](**how) for name, how in _configured().items()}


def names() -> frozenset[str]:
    """Which there are, without opening any."""
    return frozenset(_configured())


def _configured() -> Mapping[str, Mapping[str, Any]]:
    table: Mapping[str, Mapping[str, Any]] = settings.SISHENG_CHANNELS
    return table
