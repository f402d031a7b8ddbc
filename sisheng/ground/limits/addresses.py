"""From where somebody asks: only for counting, never kept as it is."""

from __future__ import annotations

from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

HOUSEHOLD = 64  # bits: whoever has one IPv6 address has the rest of its network too


def address_of(request: HttpRequest) -> str:
    """The address of the asker. Behind the proxy that speaks TLS it is what that proxy saw: the last it wrote down."""
    told = request.META.get("REMOTE_ADDR", "")
    if settings.IS_BEHIND_TLS:
        told = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip() or told
    try:
        address = ip_address(told)
    except ValueError:
        return "unknown"
    if address.version == 6 and not address.ipv4_mapped:
        return str(ip_network((address, HOUSEHOLD), strict=False))
    return str(getattr(address, "ipv4_mapped", None) or address)
