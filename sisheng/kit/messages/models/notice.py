"""What somebody of the desk is to know."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from sisheng.cases.models import Case
from sisheng.ground.events.models import PlainJSON
from sisheng.ground.events.wording import sentence_of, wording


class NoticeQuerySet(models.QuerySet["Notice"]):
    def for_reading(self, who: Any) -> Self:
        """One's own, without those about a case that one may not see, or no longer."""
        return self.filter(Q(case=None) | Q(case__in=Case.objects.visible_to(who)), to=who)

    def unseen(self) -> Self:
        return self.filter(seen_at=None)


class Notice(models.Model):
    """A line for one member of staff: something happened that concerns them. No clock runs on it; an alarm is an Alert.

    `kind` is the key of its sentence in config/wording.py and `details` fills it, so that it is read in the language of
    the reader. Nothing personal is in them.
    """

    mall = models.ForeignKey("directory.Mall", models.PROTECT, related_name="+")
    to = models.ForeignKey("staff.Staff", models.PROTECT, related_name="notices")
    case = models.ForeignKey("cases.Case", models.CASCADE, null=True, related_name="notices")
    kind = models.CharField(max_length=80)
    details = models.JSONField(default=dict, encoder=PlainJSON)
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    PLAIN = ("kind", "details")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["mall", "to", "-id"], name="messages_notice_unseen", condition=Q(seen_at=None))]

    def __str__(self) -> str:
        return f"{self.kind} → {self.to_id}"

    def get_absolute_url(self) -> str:
        """Where it leads: to its case, else to the page that the event named, else to the list of notices."""
        if self.case is not None:
            return self.case.get_absolute_url()
        record = self.details.get("opens_of")  # what that page shows, where it shows one thing
        page = self.details.get("opens") or "messages:notices"
        return reverse(page, args=[self.mall.slug, record] if record else [self.mall.slug])

    @property
    def sentence(self) -> str:
        """As told to the person it concerns, where that has words of its own (“given to you”)."""
        to_you = f"{self.kind}.to_you"
        return sentence_of(to_you if to_you in wording() else self.kind, self.details)
