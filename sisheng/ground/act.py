"""Who does something, when, and through which door."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from sisheng.ground.refusals import NotAllowed


class Actor(Protocol):
    """A person or a machine that may act. `actor_key` names it for ever, also after it has left: "staff:17"."""

    @property
    def actor_key(self) -> str: ...

    def can(self, permission: str, mall: Any) -> bool: ...


@dataclass(frozen=True)
class TheSystem:
    """The desk itself: what the clocks and the reactions do goes through the same door as what people do."""

    actor_key: str = "system"

    def can(self, permission: str, mall: Any) -> bool:
        return True


SYSTEM = TheSystem()


# upwards: whoever holds the lowest of these roles that may do something is the one to ask
WHOM_TO_ASK = {
    "lead": _("You do not have permission to do this. Ask a lead or a supervisor."),
    "supervisor": _("You do not have permission to do this. Ask a supervisor or the manager."),
    "manager": _("You do not have permission to do this. Ask the manager."),
}


def whom_to_ask(permission: str) -> Any:
    """The sentence that sends people to the lowest role above them which may do it (config/roles.py)."""
    roles = import_string(settings.SISHENG_ROLES)
    return next((said for role, said in WHOM_TO_ASK.items() if permission in roles[role]), WHOM_TO_ASK["lead"])


@dataclass(frozen=True)
class Act:
    """One act of one actor. `at` is when it is recorded, `said_at` when it happened; they differ for paper,
    letters, offline queues and imports. `once` is the key under which it happens one time only (REC-08), `body` a
    digest of what was asked for under that key."""

    by: Actor
    at: datetime
    via: str = "desk"
    once: str = ""
    said_at: datetime | None = None
    body: str = ""

    @property
    def happened_at(self) -> datetime:
        return self.said_at or self.at

    def must(self, permission: str, mall: Any) -> None:
        """Raises NotAllowed unless the actor holds the permission in this mall."""
        if not self.by.can(permission, mall):
            raise NotAllowed(whom_to_ask(permission))

    def under(self, key: str) -> Act:
        """The same act under another once-key: for a step that must happen once on its own."""
        return replace(self, once=key)
