"""Who else is at a record: {% load presence %}{% presence case %}"""

from typing import Any

from django import template

from sisheng.kit.presence.models import Presence

register = template.Library()


@register.inclusion_tag("presence/_here.html", takes_context=True)
def presence(context: dict[str, Any], case: Any) -> dict[str, Any]:
    """The line of who is there; a script keeps it up to date, and says that oneself is."""
    request = context["request"]
    others = Presence.objects.at(case, request.act.at).exclude(staff=request.user)
    return {"request": request, "case": case, "others": others}
