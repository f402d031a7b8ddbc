"""Who has a record open right now, and what they are writing in it (ux.md §7)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models

GONE_AFTER = timedelta(seconds=30)  # without a sign of life


class PresenceQuerySet(models.QuerySet["Presence"]):
    def at(self, case: Any, at: datetime) -> Self:
        """Who is at this record now, whoever writes first."""
        here = self.filter(case_id=case.pk, seen_at__gt=at - GONE_AFTER)
        return here.select_related("staff").order_by(models.F("field").desc(), "staff__code")


class Presence(models.Model):
    """One person looks at one record, or writes in one of its fields. It is now and no history: it tells no event."""

    mall = models.ForeignKey("directory.Mall", models.CASCADE, related_name="+")
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="+")
    staff = models.ForeignKey("staff.Staff", models.CASCADE, related_name="+")
    field = models.CharField(max_length=60, blank=True)  # "facts/account": a form and its field; empty: only looks
    seen_at = models.DateTimeField()

    PLAIN = ("field",)

    objects = PresenceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "staff"], name="presence_one_each")]
        indexes = [models.Index(fields=["seen_at"], name="presence_seen_at")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.staff_id}"

    @property
    def is_writing(self) -> bool:
        return bool(self.field)
