"""The address of every one-time link: by its purpose it leads to the page that config/links.py names."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.http import HttpResponse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from sisheng.ground.limits.actions import take
from sisheng.ground.limits.addresses import address_of
from sisheng.ground.refusals import TooMany
from sisheng.kit.links.actions import NoSuchLink, find, open_link
from sisheng.kit.links.holder import LinkHolder
from sisheng.kit.links.models import OneTimeLink
from sisheng.mall.staff.public import PublicRequest, public


@public("portal.look")
def by_link(request: PublicRequest, token: str) -> HttpResponse:
    """Let the holder of a link do what it is for: its page is called as `view(request, link)`, for GET and POST, with
    an act by the LinkHolder. Messengers look at a link before a person does, so that only a POST may use it."""
    at = request.act.at
    take(f"link:{address_of(request)}", 120, 40, at)  # a whole mall may share one address
    link = find(request.mall, "", token, at)
    page = import_string(settings.SISHENG_LINK_PAGES).get(link.purpose)
    if page is None:
        raise NoSuchLink(_("What this link is for cannot be done here. Please ask at the service desk."))
    request.act = replace(request.act, by=LinkHolder(link), via="link")
    if request.method == "GET" and _is_news(link, at):
        open_link(request.act, link)
    return import_string(page)(request, link)


def _is_news(link: OneTimeLink, at: datetime) -> bool:
    """Whoever opens it again and again sees it, but does not fill the record."""
    try:
        take(f"link opened:{link.pk}", 30, 10, at)
    except TooMany:
        return False
    return True
