"""{% load portal %}"""

from __future__ import annotations

from django import template
from django.utils.translation import get_language

from sisheng.mall.directory.models import Mall

register = template.Library()


@register.filter
def house(mall: Mall) -> str:
    """The name of the mall in the language of the screen."""
    return mall.title(get_language() or "")
