"""The way from a desk to a place, as one says it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sisheng.mall.directory.models.base import MallQuerySet
from sisheng.mall.directory.models.desks import Desk
from sisheng.mall.directory.models.facilities import Facility
from sisheng.mall.directory.models.place import Mall
from sisheng.mall.directory.models.shops import Shop


class Route(models.Model):
    """What a person at a desk says to somebody who asks the way: floor, side, turn and the how-manieth (REC-05).

    The step-free way is written out beside it: for wheelchairs, prams and suitcases.
    """

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="routes")
    desk = models.ForeignKey(Desk, models.PROTECT, related_name="routes", verbose_name=_("from"))
    shop = models.ForeignKey(Shop, models.CASCADE, null=True, related_name="routes", verbose_name=_("to the shop"))
    facility = models.ForeignKey(
        Facility, models.CASCADE, null=True, related_name="routes", verbose_name=_("to the facility")
    )
    say = models.CharField(_("the way"), max_length=160)
    say_en = models.CharField(_("the way, in English"), max_length=240, blank=True)
    step_free = models.CharField(_("the step-free way"), max_length=160, blank=True)
    step_free_en = models.CharField(_("the step-free way, in English"), max_length=240, blank=True)
    metres = models.PositiveSmallIntegerField(_("metres"), null=True, blank=True)

    PLAIN = ("say", "say_en", "step_free", "step_free_en", "metres")

    objects = MallQuerySet.as_manager()

    class Meta:
        verbose_name = _("route")
        constraints = [
            models.UniqueConstraint(fields=["desk", "shop"], name="directory_route_to_shop_once"),
            models.UniqueConstraint(fields=["desk", "facility"], name="directory_route_to_facility_once"),
            models.CheckConstraint(
                condition=Q(shop__isnull=False, facility=None) | Q(shop=None, facility__isnull=False),
                name="directory_route_leads_to_one_place",
            ),
        ]

    def __str__(self) -> str:
        return self.say
