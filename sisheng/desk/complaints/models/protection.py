"""What somebody of us had to bear: kept for them, and read by few."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sisheng.desk.complaints.models.complaint import Complaint


class ProtectionQuerySet(models.QuerySet[Any]):
    def visible_to(self, who: Any) -> Self:
        """Whoever wrote it, and those who answer for the desk: it protects a colleague and judges no customer."""
        return self.filter(Q(mall__in=who.malls_where("complaints.decide")) | Q(by=who))


class Protection(models.Model):
    """Insults or threats towards one of us while a complaint was handled, as whoever heard them wrote them down."""

    mall = models.ForeignKey("directory.Mall", models.PROTECT, related_name="+")
    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="protections")
    by = models.ForeignKey("staff.Staff", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    who = models.CharField(_("who it was"), max_length=80, blank=True)
    words = models.TextField(_("what was said or done"), max_length=1000)
    is_threat = models.BooleanField(default=False)

    PERSONAL = {"who": _("to protect a colleague"), "words": _("to protect a colleague")}
    PLAIN = ("is_threat",)

    objects = ProtectionQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.at}"
