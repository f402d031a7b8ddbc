"""What is done with the directory: its records are corrected."""

from __future__ import annotations

from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from sisheng.ground.act import Act
from sisheng.ground.events.models import Event
from sisheng.ground.once.models import once
from sisheng.ground.privacy.declared import personal
from sisheng.ground.refusals import Overtaken, Unusable
from sisheng.ground.search.actions import drop
from sisheng.mall.directory.cards import BLANK, LIVE_WORDS
from sisheng.mall.directory.findable import key, make_findable
from sisheng.mall.directory.models import Facility, Fact, Mall, Shop

Thing = TypeVar("Thing", bound=models.Model)
FIXED = {"id", "mall", "edition"}  # what a record is, not what it says


@once
def change(act: Act, thing: Thing, *, new: dict[str, Any], seen: dict[str, Any] | None = None) -> Thing:
    """Correct a shop, a facility, a fact … `new` names the fields and what they are to say.

    `seen` is what the person had before their eyes: if somebody else has changed the same field since, they are asked
    again; another field is no reason to (D15). Nothing new changes nothing and tells nothing.
    Raises NotAllowed, Overtaken, and Unusable with the field.
    """
    mall: Mall = thing.mall  # type: ignore[attr-defined]
    act.must("directory.edit", mall)
    now = type(thing)._default_manager.select_for_update().get(pk=thing.pk)
    changes = _differences(now, new)
    _refuse_crossed(now, changes, seen or {})
    if changes:
        _forget_the_old_name(now)
        _write(now, changes)
        tell(act, mall, now, changes)
        make_findable([now])
        mall.new_edition()
    return now


Changes = dict[str, tuple[Any, Any]]  # field: before, after


def _differences(thing: models.Model, new: dict[str, Any]) -> Changes:
    fields = {field.name for field in thing._meta.concrete_fields} - FIXED
    if unknown := new.keys() - fields:
        raise Unusable(_("There is nothing called “%(field)s” to be changed here.") % {"field": min(unknown)})
    return {name: (getattr(thing, name), value) for name, value in new.items() if getattr(thing, name) != value}


def _refuse_crossed(thing: models.Model, changes: Changes, seen: dict[str, Any]) -> None:
    for name, (before, _after) in changes.items():
        if name in seen and seen[name] != before:
            field = str(thing._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            raise Overtaken(
                _("Somebody else has just changed “%(field)s” to: %(value)s. Look at it and decide again.")
                % {"field": field, "value": before},
                field=name,
            )


def _forget_the_old_name(thing: models.Model) -> None:
    if isinstance(thing, Shop | Facility | Fact):
        drop(*key(thing))


def _write(thing: models.Model, changes: Changes) -> None:
    for name, (_before, after) in changes.items():
        setattr(thing, name, after)
    if isinstance(thing, Fact):
        _refuse_unknown_blanks(thing)
    try:
        thing.full_clean()
    except ValidationError as wrong:
        raise _in_a_sentence(wrong, changes) from None
    thing.save(update_fields=list(changes))


def _refuse_unknown_blanks(fact: Fact) -> None:
    for name in ("answer", "answer_en", "detail", "detail_en"):
        if unknown := set(BLANK.findall(getattr(fact, name))) - LIVE_WORDS:
            raise Unusable(
                _("Nothing is known that could be filled in for {%(blank)s}. Possible are: %(blanks)s.")
                % {"blank": min(unknown), "blanks": ", ".join(f"{{{word}}}" for word in sorted(LIVE_WORDS))},
                field=name,
            )


def _in_a_sentence(wrong: ValidationError, changes: Changes) -> Unusable:
    by_field = wrong.message_dict
    name = next((name for name in by_field if name in changes), next(iter(by_field)))
    return Unusable(by_field[name][0], field="" if name == "__all__" else name)


def tell(act: Act, mall: Mall, thing: models.Model, changes: Changes) -> None:
    """What lies about people goes beside the event, where it can be erased."""
    about_people = personal(type(thing))
    told = {name: [_plainly(before), _plainly(after)] for name, (before, after) in changes.items()}
    Event.record(
        "directory.changed",
        topic_of(thing),
        act,
        mall_id=mall.pk,
        thing=str(thing),
        fields=get_text_list([str(thing._meta.get_field(name).verbose_name) for name in changes], _("and")),  # type: ignore[union-attr]
        changes={name: both for name, both in told.items() if name not in about_people},
        personal={name: both for name, both in told.items() if name in about_people} or None,
    )


def topic_of(thing: models.Model) -> str:
    """What the story of a record is told under: "shop:17"."""
    return f"{thing._meta.model_name}:{thing.pk}"


def _plainly(value: Any) -> Any:
    return str(value) if isinstance(value, models.Model) else value
