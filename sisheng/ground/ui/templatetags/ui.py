"""The parts of a page that are more than markup: {% load ui %}. Each is shown on the living page /ui/."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, Form, Select
from django.utils.html import format_html, json_script
from django.utils.safestring import SafeString

from sisheng.ground.ui import chips, formats, shell
from sisheng.ground.ui.sentences import words as say_words

register = template.Library()


# Pictures and words


@register.simple_tag
def icon(name: str, classes: str = "") -> SafeString:
    """A picture beside a word; it says nothing by itself."""
    return chips.picture(name, f"icon {classes}".strip())


@register.simple_tag
def kbd(key: str) -> SafeString:
    """The key printed on its button; hidden on touch screens and where the keys are off."""
    return format_html('<kbd class="hint" aria-hidden="true">{}</kbd>', key)


@register.simple_tag
def words() -> SafeString:
    return json_script(say_words(), "ui-words")


@register.simple_tag
def badge(text: Any, tone: str = "", shape: str = "") -> SafeString:
    """A state in a word. Tones: ok soon now over paused late info; a tone needs its word all the same."""
    return chips.badge(text, tone, shape)


@register.simple_tag
def shape(name: str) -> SafeString:
    return chips.picture(f"shape-{name}", "shape")


@register.simple_tag
def deadline(clock: Any, now: datetime) -> SafeString:
    """How a clock stands (ux.md §8.3): shape, word and number. `clock` is a cases.Clock, or whatever answers like one:
    state(now), due_at, left, met_at, soon_at, now_at, label."""
    return chips.deadline(clock, now)


# Forms


@register.simple_tag
def once_field() -> SafeString:
    """The key under which this form happens one time only (D21). Every form that posts has one."""
    return format_html('<input type="hidden" name="once" value="{}">', uuid.uuid4())


@register.inclusion_tag("ui/_errors.html")
def form_errors(form: Form) -> dict[str, Any]:
    """What is wrong with a form, above it, each line leading to its field."""
    return {"form": form, "fields": [form[name] for name in form.errors if name in form.fields]}


@register.inclusion_tag("ui/_field.html", takes_context=True)
def field(context: dict[str, Any], bound: BoundField, hint: Any = "", **attrs: Any) -> dict[str, Any]:
    """A labelled field with its hint and its fault. The first faulty one of a form takes the focus.
    Further words become attributes: {% field form.phone inputmode="tel" autocomplete="off" %}."""
    widget = bound.field.widget
    is_box = isinstance(widget, CheckboxInput)
    classes = "form-check-input" if is_box else "form-select" if isinstance(widget, Select) else "form-control"
    attrs = {name.replace("_", "-"): value for name, value in attrs.items()}
    attrs["class"] = f"{classes} {widget.attrs.get('class', '')}".strip()
    first = next((name for name in bound.form.errors if name in bound.form.fields), None)
    if bound.name == first:
        attrs["autofocus"] = True
    return {"field": bound, "control": bound.as_widget(attrs=attrs), "is_box": is_box, "hint": hint or bound.help_text}


# Where one is


@register.simple_tag(takes_context=True)
def desk_url(context: dict[str, Any], name: str, *args: Any) -> str:
    """The address of a page of this mall; empty while that page does not exist, so that it can be left out."""
    return shell.address(context["request"], name, *args)


@register.simple_tag(takes_context=True)
def may(context: dict[str, Any], permission: str) -> bool:
    """Whether whoever looks may do it, so that what they may not is left out instead of refused."""
    request = context["request"]
    return getattr(request, "mall", None) is not None and shell.may(request, permission)


@register.inclusion_tag("ui/_rail.html", takes_context=True)
def rail(context: dict[str, Any]) -> dict[str, Any]:
    first, rest = shell.first_and_rest(shell.sections(context["request"]))
    here = next((item["section"] for item in rest if item["is_here"]), None)
    return {"first": first, "rest": rest, "rest_is_here": here}


@register.simple_tag(takes_context=True)
def here(context: dict[str, Any]) -> shell.Here | None:
    return shell.here(context["request"])


# Times, money, phones (ux.md §9)


@register.filter
def when(at: datetime | None, now: datetime | None = None) -> str:
    """{{ case.opened_at|when:now }}: 14:30, 昨天 14:30, 11-22 14:30. Without `now` always the whole date."""
    return formats.when(at, now) if at else ""


@register.filter
def until(at: datetime | None, now: datetime | None = None) -> str:
    """{{ promotion.until_at|until:now }}: as `when`; what ends at midnight ends with the day before."""
    return formats.until(at, now) if at else ""


@register.filter
def day(on: date | None, style: str = "") -> str:
    """{{ contact.on|day }} 2026-11-22; {{ contact.on|day:"week" }} 2026-11-22 周日."""
    return formats.day(on, weekday=style == "week") if on else ""


@register.filter
def left(due_at: datetime | None, now: datetime) -> str:
    return formats.left(due_at, now) if due_at else ""


@register.filter
def money(amount: Any, style: str = "") -> str:
    """{{ amount|money }} in lists, {{ amount|money:"slip" }} with two decimals."""
    return "" if amount is None else formats.money(amount, exact=style == "slip")


@register.filter
def phone(number: str | None) -> str:
    return formats.phone(number) if number else ""


@register.filter
def machine_time(at: datetime | None) -> str:
    """For <time datetime> and for the script."""
    return chips.machine_time(at) if at else ""
