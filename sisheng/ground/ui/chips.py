"""Small marks that stand in every line of a list, written without a template: a page of fifty lines has fifty."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from sisheng.ground.ui import formats

RUNS = {"ok", "soon", "now", "over"}


@cache
def picture(name: str, classes: str) -> SafeString:
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        classes,
        static("ui/dist/icons.svg"),
        name,
    )


def badge(text: Any, tone: str = "", shape: str = "") -> SafeString:
    """A state in a word."""
    classes = f"chip is-{tone}" if tone else "chip"
    return format_html(
        '<span class="{}">{}{}</span>', classes, picture(f"shape-{shape}", "shape") if shape else "", text
    )


def deadline(clock: Any, now: datetime) -> SafeString:
    """How a clock stands: shape, word and number; what deadlines.js counts on from; and the same in whole words."""
    state = str(clock.state(now))
    due = formats.when(clock.due_at) if clock.due_at else ""
    return format_html(
        '<span class="chip deadline is-{}"{}{}>{}<span class="deadline-words">{}</span>{}</span>',
        state,
        _moments(clock) if state in RUNS else "",
        _title(due),
        picture(f"shape-{'paused' if state == 'cancelled' else state}", "shape"),
        _words(clock, state, now),
        _spoken(due, clock.label),
    )


def machine_time(at: datetime) -> str:
    return timezone.localtime(at).isoformat(timespec="seconds")


def _moments(clock: Any) -> SafeString:
    return format_html(
        ' data-due="{}" data-soon="{}" data-urgent="{}"',
        machine_time(clock.due_at),
        machine_time(clock.soon_at),
        machine_time(clock.now_at),
    )


def _title(due: str) -> SafeString | str:
    return format_html(' title="{}"', _("Due %(at)s") % {"at": due}) if due else ""


def _words(clock: Any, state: str, now: datetime) -> str:
    if state in RUNS:
        return formats.left(clock.due_at, now)
    if state == "paused":
        return _("Paused")
    if state == "met":
        return _("On time %(at)s") % {"at": formats.when(clock.met_at, now)}
    if state == "late":
        late_by = formats.span(clock.met_at - clock.due_at, up=True) if clock.due_at else ""
        return _("%(late_by)s late") % {"late_by": late_by}
    return _("Cancelled")


def _spoken(due: str, label: Any) -> SafeString | str:
    if not due:
        return ""
    said = _(", due %(at)s: %(what)s") % {"at": due, "what": label}
    return format_html('<span class="visually-hidden">{}</span>', said)
