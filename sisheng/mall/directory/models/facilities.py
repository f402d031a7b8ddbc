"""What the house offers besides its shops."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from sisheng.mall.directory.cards import AnswerCard, facility_card
from sisheng.mall.directory.models.base import MallQuerySet
from sisheng.mall.directory.models.desks import Desk
from sisheng.mall.directory.models.place import Floor, Mall, Zone


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
    code = models.CharField(_("code"), max_length=40)
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

    PLAIN = ("code", "kind", "name", "name_en", "aliases", "spot", "spot_en", "closed_because", "closed_because_en")

    objects = MallQuerySet.as_manager()

    class Meta:
        verbose_name = _("facility")
        verbose_name_plural = _("facilities")
        ordering = ["mall", "kind", "floor__level", "code"]
        constraints = [models.UniqueConstraint(fields=["mall", "code"], name="directory_facility_once")]

    def __str__(self) -> str:
        return self.code

    @property
    def unit(self) -> str:
        """Where it is, written like the unit of a shop: L1-A."""
        return f"{self.floor.code}-{self.zone.code}"

    def answer_card(self, at: datetime, desk: Desk | None, lang: str) -> AnswerCard:
        return facility_card(self, at, lang, self.routes.filter(desk=desk).first())

    def is_out_of_service(self, at: datetime) -> bool:
        return self.closed_until is not None and at < self.closed_until
