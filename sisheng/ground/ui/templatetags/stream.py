"""What a page says when it opens its stream."""

from django import template

from sisheng.ground.ui.stream import mark

register = template.Library()


@register.simple_tag
def known() -> str:
    """“Tell me what has changed since”: or a change between the page and its stream would be missed."""
    return "" if mark.settled is None else f"?after={mark.settled}"
