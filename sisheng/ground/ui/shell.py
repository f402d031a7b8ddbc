"""What the shell needs to know: where one is, and which sections there are. Outer rings say it; see config/rail.py."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.module_loading import import_string

THEMES = ("auto", "light", "dark")
AT_ONCE = 5  # so many fit beside one another on a phone 375 px wide


@dataclass(frozen=True)
class Section:
    """One line of the rail. It is shown when its address exists and the person may use it."""

    name: str
    label: Any
    url: str
    icon: str
    needs: str = ""  # a permission
    holds: tuple[str, ...] = ()  # namespaces whose pages stand under it, though not below its address
    go: str = ""  # the letter after `g`
    waiting: str = ""  # address of the count of things with a person waiting, a panel of its own
    topic: str = ""  # what makes that count change


@dataclass(frozen=True)
class Here:
    """Where one stands: the place in the top bar."""

    place: str
    desk: str = ""
    person: str = ""
    code: str = ""
    role: str = ""
    is_practice: bool = False


def here(request: HttpRequest) -> Here | None:
    """Asked of the outer ring that SISHENG_HERE names; None before the log-in."""
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return None
    return import_string(settings.SISHENG_HERE)(request)


def sections(request: HttpRequest) -> list[dict[str, Any]]:
    """The sections that exist and that this person may use, with the one that is open marked."""
    if getattr(request, "mall", None) is None:
        return []
    table: Sequence[Section] = import_string(settings.SISHENG_RAIL)
    found = [(section, address(request, section.url)) for section in table if may(request, section.needs)]
    shown = [(section, url) for section, url in found if url]
    match = getattr(request, "resolver_match", None)
    part = match.namespace if match else ""
    holding = next((url for section, url in shown if part in section.holds), "")
    # else the longest address that leads here: the desk's own address begins all the others
    current = holding or max((url for _section, url in shown if request.path.startswith(url)), key=len, default="")
    return [
        {
            "section": section,
            "url": url,
            "is_here": url == current,
            "waiting": address(request, section.waiting) if section.waiting else "",
        }
        for section, url in shown
    ]


def first_and_rest(items: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """On a phone some sections stand in the bar and the others behind “More”, which takes a place itself."""
    at = AT_ONCE if len(items) <= AT_ONCE else AT_ONCE - 1
    return items[:at], items[at:]


def address(request: HttpRequest, name: str, *args: Any) -> str:
    """The address of a page of this mall, or nothing while that page does not exist."""
    mall = getattr(request, "mall", None)
    if mall is None:
        return ""
    try:
        return reverse(name, args=[mall.slug, *args])
    except NoReverseMatch:
        return ""


def theme(request: HttpRequest) -> str:
    """The chosen look, kept in a cookie so that the server can write it and nothing flashes."""
    chosen = request.COOKIES.get("theme", "")
    return chosen if chosen in THEMES else "auto"


def may(request: HttpRequest, permission: str) -> bool:
    """Whether this person may do it here; nothing at all may be done by everybody."""
    return not permission or request.user.can(permission, request.mall)  # type: ignore[union-attr, attr-defined]
