"""A customer whom the desk knows again."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sisheng.mall.directory.models import Mall
from sisheng.mall.directory.models.base import MallQuerySet


class CustomerQuerySet(MallQuerySet):
    """Customers of a mall."""


class Customer(models.Model):
    """Somebody who let us know who they are, because we are to ring them back or because they are a member.

    Most people stay anonymous. There is no field for identity papers, income, education, occupation or address, and
    none for gender: the salutation is what the person asked to be called (CTR-13, REC-03).
    """

    class Tier(models.TextChoices):
        NONE = "", _("not a member")
        ORDINARY = "ordinary", _("ordinary member")
        SILVER = "silver", _("silver member")
        GOLD = "gold", _("gold member")

    class AccountClass(models.TextChoices):
        PERSON = "person", pgettext_lazy("account", "person")
        TENANT = "tenant", pgettext_lazy("account", "shop of the mall")
        COMPANY = "company", pgettext_lazy("account", "company")

    class State(models.TextChoices):
        ACTIVE = "active", pgettext_lazy("customer", "active")
        INACTIVE = "inactive", pgettext_lazy("customer", "not seen for long")
        ANONYMISED = "anonymised", pgettext_lazy("customer", "forgotten")
        BLOCKED = "blocked", pgettext_lazy("customer", "does not want to be contacted")

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="customers")
    number = models.CharField(_("number"), max_length=20)
    salutation = models.CharField(_("form of address"), max_length=30, blank=True)
    language = models.CharField(_("language"), max_length=10, default="zh")
    tier = models.CharField(_("tier"), max_length=10, choices=Tier.choices, blank=True, default=Tier.NONE)
    tier_until = models.DateField(_("tier valid until"), null=True, blank=True)
    tier_reason = models.CharField(_("why this tier"), max_length=60, blank=True)
    account_class = models.CharField(
        _("account"), max_length=10, choices=AccountClass.choices, default=AccountClass.PERSON
    )
    is_large_print = models.BooleanField(_("large print"), default=False)
    quiet_from = models.TimeField(_("not to be called from"), null=True, blank=True)
    quiet_until = models.TimeField(_("not to be called until"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.ACTIVE)
    confirmed_at = models.DateTimeField(_("last confirmed"), null=True, blank=True)
    created_at = models.DateTimeField(_("known since"))

    objects = CustomerQuerySet.as_manager()

    class Meta:
        verbose_name = _("customer")
        ordering = ["mall", "number"]
        constraints = [
            models.UniqueConstraint(fields=["mall", "number"], name="customers_customer_number"),
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_until=None) | Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="customers_customer_quiet_from_and_until",
            ),
        ]

    def __str__(self) -> str:
        return self.number
