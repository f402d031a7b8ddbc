"""What is true for a while: promotions and announcements. They expire by themselves (KNW-06)."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sisheng.mall.directory.models.base import MallQuerySet
from sisheng.mall.directory.models.facilities import Facility
from sisheng.mall.directory.models.place import Mall
from sisheng.mall.directory.models.shops import Shop


class NewsQuerySet(MallQuerySet):
    def running(self, at: datetime) -> Self:
        """Those that have begun and are not over: nobody has to switch them off."""
        return self.filter(from_at__lte=at, until_at__gt=at)


class Promotion(models.Model):
    """An offer of a shop, or of the whole mall when no shop is named."""

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="promotions")
    shop = models.ForeignKey(
        Shop, models.CASCADE, null=True, blank=True, related_name="promotions", verbose_name=_("shop")
    )
    title = models.CharField(_("title"), max_length=40)
    title_en = models.CharField(_("title in English"), max_length=60, blank=True)
    text = models.CharField(_("rule"), max_length=160, blank=True)
    text_en = models.CharField(_("rule in English"), max_length=240, blank=True)
    from_at = models.DateTimeField(_("from"))
    until_at = models.DateTimeField(_("until"))

    PLAIN = ("title", "title_en", "text", "text_en")

    objects = NewsQuerySet.as_manager()

    class Meta:
        verbose_name = _("promotion")
        ordering = ["mall", "until_at", "pk"]
        indexes = [models.Index(fields=["mall", "until_at"], name="directory_promotion_running")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_at__gt=F("from_at")),
                name="directory_promotion_in_order",
                violation_error_message=_("The end must come after the beginning."),
            )
        ]

    def __str__(self) -> str:
        return self.title


class Announcement(models.Model):
    """What the house tells everybody for a while, and what to do instead (REC-17: a no comes with an alternative)."""

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="announcements")
    facility = models.ForeignKey(
        Facility, models.CASCADE, null=True, blank=True, related_name="announcements", verbose_name=_("facility")
    )
    text = models.CharField(_("text"), max_length=120)
    text_en = models.CharField(_("text in English"), max_length=200, blank=True)
    instead = models.CharField(_("what to do instead"), max_length=120, blank=True)
    instead_en = models.CharField(_("what to do instead, in English"), max_length=200, blank=True)
    from_at = models.DateTimeField(_("from"))
    until_at = models.DateTimeField(_("until"))

    PLAIN = ("text", "text_en", "instead", "instead_en")

    objects = NewsQuerySet.as_manager()

    class Meta:
        verbose_name = _("announcement")
        ordering = ["mall", "until_at", "pk"]
        indexes = [models.Index(fields=["mall", "until_at"], name="directory_announcement_running")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_at__gt=F("from_at")),
                name="directory_announcement_in_order",
                violation_error_message=_("The end must come after the beginning."),
            )
        ]

    def __str__(self) -> str:
        return self.text
