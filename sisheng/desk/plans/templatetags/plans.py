"""Cards and numbers in the language of the reader: {{ card|said:"title" }}"""

from typing import Any

from django import template
from django.utils.translation import get_language

from sisheng.mall.directory.bilingual import in_language

register = template.Library()


@register.filter
def said(thing: Any, field: str) -> str:
    return in_language(thing, field, get_language() or "")


@register.simple_tag(takes_context=True)
def may_open_plans(context: dict[str, Any]) -> bool:
    """Whether the person at this screen may open the plan cards."""
    request = context["request"]
    return request.user.is_authenticated and request.user.can("desk.work", request.mall)
