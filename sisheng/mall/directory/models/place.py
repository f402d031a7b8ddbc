"""Where things are: malls, floors, zones, desks and the facilities of the house."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sisheng.mall.directory.models.base import MallQuerySet, in_language


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

    class Meta:
        verbose_name = _("mall")
        constraints = [
            models.CheckConstraint(condition=~Q(shadow_of=models.F("id")), name="directory_mall_not_its_own_shadow")
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

    objects = MallQuerySet.as_manager()

    class Meta:
        verbose_name = _("zone")
        ordering = ["mall", "code"]
        constraints = [models.UniqueConstraint(fields=["mall", "code"], name="directory_zone_once")]

    def __str__(self) -> str:
        return self.code


class Capability(models.TextChoices):
    """What a desk can do for people. Functions may be merged at one desk or split between several (DSK-04)."""

    CONTACTS = "contacts", _("directions and questions")
    INQUIRIES = "inquiries", _("inquiries with a call back")
    COMPLAINTS = "complaints", _("complaints")
    RETURNS = "returns", _("returns and exchanges")
    REPAIRS = "repairs", _("repairs")
    LOST_FOUND = "lost_found", _("lost and found")
    LENDING = "lending", _("lending")
    BAGS = "bags", _("bag storage")
    MEMBERS = "members", _("member services")
    PARKING = "parking", _("parking")
    BROADCASTS = "broadcasts", _("broadcasts")


class Desk(models.Model):
    """A service desk: a counter where people are received (DSK-01). Several desks share one queue of work."""

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="desks")
    code = models.CharField(_("code"), max_length=10, blank=True)
    name = models.CharField(_("name"), max_length=40)
    name_en = models.CharField(_("name in English"), max_length=60, blank=True)
    floor = models.ForeignKey(Floor, models.PROTECT, null=True, related_name="desks", verbose_name=_("floor"))
    zone = models.ForeignKey(Zone, models.PROTECT, null=True, related_name="desks", verbose_name=_("zone"))
    spot = models.CharField(_("where exactly"), max_length=80, blank=True)
    spot_en = models.CharField(_("where exactly, in English"), max_length=80, blank=True)
    extension = models.CharField(_("extension"), max_length=20, blank=True)
    hours = models.ForeignKey(
        "directory.OpeningHours", models.PROTECT, null=True, related_name="desks", verbose_name=_("opening hours")
    )
    capabilities = models.JSONField(_("what it can do"), default=list)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    has_low_counter = models.BooleanField(_("low counter"), default=False)

    objects = MallQuerySet.as_manager()

    class Meta:
        verbose_name = _("desk")
        ordering = ["mall", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["mall", "name"], name="directory_desk_once")]

    def __str__(self) -> str:
        return self.name

    def can_do(self, capability: str) -> bool:
        return capability in self.capabilities


class Facility(models.Model):
    """Something the house offers besides its shops: a toilet, a lift, a gate, a car park bay."""

    class Kind(models.TextChoices):
        TOILET = "toilet", _("toilet")
        ACCESSIBLE_TOILET = "accessible_toilet", _("accessible toilet")
        NURSING = "nursing", _("nursing room")
        LIFT = "lift", _("lift")
        ESCALATOR = "escalator", _("escalator")
        GATE = "gate", _("gate")
        AED = "aed", _("AED")
        FIRST_AID = "first_aid", _("first aid")
        SECURITY = "security", _("security")
        STORAGE = "storage", _("bag storage")
        CHARGING = "charging", _("charging")
        CASH = "cash", _("cash machine")
        SMOKING = "smoking", _("smoking point")
        TRANSPORT = "transport", _("transport")
        PARKING = "parking", _("parking")
        LOUNGE = "lounge", _("lounge")
        DESK = "desk", _("service desk")
        GARDEN = "garden", _("garden")

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="facilities")
    code = models.CharField(_("code"), max_length=20)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=40)
    name_en = models.CharField(_("name in English"), max_length=60, blank=True)
    aliases = models.CharField(_("also called"), max_length=160, blank=True, help_text=_("separated by spaces"))
    floor = models.ForeignKey(Floor, models.PROTECT, related_name="facilities", verbose_name=_("floor"))
    zone = models.ForeignKey(Zone, models.PROTECT, related_name="facilities", verbose_name=_("zone"))
    spot = models.CharField(_("where exactly"), max_length=80, blank=True)
    spot_en = models.CharField(_("where exactly, in English"), max_length=80, blank=True)
    hours = models.ForeignKey(
        "directory.OpeningHours", models.PROTECT, null=True, related_name="+", verbose_name=_("opening hours")
    )
    is_step_free = models.BooleanField(_("step-free"), default=True)
    is_for_staff = models.BooleanField(_("for staff only"), default=False)
    closed_until = models.DateTimeField(_("out of service until"), null=True, blank=True)
    closed_because = models.CharField(_("why out of service"), max_length=80, blank=True)
    closed_because_en = models.CharField(_("why out of service, in English"), max_length=80, blank=True)

    objects = MallQuerySet.as_manager()

    class Meta:
        verbose_name = _("facility")
        verbose_name_plural = _("facilities")
        ordering = ["mall", "kind", "floor__level", "code"]
        constraints = [models.UniqueConstraint(fields=["mall", "code"], name="directory_facility_once")]

    def __str__(self) -> str:
        return self.code

    def is_out_of_service(self, at: datetime) -> bool:
        return self.closed_until is not None and at < self.closed_until
