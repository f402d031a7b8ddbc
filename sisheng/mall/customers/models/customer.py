"""A customer whom the desk knows again."""

from __future__ import annotations

import unicodedata
from datetime import time
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sisheng.ground.privacy.emails import email_address, mask_email
from sisheng.ground.privacy.fields import EncryptedTextField
from sisheng.ground.privacy.masks import mask_name
from sisheng.ground.privacy.phones import tail_of
from sisheng.ground.privacy.sealed import Unreadable
from sisheng.ground.privacy.with_phone import PhoneLookups, WithPhone
from sisheng.mall.directory.models import Mall
from sisheng.mall.directory.models.base import MallQuerySet


class CustomerQuerySet(MallQuerySet, PhoneLookups):  # type: ignore[override]  # both have an as_manager
    def known(self) -> Self:
        """Without those who have been forgotten."""
        return self.exclude(state=Customer.State.ANONYMISED)

    def asked_for(self, mall: Mall, written: str) -> Self:
        """Whom somebody means who gives a whole phone number, its last four digits, or a customer number."""
        here = self.known().filter(mall=mall)
        written = unicodedata.normalize("NFKC", written).strip()
        if written.upper().startswith("GK"):
            return here.filter(number=written.upper())
        return here.with_tail(mall, written) if tail_of(written) else here.with_phone(mall, written)


class Customer(WithPhone):
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

    class Way(models.TextChoices):
        """How somebody likes to hear from us (FUP-04). Only the first two are written."""

        ANY = "", pgettext_lazy("way", "no wish")
        SMS = "sms", pgettext_lazy("way", "text message")
        MAIL = "mail", pgettext_lazy("way", "e-mail")
        PHONE = "phone", pgettext_lazy("way", "telephone")
        WECHAT = "wechat", pgettext_lazy("way", "WeChat")
        COUNTER = "counter", pgettext_lazy("way", "at the counter")

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
    email = EncryptedTextField(_("mail address"), max_length=254, blank=True, default="")
    prefers = models.CharField(
        _("likes to hear from us by"), max_length=10, choices=Way.choices, blank=True, default=""
    )
    quiet_from = models.TimeField(_("not to be called from"), null=True, blank=True)
    quiet_until = models.TimeField(_("not to be called until"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.ACTIVE)
    confirmed_at = models.DateTimeField(_("last confirmed"), null=True, blank=True)
    created_at = models.DateTimeField(_("known since"))

    PERSONAL = {
        "salutation": _("to address the customer"),
        "language": _("to speak the customer's language"),
        "email": _("to write to the customer"),
        "prefers": _("to reach the customer as they like it"),
        "quiet_from": _("not to disturb the customer"),
        "quiet_until": _("not to disturb the customer"),
    }
    PLAIN = ("number", "tier", "tier_until", "tier_reason", "account_class", "state")
    FORGOTTEN = {"state": State.ANONYMISED}

    objects = CustomerQuerySet.as_manager()

    class Meta:
        verbose_name = _("customer")
        ordering = ["mall", "number"]
        constraints = [
            models.UniqueConstraint(fields=["mall", "number"], name="customers_customer_number"),
            models.UniqueConstraint(
                fields=["mall", "phone_index"],
                condition=Q(phone_index__isnull=False),
                name="customers_customer_one_for_a_phone",
            ),
            models.CheckConstraint(
                condition=Q(tier__in=["", "ordinary"]) | Q(tier_until__isnull=False),
                name="customers_customer_tier_until_when",
            ),
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_until=None) | Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="customers_customer_quiet_from_and_until",
            ),
        ]

    def __str__(self) -> str:
        return self.number  # never a name: this may stand on a screen that others can read (CTR-35)

    @property
    def topic(self) -> str:
        return f"customer:{self.number}"

    @property
    def masked_name(self) -> str:
        """For lists: 林女士 as she asked to be called, 林* where a full name was written."""
        return mask_name(self.salutation)

    @property
    def masked_email(self) -> str:
        try:
            return mask_email(self.email)
        except Unreadable:
            return gettext("unreadable")

    def set_email(self, written: str) -> None:
        """Take an address as somebody wrote it, or nothing. Raises Unusable with a sentence."""
        self.email = email_address(written) if written.strip() else ""

    def is_quiet(self, at: time) -> bool:
        """The customer asked not to be rung at that time of the day."""
        if self.quiet_from is None or self.quiet_until is None:
            return False
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= at < self.quiet_until
        return at >= self.quiet_from or at < self.quiet_until
