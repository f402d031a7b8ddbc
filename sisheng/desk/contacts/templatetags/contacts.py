"""The keys of the quick log, for any page: {% load contacts %}{% needs %}"""

from typing import Any

from django import template

from sisheng.mall.directory.models import NeedType

register = template.Library()


@register.inclusion_tag("contacts/_needs.html", takes_context=True)
def needs(context: dict[str, Any], *, elsewhere: bool = False) -> dict[str, Any]:
    """One button for each need; `elsewhere` keeps them out of sight until somebody tabs to them."""
    return {"request": context["request"], "needs": NeedType.choices, "elsewhere": elsewhere}
