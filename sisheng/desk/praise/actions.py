"""What people do with praise and suggestions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from sisheng.cases.ladder import OnDuty
from sisheng.desk.praise.models import Praise, Suggestion
from sisheng.ground.act import Act
from sisheng.ground.events.models import Event
from sisheng.ground.once.models import once
from sisheng.ground.refusals import NotAllowed, OutOfTurn, Overtaken, Unusable
from sisheng.mall.customers.actions import remember
from sisheng.mall.directory.models import Sequence
from sisheng.mall.staff.models import Staff

if TYPE_CHECKING:
    from sisheng.mall.directory.models import Mall


@once
def give(
    act: Act, mall: Mall, *, words: str, person: Staff | None = None, person_words: str = "", **told: Any
) -> Praise:
    """A customer praises somebody. Who is known hears of it at once; else a lead is asked who it was (INQ-13)."""
    praise = Praise(person_words=person_words.strip()[:60], **_remark(act, mall, "BY", words, told))
    praise.save()
    to = [] if person else _keys(OnDuty(act.at).at_level(mall, "lead"))
    _tell("praise.given", act, praise, {"words": praise.words}, to=to)
    if person is not None:
        _name(act, praise, person)
    return praise


@once
def name(act: Act, praise: Praise, *, person: Staff) -> Praise:
    """Say whom the customer meant."""
    act.must("praise.name", praise.mall)
    if praise.person is not None:
        raise OutOfTurn(_("It is known already for whom this praise is."))
    if not person.posts.filter(mall=praise.mall_id).exists():
        raise Unusable(_("Choose somebody who works here."), field="person")
    _name(act, praise, person)
    return praise


@once
def suggest(act: Act, mall: Mall, *, words: str, **told: Any) -> Suggestion:
    """A customer has an idea: it goes to those who can decide about it (INQ-12)."""
    suggestion = Suggestion(**_remark(act, mall, "YJ", words, told))
    suggestion.save()
    to = _keys(OnDuty(act.at).at_level(mall, "supervisor"))
    _tell("suggestion.made", act, suggestion, {"words": suggestion.words}, to=to)
    return suggestion


@once
def take(act: Act, suggestion: Suggestion, *, owner: Staff) -> Suggestion:
    """Somebody looks after it."""
    act.must("suggestions.answer", suggestion.mall)
    _must_wait(suggestion)
    if not owner.can("suggestions.answer", suggestion.mall):
        raise Unusable(_("%(name)s cannot answer suggestions.") % {"name": owner.spoken_name}, field="owner")
    before = suggestion.owner_id
    if not Suggestion.objects.filter(pk=suggestion.pk, owner=before, answer="").update(owner=owner):
        raise Overtaken(_("Somebody else has just taken this suggestion, or answered it."))
    suggestion.owner = owner
    _tell("suggestion.taken", act, suggestion, person=owner.actor_key, to=[owner.actor_key])
    return suggestion


@once
def answer(act: Act, suggestion: Suggestion, *, answer: str, reason: str) -> Suggestion:
    """Say what becomes of it, and why; whoever answers looks after it, if nobody did (INQ-12)."""
    act.must("suggestions.answer", suggestion.mall)
    _must_wait(suggestion)
    if answer not in Suggestion.Answer.values or not answer:
        raise Unusable(_("Choose: replied, adopted, or not adopted."), field="answer")
    if not reason.strip():
        raise Unusable(_("Say why in a few words."), field="reason")
    if not isinstance(act.by, Staff):
        raise NotAllowed(_("Only a member of staff can answer this."))
    owner = suggestion.owner or act.by
    told = {"answer": answer, "reason": reason.strip()[:300], "answered_at": act.happened_at, "owner": owner}
    if not Suggestion.objects.filter(pk=suggestion.pk, answer="").update(**told):
        raise OutOfTurn(_("This suggestion has been answered already."))
    suggestion.refresh_from_db()
    _tell("suggestion.answered", act, suggestion, {"reason": suggestion.reason}, answer=answer)
    return suggestion


def _remark(act: Act, mall: Mall, prefix: str, words: str, told: dict[str, Any]) -> dict[str, Any]:
    """What both have in common. A phone number is left by whoever wants to hear from us."""
    act.must("praise.give", mall)
    if not words.strip():
        raise Unusable(_("Write a few words first."), field="words")
    phone, salutation = told.pop("phone", ""), told.pop("salutation", "")
    if phone:
        language = told.get("language", "zh")
        told["customer"] = remember(act.under(""), mall, phone=phone, salutation=salutation, language=language)
    number = Sequence.next_number(mall, prefix, mall.today(act.at))
    return {**told, "mall": mall, "number": number, "words": words.strip(), "said_at": act.happened_at}


def _name(act: Act, praise: Praise, person: Staff) -> None:
    if not Praise.objects.filter(pk=praise.pk, person=None).update(person=person):
        raise OutOfTurn(_("It is known already for whom this praise is."))
    praise.person = person
    _tell("praise.named", act, praise, person=person.actor_key, to=[person.actor_key])


def _must_wait(suggestion: Suggestion) -> None:
    if suggestion.answer:
        raise OutOfTurn(_("This suggestion has been answered already."))


def _keys(people: list[Staff]) -> list[str]:
    return [person.actor_key for person in people]


def _tell(
    kind: str, act: Act, thing: Praise | Suggestion, personal: dict[str, Any] | None = None, **details: Any
) -> None:
    Event.record(kind, thing.number, act, mall_id=thing.mall_id, personal=personal, number=thing.number, **details)
