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
LONGEST_FIELD = 8000  # characters of one field: no form asks for more, and what comes back with its fault stays small

# The forms that happen as often as they are sent and harm nobody. Every other one carries a once-key (D21).
KEYLESS = {
    "login",  # a second log-in opens a second session; nothing is recorded
    "logout",  # a session that has ended ends no further
    "set_language",  # a cookie
    "ui:theme",  # a cookie
    "board:palette",  # a search, which comes in a body only so that no address holds its words
    "board:found",  # the same
    "inquiries:begin-with",  # a form is shown, with words that no address should hold
    "complaints:begin-with",  # the same
    "presence:here",  # that somebody still looks at a record: the last word counts, and none is kept
}


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
        try:
            _refuse_damaged(request)
            self._find_mall(request, kwargs.pop("mall", None), at_public_door=at_public_door)
            once = _once_key(request)
        except Unusable as error:
            return refused(request, error)
        if at_public_door or request.user.is_authenticated:
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
    """What no person can have meant, refused for all pages before anything reads it.

    A NUL is no letter: one database keeps it and the other does not. Bytes that are no letters at all arrive here as
    U+FFFD, and keeping that would change silently what was sent.
    """
    if "\0" in request.path:
        raise Unusable(_("This form is damaged. Reload the page and try again."))
    told = [*request.GET.lists(), *(request.POST.lists() if request.method == "POST" else ())]
    for name, values in told:
        for text in (name, *values):
            if "\0" in text or "\ufffd" in text:
                sentence = _("In the field “%(field)s” there are characters that cannot be read. Type it again.")
                raise Unusable(sentence % {"field": _readable(name)}, field=_readable(name))
            if len(text) > LONGEST_FIELD:
                sentence = _("The field “%(field)s” is much too long (%(n)s characters). Shorten it.")
                raise Unusable(sentence % {"field": _readable(name), "n": len(text)}, field=_readable(name))


def _readable(name: str) -> str:
    """The name of a field, which is as strange as whoever sent it."""
    return "".join(letter for letter in name if letter.isprintable() and letter != "\ufffd")[:40]


def _once_key(request) -> str:
    if request.method != "POST" or request.resolver_match.view_name in KEYLESS:
        return ""
    key = request.headers.get("Idempotency-Key") or request.POST.get("once") or ""
    if not key:
        sentence = _("This form came without its key, so nothing was done. Reload the page and send it again.")
        raise Unusable(sentence, field="once")
    if len(key) > LONGEST_KEY or not key.isprintable():
        raise Unusable(_("This form is damaged. Reload the page and try again."), field="once")
    return key


def _body_digest(request) -> str:
    """A digest of what the form says, without what changes from one sending to the next."""
    if request.method != "POST":
        return ""
    said = sorted((name, request.POST.getlist(name)) for name in request.POST if name != "csrfmiddlewaretoken")
    files = sorted((name, _file_digest(one)) for name, several in request.FILES.lists() for one in several)
    return hashlib.sha256(repr((request.get_full_path(), said, files)).encode()).hexdigest()


def _file_digest(file) -> str:
    digest = hashlib.sha256()
    for piece in file.chunks():
        digest.update(piece)
    file.seek(0)
    return digest.hexdigest()
