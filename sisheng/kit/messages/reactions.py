"""What follows elsewhere: people are told of what concerns them, and forgotten customers are forgotten here too."""

from __future__ import annotations

from sisheng.cases.models import Case
from sisheng.ground.act import SYSTEM, Act
from sisheng.ground.events.actions import erase
from sisheng.ground.events.models import Event
from sisheng.kit.messages.actions import tell_staff
from sisheng.kit.messages.models import Message
from sisheng.mall.directory.models import Mall
from sisheng.mall.staff.models import Staff


def notify(event: Event) -> None:
    """Reaction: tell the people whom the event names (`to`: one actor's key, or several), but not who did it."""
    named = event.details.get("to") or []
    keys = {named} if isinstance(named, str) else set(named)
    numbers = [int(key.removeprefix("staff:")) for key in keys - {event.by} if key.startswith("staff:")]
    people = Staff.objects.filter(pk__in=numbers, is_active=True)
    mall = Mall.objects.get(pk=event.mall_id)
    case = Case.objects.filter(mall=mall, number=event.topic).first()
    details = {name: value for name, value in event.details.items() if name != "to"}
    tell_staff(Act(by=SYSTEM, at=event.at, via="worker"), mall, to=people, kind=event.kind, case=case, **details)


def forget_words(event: Event) -> None:
    """Reaction to a customer being forgotten: what was written to them goes, and what was to be sent is dropped."""
    theirs = Message.objects.filter(mall_id=event.mall_id, customer__number=event.topic.removeprefix("customer:"))
    act = Act(by=SYSTEM, at=event.at, via="worker")
    for message in theirs.select_related("case", "customer"):
        told = Event.objects.about(event.mall_id, message.topic).filter(kind__startswith="message.")
        erase(told.filter(details__message=message.pk), act)
        Message.objects.filter(pk=message.pk, state=Message.State.WAITING).update(state=Message.State.CANCELLED)
        Message.objects.filter(pk=message.pk).update(subject="", text="", to_shown="", last_error="")
