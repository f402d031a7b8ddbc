"""What a customer allowed, in which words, and until when."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sisheng.mall.customers.models.customer import Customer
from sisheng.mall.directory.models import Mall
from sisheng.mall.directory.models.base import MallQuerySet


class ConsentQuerySet(MallQuerySet):
    def standing(self, at: datetime) -> Self:
        """Given and not taken back."""
        return self.filter(Q(withdrawn_at=None) | Q(withdrawn_at__gt=at), given_at__lte=at)


class Consent(models.Model):
    """One yes, to one purpose, under one version of the wording. Taking it back is as easy as giving it (PRV-02)."""

    class Purpose(models.TextChoices):
        SERVICE = "service", pgettext_lazy("consent", "to be rung back about a matter")
        MEMBERSHIP = "membership", pgettext_lazy("consent", "membership and points")
        MARKETING = "marketing", pgettext_lazy("consent", "news and offers")

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="consents")
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="consents")
    purpose = models.CharField(_("purpose"), max_length=12, choices=Purpose.choices)
    version = models.CharField(_("version of the wording"), max_length=20)
    channel = models.CharField(_("channel"), max_length=20)
    given_at = models.DateTimeField(_("given"))
    withdrawn_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    PLAIN = ("purpose", "version", "channel")

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        ordering = ["mall", "customer", "given_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "purpose"], condition=Q(withdrawn_at=None), name="customers_consent_one_standing"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("given_at")), name="customers_consent_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.purpose}"
