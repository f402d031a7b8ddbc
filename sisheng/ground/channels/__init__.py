"""Gateways to the outside: how words reach somebody who is not here. What they are about is not known here."""

from sisheng.ground.channels.configured import gateways
from sisheng.ground.channels.gateway import Gateway, Outgoing, Rejected, Unreachable

__all__ = ["Gateway", "Outgoing", "Rejected", "Unreachable", "gateways"]
