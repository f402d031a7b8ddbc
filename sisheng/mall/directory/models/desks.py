"""Where people are received, and what can be done for them there."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sisheng.mall.directory.bilingual import in_language
from sisheng.mall.directory.models.base import MallQuerySet
from sisheng.mall.directory.models.place import Floor, Mall, Zone


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

    PLAIN = ("code", "name", "name_en", "spot", "spot_en", "extension", "capabilities", "position")

    objects = MallQuerySet.as_manager()

    class Meta:
        verbose_name = _("desk")
        ordering = ["mall", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["mall", "name"], name="directory_desk_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def spoken_name(self) -> str:
        """The name in the language of whoever reads it."""
        return in_language(self, "name", get_language() or "")

    def can_do(self, capability: str) -> bool:
        return capability in self.capabilities
