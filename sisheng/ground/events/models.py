"""What happened: one row is the timeline, the audit record and the outbox at once."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.db.models import Q
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy

from sisheng.ground.act import Act
from sisheng.ground.events.wording import sentence_of


class PlainJSON(DjangoJSONEncoder):
    """Chinese as it is written: half the size of its escapes, and a person with a database shell can read it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "ensure_ascii": False})


@dataclass(frozen=True, slots=True)
class Telling:
    """What one of very many events says."""

    topic: str
    details: dict[str, Any]
    personal: dict[str, Any] | None = None
    said_at: datetime | None = None  # when it happened, where that is another time than the act's


class EventQuerySet(models.QuerySet["Event"]):
    def about(self, mall_id: int, topic: str) -> EventQuerySet:
        """The story of one thing, oldest first, with what may still be known about the people in it."""
        return self.filter(mall_id=mall_id, topic=topic).select_related("detail").order_by("pk")


class Event(models.Model):
    """One thing that happened. Never changed and never deleted: triggers of the database refuse it.

    There is no foreign key to the subject: forgetting a customer must neither be blocked by this table
    nor leave traces in it. What is personal lies beside it in EventDetail.
    """

    mall_id = models.BigIntegerField()
    topic = models.CharField(max_length=80)  # the thing it is about: "case:17"
    kind = models.CharField(max_length=80)  # "<slice>.<verb>": "inquiry.promise"
    by = models.CharField(max_length=40)  # Actor.actor_key
    at = models.DateTimeField()  # when it was recorded
    said_at = models.DateTimeField(null=True)  # when it happened, where that is another time (D22)
    via = models.CharField(max_length=20)
    details = models.JSONField(default=dict, encoder=PlainJSON)
    detail_hash = models.CharField(max_length=64, blank=True)

    objects = EventQuerySet.as_manager()

    PLAIN = ("mall_id", "topic", "kind", "by", "via", "details", "detail_hash")

    class Meta:
        indexes = [models.Index(fields=["mall_id", "topic"], name="events_event_story")]

    def __str__(self) -> str:
        return f"{self.kind} {self.topic}"

    @classmethod
    def record(
        cls, kind: str, topic: str, act: Act, /, *, mall_id: int, personal: dict[str, Any] | None = None, **details: Any
    ) -> Event:
        """Tell that something happened, in the transaction in which it happens, with a delivery for each reaction.

        `personal` is what may have to be forgotten one day: the event keeps only a salted hash of it.
        Raises TransactionManagementError outside a transaction: an event without its act, or the other way round,
        would be a lie.
        """
        in_a_transaction(kind)
        beside = EventDetail.salted(personal) if personal else None
        event = cls.objects.create(
            mall_id=mall_id,
            topic=topic,
            kind=kind,
            by=act.by.actor_key,
            at=act.at,
            said_at=act.said_at,
            via=act.via,
            details=details,
            detail_hash=beside.digest() if beside else "",
        )
        if beside:
            beside.event = event
            beside.save(force_insert=True)
        if reactions := import_string(settings.SISHENG_REACTIONS).get(kind):
            Delivery.objects.bulk_create(Delivery(event=event, reaction=reaction) for reaction in reactions)
        return event

    @classmethod
    def record_many(cls, kind: str, act: Act, told: Iterable[Telling], /, *, mall_id: int) -> None:
        """The same for very many things at once, as an import changes them or a sweep rings them."""
        in_a_transaction(kind)
        rows = [(telling, EventDetail.salted(telling.personal) if telling.personal else None) for telling in told]
        events = cls.objects.bulk_create(
            cls(
                mall_id=mall_id,
                topic=telling.topic,
                kind=kind,
                by=act.by.actor_key,
                at=act.at,
                said_at=telling.said_at or act.said_at,
                via=act.via,
                details=telling.details,
                detail_hash=beside.digest() if beside else "",
            )
            for telling, beside in rows
        )
        beside_them = []
        for event, (_telling, beside) in zip(events, rows, strict=True):
            if beside:
                beside.event = event
                beside_them.append(beside)
        EventDetail.objects.bulk_create(beside_them)
        reactions = import_string(settings.SISHENG_REACTIONS).get(kind, ())
        Delivery.objects.bulk_create(
            Delivery(event=event, reaction=reaction) for event in events for reaction in reactions
        )

    @property
    def happened_at(self) -> datetime:
        return self.said_at or self.at

    @property
    def personal(self) -> dict[str, Any] | None:
        """The personal details: {} where there were none, None where they have been erased."""
        if not self.detail_hash:
            return {}
        beside = getattr(self, "detail", None)
        return json.loads(beside.details) if beside else None

    def sentence(self) -> str:
        """What happened, in the language of the reader (config/wording.py)."""
        return sentence_of(self.kind, {"topic": self.topic, **self.details, **(self.personal or {})})


