"""{% load limits %}: the once-key of a form for everybody, with the work that is asked for it."""

from __future__ import annotations

import json
import uuid
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from sisheng.ground.limits.work import challenge

register = template.Library()


@register.simple_tag(takes_context=True)
def once_and_work(context: dict[str, Any]) -> SafeString:
    """Stands in the place of once_field. portal.js solves it while the person types; without JavaScript the field stays
    empty, and the page takes the slow way."""
    once = str(uuid.uuid4())
    return format_html(
        '<input type="hidden" name="once" value="{}"><input type="hidden" name="work" data-work="{}" data-worker="{}">',
        once,
        json.dumps(challenge(once, context["now"])),
        static("ui/dist/work.js"),
    )
