"""Making, opening, using and taking back a link."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from sisheng.ground.act import Act
from sisheng.ground.events.models import Event
from sisheng.ground.once.models import once
from sisheng.ground.refusals import NotAllowed, OutOfTurn, Overtaken, Refused
from sisheng.kit.links.holder import LinkHolder
from sisheng.kit.links.models import OneTimeLink

if TYPE_CHECKING:
    from sisheng.cases.models import Case
    from sisheng.mall.directory.models import Mall

TOKEN_BYTES = 24


class NoSuchLink(Refused):
    """Nobody made such a link here."""

    status = 404


class LinkOver(Refused):
    """The link was used, has expired or was taken back."""

    status = 410


@transaction.atomic
def make(act: Act, case: Case, *, purpose: str, part: str = "", lasts: timedelta) -> tuple[OneTimeLink, str]:
    """A new link and its token, which is told this one time. It takes the place of an unspent one for the same thing.

    It is a step of the action that sends it and is repeated only with that: the token of an earlier one is known to
    nobody any more.
    """
    act.must("links.make", case.mall)
    if purpose not in import_string(settings.SISHENG_LINKS):
        raise LookupError(f"config/roles.py does not say what a link for “{purpose}” may do")
    earlier = OneTimeLink.objects.unspent().filter(case=case, purpose=purpose, part=part)
    for link in earlier:
        _take_back(act, link)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    link = OneTimeLink(
        mall_id=case.mall_id, case_id=case.pk, purpose=purpose, part=part, token_hash=_hash(token),
        made_by=act.by.actor_key, made_at=act.at, expires_at=act.at + lasts,
    )  # fmt: skip
    try:
        with transaction.atomic():
            link.save(force_insert=True)
    except IntegrityError:
        raise Overtaken(_("Somebody else has just made this link. Look at the case again.")) from None
    _tell("link.made", act, link, until=link.expires_at.isoformat())
    return link, token


def find(mall: Mall, purpose: str, token: str, at: datetime) -> OneTimeLink:
    """The link of that purpose with this token, if it can still be used. An empty purpose means whichever it has.

    Raises NoSuchLink or LinkOver with a sentence that says what became of it and whom to ring.
    """
    asked = OneTimeLink.objects.filter(mall=mall, token_hash=_hash(token)).select_related("case__mall")
    link = (asked.filter(purpose=purpose) if purpose else asked).first()
    if link is None:
        raise NoSuchLink(_said(mall, _("This link does not exist. Please check that it was copied whole.")))
    if sentence := _over(link, at):
        raise LinkOver(_said(mall, sentence))
    return link


@transaction.atomic
def open_link(act: Act, link: OneTimeLink) -> None:
    """Its page is shown to somebody: counted, and told. It can still be used."""
    _must_hold(act, link)
    OneTimeLink.objects.filter(pk=link.pk).update(opened=F("opened") + 1)
    link.refresh_from_db(fields=["opened"])
    _tell("link.opened", act, link, times=link.opened)


@once
def use(act: Act, link: OneTimeLink) -> OneTimeLink:
    """Spend the link, in the transaction of what it was used for. Of two people who send it, one comes first."""
    _must_hold(act, link)
    mine = OneTimeLink.objects.usable(act.at).filter(pk=link.pk)
    if not mine.update(used_at=act.at):
        link.refresh_from_db()
        raise LinkOver(_said(link.mall, _over(link, act.at)))
    link.used_at = act.at
    _tell("link.used", act, link)
    return link


@once
def revoke(act: Act, link: OneTimeLink) -> OneTimeLink:
    """Take a link back: it went to the wrong person, or is no longer needed."""
    act.must("links.make", link.mall)
    _take_back(act, link)
    return link


def _take_back(act: Act, link: OneTimeLink) -> None:
    if not OneTimeLink.objects.unspent().filter(pk=link.pk).update(revoked_at=act.at):
        raise OutOfTurn(_("This link was used or taken back before."))
    link.revoked_at = act.at
    _tell("link.revoked", act, link)


def _must_hold(act: Act, link: OneTimeLink) -> None:
    if not (isinstance(act.by, LinkHolder) and act.by.link.pk == link.pk):
        raise NotAllowed(_("Only whoever holds this link can use it."))


def _over(link: OneTimeLink, at: datetime) -> str:
    if link.used_at:
        return _("This link has been used already; what you sent has reached us.")
    if link.revoked_at:
        return _("This link is no longer valid. There may be a newer one in your messages.")
    return _("The time of this link is over.") if at >= link.expires_at else ""


def _said(mall: Mall, sentence: str) -> str:
    """The sentence, and whom to ring."""
    if not mall.hot_line:
        return _("%(sentence)s Please ask at the service desk.") % {"sentence": sentence}
    return _("%(sentence)s Questions? Please ring the service desk: %(phone)s.") % {
        "sentence": sentence,
        "phone": mall.hot_line,
    }


def _tell(kind: str, act: Act, link: OneTimeLink, **details: Any) -> None:
    about: dict[str, Any] = {"link": link.pk, "purpose": link.purpose, "part": link.part, **details}
    Event.record(kind, link.case.topic, act, mall_id=link.mall_id, **about)


def _hash(token: str) -> str:
    # as long as a key and as random: nothing to guess, so a plain hash is enough
    return hashlib.sha256(token.encode("utf8", "surrogateescape")).hexdigest()
