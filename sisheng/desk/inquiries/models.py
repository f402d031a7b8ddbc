"""An inquiry that could not be answered at once: somebody was promised a call back."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sisheng.cases.models import Case
from sisheng.cases.models.case import CaseQuerySet
from sisheng.desk.inquiries.lifecycle import INQUIRY
from sisheng.ground.lifecycle import Lifecycle


class Inquiry(Case):
    """A question that goes to a brand or a department, and whose answer goes back to the customer (INQ-03, INQ-04)."""

    lifecycle: ClassVar[Lifecycle] = INQUIRY
    slug: ClassVar[str] = "inquiry"

    question = models.TextField(_("question"), max_length=1000)
    understood_as = models.CharField(_("understood as"), max_length=200, blank=True)  # REC-06
    topic_name = models.CharField(_("topic"), max_length=20, blank=True)  # which brand contact: product, care, stock …
    contact_number = models.CharField(max_length=20, blank=True)  # the contact it arose from
    answer = models.TextField(_("answer"), max_length=2000, blank=True)
    promise_count = models.PositiveSmallIntegerField(default=1)

    PERSONAL = {
        "question": _("to answer it"),
        "understood_as": _("to answer it"),
        "answer": _("to call the customer back"),
    }
    PLAIN = ("topic_name", "contact_number", "promise_count")

    objects = CaseQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("inquiry")
        verbose_name_plural = _("inquiries")

    @property
    def promise(self):
        """The clock of what we told the customer, while it runs."""
        return next((clock for clock in self.clocks.live() if clock.is_promise), None)


class BrandTry(models.Model):
    """One attempt to reach somebody at the brand, and what came of it (TEN-01, TEN-02)."""

    class Result(models.TextChoices):
        REACHED = "reached", pgettext_lazy("try", "reached")
        NO_REPLY = "no_reply", pgettext_lazy("try", "no reply")
        BUSY = "busy", pgettext_lazy("try", "busy")
        WILL_RING = "will_ring", pgettext_lazy("try", "will ring back")

    mall = models.ForeignKey("directory.Mall", models.PROTECT, related_name="+")
    inquiry = models.ForeignKey(Inquiry, models.CASCADE, related_name="tries")
    contact = models.ForeignKey("directory.BrandContact", models.PROTECT, null=True, related_name="+")
    who = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=40)
    result = models.CharField(max_length=10, choices=Result.choices)

    PERSONAL = {
        "who": _("to know who was asked"),
    }
    PLAIN = ("by", "result")
    FORGOTTEN = {"who": "—"}  # somebody was asked all the same

    class Meta:
        indexes = [models.Index(fields=["inquiry", "at"], name="inquiries_try_of")]
        constraints = [
            models.CheckConstraint(condition=Q(contact__isnull=False) | ~Q(who=""), name="inquiries_try_names_somebody")
        ]

    def __str__(self) -> str:
        return f"{self.inquiry_id} {self.result}"
