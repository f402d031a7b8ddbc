"""What the posts and the skills are called, and who holds which."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from sisheng.mall.directory.models import Mall
    from sisheng.mall.staff.models import Staff

ROLE_WORDS: Mapping[str, Any] = {  # in the order in which they are told
    "manager": pgettext_lazy("role", "manager"),
    "duty_manager": pgettext_lazy("role", "duty manager"),
    "supervisor": pgettext_lazy("role", "supervisor"),
    "lead": pgettext_lazy("role", "lead"),
    "agent": pgettext_lazy("role", "agent"),
    "bagkeeper": pgettext_lazy("role", "bag keeper"),
    "qa": pgettext_lazy("role", "quality"),
    "auditor": pgettext_lazy("role", "auditor"),
    "admin": pgettext_lazy("role", "administrator"),
    "partner": pgettext_lazy("role", "partner"),
}
SKILL_WORDS: Mapping[str, Any] = {"followup": pgettext_lazy("skill", "follow-up calls")}


def roles_in_words(held: set[str]) -> str:
    return str(_(", ")).join(str(word) for role, word in ROLE_WORDS.items() if role in held)


def roles_of(person: Staff, mall: Mall) -> str:
    """“Lead”, or “manager, administrator”: whoever holds no post here, nothing."""
    return roles_in_words(person.roles_by_mall.get(mall.pk, set()))
