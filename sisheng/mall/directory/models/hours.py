"""When things are open: weekly patterns, and the days that differ."""

from __future__ import annotations

from datetime import time

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from sisheng.ground.hours import Interval
from sisheng.mall.directory.calendars import EVE
from sisheng.mall.directory.models.base import MallQuerySet
from sisheng.mall.directory.models.place import Mall


class OpeningHours(models.Model):
    """A weekly pattern that shops, desks and facilities share. M is the mall's own."""

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="opening_hours")
    code = models.CharField(_("code"), max_length=4)
    name = models.CharField(_("name"), max_length=40, blank=True)
    name_en = models.CharField(_("name in English"), max_length=40, blank=True)

    PLAIN = ("code", "name", "name_en")

    objects = MallQuerySet.as_manager()

    class Meta:
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        constraints = [models.UniqueConstraint(fields=["mall", "code"], name="directory_hours_once")]

    def __str__(self) -> str:
        return self.code


class Opening(models.Model):
    """One stretch of one weekday. What closes at or before its opening time closes on the next day.

    `day` is 1 (Monday) to 7 (Sunday), or 8 for the eve of a public holiday, which replaces the weekday's own.
    """

    hours = models.ForeignKey(OpeningHours, models.CASCADE, related_name="openings")
    day = models.PositiveSmallIntegerField(_("weekday"), validators=[MinValueValidator(1), MaxValueValidator(EVE)])
    opens_at = models.TimeField(_("opens"))
    closes_at = models.TimeField(_("closes"))

    PLAIN = ("day", "opens_at", "closes_at")

    class Meta:
        ordering = ["hours", "day", "opens_at"]
        constraints = [
            models.UniqueConstraint(fields=["hours", "day", "opens_at"], name="directory_opening_once"),
            models.CheckConstraint(condition=Q(day__gte=1, day__lte=EVE), name="directory_opening_day"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.interval}"

    @property
    def interval(self) -> Interval:
        return Interval(self.opens_at, self.closes_at)


class DayException(models.Model):
    """A date on which the week does not hold.

    Holidays and make-up days say who works; closed and special days say when doors are open. A row without
    `hours` is true for every pattern of the mall, a row with them for that one only.
    """

    class Kind(models.TextChoices):
        HOLIDAY = "holiday", _("public holiday")
        MAKE_UP = "make_up", _("make-up working day")
        CLOSED = "closed", _("closed")
        SPECIAL = "special", _("special opening")

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="day_exceptions")
    on = models.DateField(_("date"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    hours = models.ForeignKey(
        OpeningHours, models.PROTECT, null=True, blank=True, related_name="exceptions", verbose_name=_("only for")
    )
    opens_at = models.TimeField(_("opens"), null=True, blank=True)
    closes_at = models.TimeField(_("closes"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=60)
    reason_en = models.CharField(_("reason in English"), max_length=60, blank=True)

    PLAIN = ("on", "kind", "opens_at", "closes_at", "reason", "reason_en")

    objects = MallQuerySet.as_manager()

    class Meta:
        verbose_name = _("exceptional day")
        ordering = ["mall", "on", "opens_at"]
        constraints = [
            # both databases hold two NULLs for different, hence a value in their place
            models.UniqueConstraint(
                F("mall"),
                F("on"),
                F("kind"),
                Coalesce("hours", 0),
                Coalesce("opens_at", time.min),
                name="directory_exception_once",
            ),
            models.CheckConstraint(
                condition=Q(kind="special", opens_at__isnull=False, closes_at__isnull=False)
                | (~Q(kind="special") & Q(opens_at=None, closes_at=None)),
                name="directory_exception_special_has_times",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.kind}"
