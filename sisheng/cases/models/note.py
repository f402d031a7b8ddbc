"""What people write beside a case, and how cases hang together."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy, pgettext_lazy


class Note(models.Model):
    """A sentence somebody wrote. Internal ones are never shown to the customer."""

    mall = models.ForeignKey("directory.Mall", models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="notes")
    by = models.CharField(max_length=40)
    at = models.DateTimeField()
    text = models.TextField(max_length=2000)
    is_internal = models.BooleanField(default=True)

    PERSONAL = {
        "text": gettext_lazy("to settle the matter"),
    }
    PLAIN = ("by", "is_internal")

    class Meta:
        indexes = [models.Index(fields=["case", "at"], name="cases_note_of_case")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.at}"


class Link(models.Model):
    """Two cases that belong together."""

    class Kind(models.TextChoices):
        REPEAT = "repeat", pgettext_lazy("link", "asks the same again")
        DUPLICATE = "duplicate", pgettext_lazy("link", "is the same matter as")
        RELATED = "related", pgettext_lazy("link", "belongs with")

    mall = models.ForeignKey("directory.Mall", models.PROTECT, related_name="+")
    source = models.ForeignKey("cases.Case", models.CASCADE, related_name="links")
    target = models.ForeignKey("cases.Case", models.CASCADE, related_name="linked_from")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    at = models.DateTimeField()
    by = models.CharField(max_length=40)

    PLAIN = ("kind", "by")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "target", "kind"], name="cases_link_once"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="cases_link_two_cases"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.kind} {self.target_id}"
