"""The keys of the quick log, for any page: {% load contacts %}{% needs %}"""

from typing import Any

from django import template

from sisheng.mall.directory.models import NeedType

register = template.Library()


@register.inclusion_tag("contacts/_needs.html", takes_context=True)
def needs(context: dict[str, Any], *, elsewhere: bool = False) -> dict[str, Any]:
    """One button for each need; `elsewhere` keeps them out of sight until somebody tabs to them."""
    return {"needs": NeedType.choices, "elsewhere": elsewhere, **_here(context)}


@register.inclusion_tag("contacts/_quicklog.html", takes_context=True)
def quicklog(context: dict[str, Any]) -> dict[str, Any]:
    """The quick log behind its digits, closed until one is pressed."""
    return {"csrf_token": context.get("csrf_token"), **_here(context)}


def _here(context: dict[str, Any]) -> dict[str, Any]:
    request = context["request"]
    may = request.user.can
    return {
        "request": request,
        "may_log": may("contacts.log", request.mall),
        "may_complain": may("complaints.open", request.mall),
    }
