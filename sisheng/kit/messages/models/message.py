"""What a customer is told outside of a conversation."""

from __future__ import annotations

import secrets
from datetime import datetime
from hashlib import sha256
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sisheng.cases.models import Case
from sisheng.ground.act import Act
from sisheng.ground.events.models import Event
from sisheng.ground.privacy.fields import EncryptedTextField


def _name_for_gateways() -> str:
    """It says nothing of the case, and no other site has the same."""
    return secrets.token_hex(16)


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, who: Any) -> Self:
        """Those about the cases that this person may see."""
        return self.filter(case__in=Case.objects.visible_to(who))

    def due(self, at: datetime) -> Self:
        """What may go out now, and what somebody began to send and fell silent over. What never failed goes first:
        one that is stuck must not hold up the others."""
        ready = Q(state=Message.State.WAITING, not_before__lte=at)
        left_behind = Q(state=Message.State.SENDING, lease_until__lt=at)
        written = self.exclude(channel=Message.Channel.SLIP)
        return written.filter(ready | left_behind).order_by("attempts", "pk")


class Message(models.Model):
    """One message to one customer, once for each purpose of a case.

    It goes out by a gateway, or, where none leads to this customer, somebody tells it in person: that is the channel
    “slip”. It keeps no address of its own: what is sent goes to where the customer can be reached at that moment.
    """

    class Channel(models.TextChoices):
        SMS = "sms", pgettext_lazy("way", "text message")
        MAIL = "mail", pgettext_lazy("way", "e-mail")
        SLIP = "slip", pgettext_lazy("way", "in person")

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("message", "waiting")
        SENDING = "sending", pgettext_lazy("message", "on its way")
        SENT = "sent", pgettext_lazy("message", "sent")
        FAILED = "failed", pgettext_lazy("message", "could not be delivered")
        CANCELLED = "cancelled", pgettext_lazy("message", "taken back")
        TOLD = "told", pgettext_lazy("message", "told in person")

    mall = models.ForeignKey("directory.Mall", models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="messages")
    customer = models.ForeignKey("customers.Customer", models.PROTECT, null=True, related_name="messages")
    key = models.CharField(max_length=130)  # case, purpose, and what tells two of one purpose apart
    sent_as = models.CharField(max_length=40, default=_name_for_gateways)  # the name that gateways are given
    channel = models.CharField(max_length=10, choices=Channel.choices)
    purpose = models.CharField(max_length=40)
    language = models.CharField(max_length=10)
    subject = EncryptedTextField(max_length=120, bound_to=("mall_id", "key"))
    text = EncryptedTextField(max_length=2000, bound_to=("mall_id", "key"))
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    at = models.DateTimeField()
    not_before = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    to_shown = models.CharField(max_length=80, blank=True)  # masked
    provider_id = models.CharField(max_length=200, blank=True)
    last_error = models.CharField(max_length=300, blank=True)

    PERSONAL = {
        "subject": _("to settle the matter"),
        "text": _("to settle the matter"),
        "language": _("to speak the customer's language"),
        "to_shown": _("to know where a message went"),
        "last_error": _("to find out why a message did not arrive"),
    }
    PLAIN = ("key", "sent_as", "channel", "purpose", "state", "attempts", "provider_id")

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "key"], name="messages_message_once"),
            models.UniqueConstraint(fields=["sent_as"], name="messages_message_sent_as"),
            models.CheckConstraint(
                condition=Q(case__isnull=False) | Q(customer__isnull=False), name="messages_message_about_something"
            ),
            models.CheckConstraint(
                condition=Q(state="sending", lease_until__isnull=False) | ~Q(state="sending") & Q(lease_until=None),
                name="messages_message_held_while_sending",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["sent", "told"], sent_at__isnull=False)
                | ~Q(state__in=["sent", "told"]) & Q(sent_at=None),
                name="messages_message_sent_when",
            ),
            models.CheckConstraint(
                condition=~Q(channel="slip") | Q(state__in=["waiting", "told", "cancelled"]),
                name="messages_message_slips_are_told",
            ),
        ]
        indexes = [
            models.Index(
                fields=["not_before"], name="messages_message_due", condition=Q(state__in=["waiting", "sending"])
            ),
            models.Index(fields=["case", "at"], name="messages_message_of_case"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def topic(self) -> str:
        """The story in which it is told."""
        return self.case.topic if self.case else self.customer.topic  # type: ignore[union-attr]

    def record(self, kind: str, act: Act, **details: Any) -> None:
        """Tell what happened to it. Of its words only a digest: they may hold a link that opens something."""
        Event.record(
            kind,
            self.topic,
            act,
            mall_id=self.mall_id,
            personal={
                "subject": self.subject,
                "to": self.to_shown,
                "words": sha256(self.text.encode()).hexdigest(),
            },
            message=self.pk,
            channel=self.channel,
            purpose=self.purpose,
            **details,
        )

    @property
    def can_be_taken_back(self) -> bool:
        return self.state == self.State.WAITING

    @property
    def can_be_told(self) -> bool:
        """Somebody has to say it: no gateway leads there, or the gateway gave up."""
        return self.state == self.State.FAILED or (self.state, self.channel) == (self.State.WAITING, self.Channel.SLIP)
