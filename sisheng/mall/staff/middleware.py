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

LONGEST_KEY = 64


class ActMiddleware:
    """The only place besides the worker's loops that looks at the clock.

    A page of a mall exists only for those who hold a post there: a stranger is told that there is no such page (D3).
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.mall = None
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        user = request.user
        if user.is_authenticated:
            try:
                _refuse_damaged(request)
                once = _once_key(request)
            except Unusable as error:
                return refused(request, error)
            request.act = Act(by=user, at=timezone.now(), once=once, body=_body_digest(request))
        slug = kwargs.pop("mall", None)
        if slug is not None:
            request.mall = Mall.objects.filter(slug=slug).first()
            if request.mall is None or not user.is_authenticated or request.mall.pk not in user.roles_by_mall:
                raise Http404
        return None

    def process_exception(self, request, error):
        return refused(request, error) if isinstance(error, Refused) else None


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
