"""A link that lets whoever holds it do one thing, one time, about one case."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q


class LinkQuerySet(models.QuerySet["OneTimeLink"]):
    def unspent(self) -> Self:
        """Those that were neither used nor taken back; whether their time is over is another question."""
        return self.filter(used_at=None, revoked_at=None)

    def usable(self, at: datetime) -> Self:
        return self.unspent().filter(expires_at__gt=at)


class OneTimeLink(models.Model):
    """A link sent to a shop or a customer: give a statement, answer a survey.

    Only a hash of its token is kept: whoever reads the database can open none of them.
    """

    mall = models.ForeignKey("directory.Mall", models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="one_time_links")
    purpose = models.CharField(max_length=20)  # a key of LINKS in config/roles.py
    part = models.CharField(max_length=40, blank=True)  # one complaint, two shops, two statements
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    opened = models.PositiveIntegerField(default=0)
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    token: str = ""  # known only to whoever has just made it; kept nowhere

    PLAIN = ("purpose", "part", "token_hash", "made_by", "opened")

    objects = LinkQuerySet.as_manager()

    class Meta:
        constraints = [
            # a newer link takes the place of the one before
            models.UniqueConstraint(
                fields=["case", "purpose", "part"],
                condition=Q(used_at=None, revoked_at=None),
                name="links_one_unspent_for_a_thing",
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="links_last_a_while"),
            models.CheckConstraint(condition=Q(used_at=None) | Q(revoked_at=None), name="links_end_once"),
            models.CheckConstraint(
                condition=Q(used_at=None) | Q(used_at__gte=F("made_at"), used_at__lte=F("expires_at")),
                name="links_used_in_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} for {self.case_id} {self.part}".strip()
