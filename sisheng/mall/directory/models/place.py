"""Where things are: malls, floors and zones."""

from __future__ import annotations

from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sisheng.ground.hours import Calendar
from sisheng.mall.directory.bilingual import in_language
from sisheng.mall.directory.calendars import Calendars
from sisheng.mall.directory.models.base import MallQuerySet

if TYPE_CHECKING:
    from sisheng.mall.directory.models.desks import Desk


class Mall(models.Model):
    """A shopping mall. Everything else belongs to one. A practice mall is the shadow of a real one (D24)."""

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=60)
    name_en = models.CharField(_("name in English"), max_length=60, blank=True)
    short_name = models.CharField(_("short name"), max_length=20, blank=True)
    short_name_en = models.CharField(_("short name in English"), max_length=30, blank=True)
    city = models.CharField(_("city"), max_length=40, blank=True)
    address = models.CharField(_("address"), max_length=120, blank=True)
    address_en = models.CharField(_("address in English"), max_length=120, blank=True)
    hot_line = models.CharField(_("hot line"), max_length=30, blank=True)
    supervision_line = models.CharField(_("supervision line"), max_length=30, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=40, default="Asia/Shanghai")
    hours = models.ForeignKey(
        "directory.OpeningHours", models.PROTECT, null=True, related_name="+", verbose_name=_("opening hours")
    )
    shadow_of = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="practice", verbose_name=_("practice mall of")
    )
    edition = models.PositiveIntegerField(default=0)  # counts the changes of the directory, so that browsers notice

    PLAIN = (
        "slug",
        "name",
        "name_en",
        "short_name",
        "short_name_en",
        "city",
        "address",
        "address_en",
        "hot_line",
        "supervision_line",
        "time_zone",
        "edition",
    )

    class Meta:
        verbose_name = _("mall")
        constraints = [
            models.CheckConstraint(condition=~Q(shadow_of=F("id")), name="directory_mall_not_its_own_shadow")
        ]

    def __str__(self) -> str:
        return self.slug

    @property
    def is_practice(self) -> bool:
        return self.shadow_of_id is not None

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    def today(self, at: datetime) -> date:
        """The date on the wall of the mall at that moment."""
        return at.astimezone(self.zone).date()

    @cached_property
    def calendars(self) -> Calendars:
        return Calendars(self)

    def calendar(self, counted: str, desk: Desk | None = None) -> Calendar:
        """The calendar in which a time is counted: N natural, O opening hours (of the desk, else of the mall), W
        working days (CTR-33)."""
        if counted == "O":
            return self.calendars.of(desk.hours_id if desk else None)
        return self.calendars.working_days if counted == "W" else self.calendars.natural

    def new_edition(self) -> None:
        """Something in the directory is different now: browsers fetch the answers again."""
        Mall.objects.filter(pk=self.pk).update(edition=F("edition") + 1)
        self.refresh_from_db(fields=["edition"])

    def title(self, lang: str) -> str:
        return in_language(self, "short_name", lang) or in_language(self, "name", lang)


class Floor(models.Model):
    """A storey. `level` counts from the ground: L1 is 1, B1 is -1."""

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="floors")
    code = models.CharField(_("code"), max_length=4)
    level = models.SmallIntegerField(_("level"))
    name = models.CharField(_("name"), max_length=30)
    name_en = models.CharField(_("name in English"), max_length=30, blank=True)
    about = models.CharField(_("what is there"), max_length=80, blank=True)
    about_en = models.CharField(_("what is there, in English"), max_length=80, blank=True)

    PLAIN = ("code", "level", "name", "name_en", "about", "about_en")

    objects = MallQuerySet.as_manager()

    class Meta:
        verbose_name = _("floor")
        ordering = ["mall", "level"]
        constraints = [models.UniqueConstraint(fields=["mall", "code"], name="directory_floor_once")]

    def __str__(self) -> str:
        return self.code


class Zone(models.Model):
    """A part of every floor: the east wing, the atrium."""

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="zones")
    code = models.CharField(_("code"), max_length=4)
    name = models.CharField(_("name"), max_length=30)
    name_en = models.CharField(_("name in English"), max_length=30, blank=True)

    PLAIN = ("code", "name", "name_en")

    objects = MallQuerySet.as_manager()

    class Meta:
        verbose_name = _("zone")
        ordering = ["mall", "code"]
        constraints = [models.UniqueConstraint(fields=["mall", "code"], name="directory_zone_once")]

    def __str__(self) -> str:
        return self.code