def in_a_transaction(kind: str) -> None:
    """Raises TransactionManagementError outside of one."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError(f"“{kind}” must be recorded within the transaction of its act.")


class EventDetail(models.Model):
    """The personal part of an event. It can be erased, but never altered: the event keeps its salted hash."""

    event = models.OneToOneField(Event, models.PROTECT, primary_key=True, related_name="detail")
    salt = models.CharField(max_length=32)
    details = models.TextField()  # JSON, kept as text so that the hash is of exactly what is kept

    PERSONAL = {"details": gettext_lazy("to know what happened with whom, until the person is forgotten")}
    PLAIN = ("salt",)

    def __str__(self) -> str:
        return f"of event {self.event_id}"

    @classmethod
    def salted(cls, personal: dict[str, Any]) -> EventDetail:
        return cls(salt=secrets.token_hex(16), details=json.dumps(personal, cls=PlainJSON))

    def digest(self) -> str:
        return hashlib.sha256(f"{self.salt}{self.details}".encode()).hexdigest()


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def waiting(self, now: datetime) -> DeliveryQuerySet:
        """What should follow now, oldest first, what never failed before what did: it must not hold up the others."""
        due = self.filter(Q(next_try=None) | Q(next_try__lte=now), handled_at=None)
        return due.order_by("attempts", "pk")

    def failing(self) -> DeliveryQuerySet:
        return self.filter(handled_at=None, attempts__gt=0).order_by("pk")


class Delivery(models.Model):
    """An event that a reaction is to follow. It is handled exactly once, or still waiting."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="deliveries")
    reaction = models.CharField(max_length=120)  # dotted path, from config/reactions.py
    handled_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)  # that failed
    next_try = models.DateTimeField(null=True)  # nothing: at once
    last_error = models.TextField(blank=True)

    PLAIN = ("reaction", "attempts", "last_error")

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "reaction"], name="events_delivery_once")]
        indexes = [
            models.Index(fields=["attempts", "id"], name="events_delivery_waiting", condition=Q(handled_at=None))
        ]

    def __str__(self) -> str:
        return f"{self.reaction} after {self.event_id}"


class Seal(models.Model):
    """A range of finished events, closed for ever. Each seal holds the digest of the one before it.

    One chain for the whole database, not one per mall: ids are drawn from one sequence, so that one chain says of
    every id whether it was there, and a whole mall cannot disappear together with its chain.
    """

    number = models.BigIntegerField(primary_key=True)  # 1, 2, 3 …; two sealers at once: the key lets one of them win
    first_id = models.BigIntegerField()
    last_id = models.BigIntegerField()
    count = models.IntegerField()  # of events; ids of acts that were rolled back are gaps
    leaves = models.BinaryField()  # (id, first 8 bytes of its digest) for each event: says which one was altered
    root = models.CharField(max_length=64)  # hash of the whole digests of the events
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    PLAIN = ("first_id", "last_id", "count", "leaves", "root", "previous", "digest")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(last_id__gte=models.F("first_id")), name="events_seal_in_order")
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.first_id}–{self.last_id}"
