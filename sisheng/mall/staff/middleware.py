"""Gives each request its mall and its act, and turns a refusal into its sentence."""

from __future__ import annotations

import hashlib

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from sisheng.ground.act import Act
from sisheng.ground.refusals import Refused, Unusable
from sisheng.ground.ui.http import refused
from sisheng.mall.directory.models import Mall
from sisheng.mall.staff.public import is_public
from sisheng.mall.staff.visitors import visitor_of

LONGEST_KEY = 64


class ActMiddleware:
    """The only place besides the worker's loops that looks at the clock.

    A page of a mall exists only for those who hold a post there: a stranger is told that there is no such page (D3).
    At the public door everybody is a visitor, also who is logged in.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.mall = None
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        at_public_door = is_public(view)
        self._find_mall(request, kwargs.pop("mall", None), at_public_door=at_public_door)
        if at_public_door or request.user.is_authenticated:
            try:
                _refuse_damaged(request)
                once = _once_key(request)
            except Unusable as error:
                return refused(request, error)
            by, via = (visitor_of(request, request.mall), "portal") if at_public_door else (request.user, "desk")
            request.act = Act(by=by, at=timezone.now(), via=via, once=once, body=_body_digest(request))
        return None

    def _find_mall(self, request, slug, *, at_public_door) -> None:
        if slug is None:
            return
        mall = Mall.objects.filter(slug=slug).first()
        if mall is None or not (at_public_door or _works_here(request.user, mall)):
            raise Http404
        request.mall = mall

    def process_exception(self, request, error):
        return refused(request, error) if isinstance(error, Refused) else None


def _works_here(user, mall) -> bool:
    return user.is_authenticated and mall.pk in user.roles_by_mall


def _refuse_damaged(request) -> None:
    """A NUL is no letter: one database keeps it and the other does not. Nobody types one; refuse it for all pages."""
    told = [request.path, *request.GET.values()]
    if request.method == "POST":
        told += request.POST.values()
    if any("\0" in text for text in told):
        raise Unusable(_("This form is damaged. Reload the page and try again."))


def _once_key(request) -> str:
    if request.method != "POST":
        return ""
    key = request.headers.get("Idempotency-Key") or request.POST.get("once") or ""
    if len(key) > LONGEST_KEY or not key.isprintable():
        raise Unusable(_("This form is damaged. Reload the page and try again."), field="once")
    return key


def _body_digest(request) -> str:
    """A digest of what the form says, without what changes from one sending to the next."""
    if request.method != "POST":
        return ""
    said = sorted((name, request.POST.getlist(name)) for name in request.POST if name != "csrfmiddlewaretoken")
    return hashlib.sha256(repr((request.path, said)).encode()).hexdigest()
