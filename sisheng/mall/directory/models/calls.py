"""The numbers one must not have to look for."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from sisheng.mall.directory.models.base import MallQuerySet
from sisheng.mall.directory.models.place import Mall


class EmergencyNumber(models.Model):
    """One line of the fixed call list: whom to ring when something happens, in the order of the list."""

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="emergency_numbers")
    position = models.PositiveSmallIntegerField(_("order"))
    name = models.CharField(_("name"), max_length=40)
    name_en = models.CharField(_("name in English"), max_length=60, blank=True)
    number = models.CharField(_("number"), max_length=30)
    note = models.CharField(_("when"), max_length=80, blank=True)
    note_en = models.CharField(_("when, in English"), max_length=120, blank=True)

    PLAIN = ("position", "name", "name_en", "number", "note", "note_en")

    objects = MallQuerySet.as_manager()

    class Meta:
        verbose_name = _("emergency number")
        ordering = ["mall", "position"]
        constraints = [models.UniqueConstraint(fields=["mall", "position"], name="directory_emergency_order")]

    def __str__(self) -> str:
        return f"{self.name} {self.number}"
