"""The reception log: somebody came, asked, and was answered."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sisheng.cases.models.case import Channel
from sisheng.ground.privacy.fields import EncryptedTextField
from sisheng.mall.directory.models import Desk, NeedType

UNDO_SECONDS = 10
STALE_PASSING_UP = timedelta(hours=12)  # after a whole shift it was said by mouth long ago


class Outcome(models.TextChoices):
    """How a contact ended (domain 3.3). “Call back promised” only once the inquiry is there that keeps the promise."""

    ANSWERED = "answered", pgettext_lazy("outcome", "answered")
    GUIDED = "guided", pgettext_lazy("outcome", "shown the way")
    INQUIRY = "inquiry", pgettext_lazy("outcome", "call back promised")
    REFERRED = "referred", pgettext_lazy("outcome", "referred")
    ESCALATED = "escalated", pgettext_lazy("outcome", "passed to a superior")
    COMPLAINT = "complaint", pgettext_lazy("outcome", "became a complaint")
    RETURN = "return", pgettext_lazy("outcome", "became a return")
    UNANSWERED = "unanswered", pgettext_lazy("outcome", "not answered")
    LEFT = "left", pgettext_lazy("outcome", "customer left")


class ContactQuerySet(models.QuerySet["Contact"]):
    def visible_to(self, who: Any) -> Self:
        """The contacts that this member of staff may see: those of the malls where they serve."""
        return self.filter(mall__in=who.malls_where("contacts.log"))

    def counted(self) -> Self:
        """Without those that were undone: they keep their number but are not counted."""
        return self.filter(undone_at=None)

    def to_pass_up(self, at: datetime) -> Self:
        """What goes to a superior whom nobody has told yet, and can no longer be undone (INQ-07)."""
        untold = self.counted().filter(outcome=Outcome.ESCALATED, passed_up_at=None)
        return untold.filter(at__lt=at - timedelta(seconds=UNDO_SECONDS), at__gte=at - STALE_PASSING_UP)

    def ended_at(self, desk: Desk, since: datetime, until: datetime) -> Self:
        """Whoever was served at the counter of this desk in that time; not those who left unserved."""
        here = self.counted().filter(desk=desk, channel=Channel.COUNTER, at__gt=since, at__lte=until)
        return here.exclude(outcome=Outcome.LEFT)


class Contact(models.Model):
    """One reception of one customer or group: who asked what, how it was answered, and how fast (REC-07).

    Anonymous unless the customer is needed for a call back (CTR-13, CTR-14). A row with time stamps, not a case.
    """

    mall = models.ForeignKey("directory.Mall", models.PROTECT, related_name="contacts")
    number = models.CharField(max_length=20)
    at = models.DateTimeField()  # when it was recorded
    on = models.DateField()  # the day of the mall on which it counts
    desk = models.ForeignKey("directory.Desk", models.PROTECT, null=True, related_name="contacts")
    agent = models.ForeignKey("staff.Staff", models.PROTECT, related_name="contacts")
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices, default=Channel.COUNTER)
    need = models.CharField(_("need"), max_length=1, choices=NeedType.choices)
    words = models.CharField(_("what was asked"), max_length=200, blank=True)
    understood_as = models.CharField(_("understood as"), max_length=200, blank=True)  # REC-06
    answer_kind = models.CharField(max_length=10, blank=True)  # shop, facility, fact
    answer_ref = models.CharField(max_length=40, blank=True)
    answer_title = models.CharField(max_length=80, blank=True)
    shop = models.ForeignKey("directory.Shop", models.PROTECT, null=True, related_name="receptions")
    party_size = models.PositiveSmallIntegerField(_("party size"), default=1)
    seconds = models.PositiveIntegerField(default=0)  # from opening the log to recording it
    arrived_at = models.DateTimeField(null=True)
    greeted_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome.choices)
    customer = models.ForeignKey("customers.Customer", models.PROTECT, null=True, related_name="contacts")
    caller = EncryptedTextField(
        _("name"), max_length=40, blank=True, default=""
    )  # as told, where a channel's form asks for it
    reach = EncryptedTextField(_("how to reach them"), max_length=80, blank=True, default="")
    matter = models.TextField(_("matter"), max_length=1000, blank=True)
    place = models.CharField(_("place"), max_length=60, blank=True)
    cause = models.CharField(_("cause"), max_length=200, blank=True)
    course = models.CharField(_("course of events"), max_length=200, blank=True)
    result = models.CharField(_("result"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=10, default="zh")
    emotion = models.CharField(_("emotion"), max_length=10, blank=True)
    is_typical = models.BooleanField(default=False)  # others can learn from it (CTR-34)
    repeat_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="repeated_by")
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="contacts")
    undone_at = models.DateTimeField(null=True)
    passed_up_at = models.DateTimeField(null=True)  # when a superior was told of it (INQ-07)

    PERSONAL = {
        "words": _("to find the answer"),
        "understood_as": _("to find the answer"),
        "caller": _("to call back"),
        "reach": _("to call back"),
        "matter": _("to settle the matter"),
        "cause": _("to settle the matter"),
        "course": _("to settle the matter"),
        "result": _("to settle the matter"),
    }
    PLAIN = (
        "number",
        "on",
        "channel",
        "need",
        "answer_kind",
        "answer_ref",
        "answer_title",
        "party_size",
        "seconds",
        "outcome",
        "place",
        "language",
        "emotion",
        "is_typical",
    )

    objects = ContactQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "number"], name="contacts_contact_number"),
            models.CheckConstraint(condition=Q(party_size__gte=1), name="contacts_contact_somebody_came"),
            models.CheckConstraint(
                condition=Q(greeted_at=None) | Q(arrived_at=None) | Q(greeted_at__gte=F("arrived_at")),
                name="contacts_contact_greeted_after_arrival",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.INQUIRY) | Q(case__isnull=False), name="contacts_contact_promise_is_a_case"
            ),
        ]
        indexes = [
            models.Index(fields=["mall", "-id"], name="contacts_newest"),
            models.Index(fields=["mall", "on", "need"], name="contacts_of_a_day"),
            models.Index(fields=["mall", "agent", "-id"], name="contacts_by_agent"),
            models.Index(
                fields=["mall", "customer", "at"], name="contacts_by_customer", condition=Q(customer__isnull=False)
            ),
            models.Index(
                fields=["at"],
                name="contacts_to_pass_up",
                condition=Q(outcome="escalated", passed_up_at=None, undone_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def topic(self) -> str:
        return self.number

    @property
    def seconds_to_greet(self) -> int | None:
        """From arrival to greeting; None, “not measured”, where nobody stamped the arrival (REC-01)."""
        if self.arrived_at is None or self.greeted_at is None:
            return None
        return int((self.greeted_at - self.arrived_at).total_seconds())

    @property
    def seconds_to_answer(self) -> int | None:
        """From the greeting to the answer; None where nobody stamped the arrival (INQ-01, CTR-01)."""
        if self.arrived_at is None or self.answered_at is None:
            return None
        return int((self.answered_at - (self.greeted_at or self.arrived_at)).total_seconds())

    @property
    def is_complete(self) -> bool:
        """Everything that this type of contact asks for is there; an anonymous quick log is complete (CTR-14)."""
        return bool(self.need and self.outcome and (self.answer_ref or self.words or self.matter or self.result))

    def can_be_undone(self, at: datetime) -> bool:
        return self.undone_at is None and self.case_id is None and at - self.at <= timedelta(seconds=UNDO_SECONDS)


class ArrivalQuerySet(models.QuerySet["Arrival"]):
    def waiting(self) -> Self:
        """Those whom nobody has served yet, in the order in which they came: no other order is lawful (CTR-19)."""
        return self.filter(contact=None, left_at=None).order_by("arrived_at", "pk")


class Arrival(models.Model):
    """Somebody came to the desk: the stamp from which greeting and answering are measured (REC-01)."""

    mall = models.ForeignKey("directory.Mall", models.PROTECT, related_name="arrivals")
    desk = models.ForeignKey("directory.Desk", models.PROTECT, related_name="arrivals")
    arrived_at = models.DateTimeField()
    greeted_at = models.DateTimeField(null=True)
    greeted_by = models.ForeignKey("staff.Staff", models.PROTECT, null=True, related_name="+")
    left_at = models.DateTimeField(null=True)
    contact = models.OneToOneField(Contact, models.PROTECT, null=True, related_name="arrival")

    objects = ArrivalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(greeted_at=None) | Q(greeted_at__gte=F("arrived_at")), name="contacts_arrival_in_order"
            )
        ]
        indexes = [
            models.Index(
                fields=["mall", "desk", "arrived_at"],
                name="contacts_arrival_waiting",
                condition=Q(contact=None, left_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.desk_id} {self.arrived_at}"
