"""What people do with personal data: they look, they ask to see what is masked, they forget."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from sisheng.ground.act import Act
from sisheng.ground.events.actions import erase
from sisheng.ground.events.models import Event
from sisheng.ground.once.models import once
from sisheng.ground.privacy.declared import personal
from sisheng.ground.privacy.fields import EncryptedTextField
from sisheng.ground.privacy.kept import kept_about
from sisheng.ground.privacy.scrubbing import scrub
from sisheng.ground.refusals import OutOfTurn, Unusable

REASONS = {
    "call_back": gettext_lazy("To call the customer back"),
    "make_sure": gettext_lazy("To make sure who this is"),
    "hand_over": gettext_lazy("To hand something over"),
    "correct": gettext_lazy("To correct the entry"),
    "authority": gettext_lazy("An authority asks for it"),
}
LONGEST_REASON = 200
SHOWN_FOR = timedelta(seconds=30)  # then the screen masks it again
ONE_LOOK = timedelta(minutes=10)  # a page that refreshes itself is not a second look


def reveal(act: Act, thing: Any, field: str, reason: str) -> str:
    """Show one masked detail of a record to somebody who says why: a word of REASONS, or two characters and more.

    What was shown is told as an event, without the value, in the transaction in which it was read: nothing is shown
    that is not on record (PRV-01, PRV-04). Raises NotAllowed, Unusable, and Unreadable without the key.
    """
    act.must("customers.reveal", thing.mall)
    if field not in personal(type(thing)):
        raise Unusable(_("There is nothing to show here."), field="field")
    why = _told(reason)
    with transaction.atomic():
        text = getattr(thing, field)
        if not text:
            raise Unusable(_("There is nothing to show here."), field="field")
        _tell_revealed(act, thing, field, why)
    return str(text)


@once
def _tell_revealed(act: Act, thing: Any, field: str, why: str) -> Event:
    return Event.record(
        "privacy.revealed",
        topic_of(thing),
        act,
        mall_id=thing.mall_id,
        field=field,
        shown=_named(thing, field),
        reason=why,
    )


def looked(act: Act, thing: Any) -> None:
    """Somebody opened the record of a person. Told once for a look, however often the page refreshes itself."""
    act.must("customers.see", thing.mall)
    told = Event.objects.about(thing.mall_id, topic_of(thing)).filter(
        kind="privacy.looked", by=act.by.actor_key, at__gt=act.at - ONE_LOOK
    )
    if told.exists():
        return
    with transaction.atomic():
        Event.record("privacy.looked", topic_of(thing), act, mall_id=thing.mall_id)


@once
def forget(act: Act, thing: Any) -> Event:
    """Blacken what is personal in a record, in all that hangs on it, and in the events about it.

    The records themselves stay, for the counts. What a model may say about itself: `FORGOTTEN`, what it shows from then
    on, such as its state; `needs_its_people()`, a sentence while they cannot be forgotten yet; `make_findable()`, which
    puts it into the search index anew, with what is left; and `forget_elsewhere(act)`, which takes away what of it lies
    outside the database. Raises NotAllowed and OutOfTurn.
    """
    act.must("customers.forget", thing.mall)
    everything = kept_about(thing)
    for one in everything:
        if sentence := _say(one, "needs_its_people"):
            raise OutOfTurn(str(sentence))
    for one in everything:
        _empty(one)
        _say(one, "make_findable")
        _say(one, "forget_elsewhere", act)
    topics = [topic_of(one) for one in everything]
    erase(Event.objects.filter(mall_id=thing.mall_id, topic__in=topics), act)
    told = [_tell_forgotten(act, one) for one in everything if one is thing or hasattr(one, "topic")]
    return told[0]


def _empty(one: Any) -> None:
    after = {name: blank_of(one._meta.get_field(name)) for name in personal(type(one))} | _forgotten(type(one))
    for name, value in after.items():
        setattr(one, name, value)
    if after:
        one.save(update_fields=list(after))


def _forgotten(model: type[models.Model]) -> dict[str, Any]:
    return {name: value for kind in reversed(model.__mro__) for name, value in vars(kind).get("FORGOTTEN", {}).items()}


def _tell_forgotten(act: Act, one: Any) -> Event:
    fields = sorted(personal(type(one)))
    return Event.record("privacy.forgotten", topic_of(one), act, mall_id=one.mall_id, fields=fields)


def _say(one: Any, what: str, *with_: Any) -> Any:
    return getattr(one, what)(*with_) if hasattr(one, what) else None


def blank_of(field: Any) -> Any:
    """What stands in a personal field when the person is forgotten: nothing, or what stands there for everybody who
    said nothing. Raises TypeError where there is no such value."""
    if field.null:
        return None
    if field.has_default():
        return field.get_default()
    if isinstance(field, models.CharField | models.TextField | EncryptedTextField):
        return ""
    raise TypeError(f"{field}: a personal field must be able to be empty, or it stays for ever.")


def topic_of(thing: Any) -> str:
    """What the events about a thing are filed under: its own `topic`, else its kind and key."""
    return getattr(thing, "topic", "") or f"{thing._meta.model_name}:{thing.pk}"


def _told(reason: str) -> str:
    """The reason in the words of the mall, without any number that somebody typed into it."""
    if reason in REASONS:
        with override(settings.LANGUAGE_CODE):
            return str(REASONS[reason])
    reason = scrub(reason.strip())
    if not 2 <= len(reason) <= LONGEST_REASON:
        raise Unusable(_("Say why you need to see it: choose a reason or write one."), field="reason")
    return reason


def _named(thing: Any, field: str) -> str:
    with override(settings.LANGUAGE_CODE):
        return str(thing._meta.get_field(field).verbose_name)
