"""Somebody was told that a clock needs them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Alert(models.Model):
    """One ring of one clock for one person. It stays on their desk until somebody acknowledges the clock."""

    mall = models.ForeignKey("directory.Mall", models.PROTECT, related_name="+")
    clock = models.ForeignKey("cases.Clock", models.CASCADE, related_name="alerts")
    to = models.ForeignKey("staff.Staff", models.PROTECT, related_name="alerts")
    stage = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True)

    PLAIN = ("stage",)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["clock", "to", "stage"], name="cases_alert_once_a_stage")]
        indexes = [models.Index(fields=["mall", "to", "at"], name="cases_alert_waiting", condition=Q(cleared_at=None))]

    def __str__(self) -> str:
        return f"{self.clock_id} → {self.to_id}"
