"""Shops, and whom the desk rings there."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from sisheng.ground.hours import Calendar
from sisheng.mall.directory.cards import AnswerCard, shop_card
from sisheng.mall.directory.models.base import MallQuerySet
from sisheng.mall.directory.models.desks import Desk
from sisheng.mall.directory.models.hours import OpeningHours
from sisheng.mall.directory.models.place import Floor, Mall, Zone

if TYPE_CHECKING:
    from sisheng.mall.directory.models.news import Promotion


class ShopQuerySet(MallQuerySet):
    def here(self) -> ShopQuerySet:
        """The shops that people can still visit."""
        return self.exclude(status=Shop.Status.CLOSED)

    def called(self, words: str) -> Shop | None:
        """The one of them that has this unit or this name, or both, as the fields for a shop fill them in."""
        words = words.strip()
        if not words:
            return None
        named = self.filter(name=words).first() or self.filter(name_en__iexact=words).first()
        return self.filter(unit__iexact=words).first() or named or self.filter(unit__iexact=words.split()[-1]).first()


class Shop(models.Model):
    """A tenant with a door of its own (domain 3.18). The unit names the place, the status says whether it is there."""

    class Status(models.TextChoices):
        OPEN = "open", _("open")
        MOVING = "moving", _("moving")
        CLOSED = "closed", _("closed for good")

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="shops")
    unit = models.CharField(_("unit"), max_length=20)
    floor = models.ForeignKey(Floor, models.PROTECT, related_name="shops", verbose_name=_("floor"))
    zone = models.ForeignKey(Zone, models.PROTECT, related_name="shops", verbose_name=_("zone"))
    name = models.CharField(_("name"), max_length=60)
    name_en = models.CharField(_("name in English"), max_length=80, blank=True)
    aliases = models.CharField(_("also called"), max_length=200, blank=True, help_text=_("separated by spaces"))
    category = models.CharField(_("category"), max_length=30, blank=True)
    category_en = models.CharField(_("category in English"), max_length=40, blank=True)
    hours = models.ForeignKey(
        OpeningHours, models.PROTECT, null=True, blank=True, related_name="shops", verbose_name=_("opening hours")
    )
    returns_class = models.CharField(_("returns class"), max_length=12, blank=True)
    extension = models.CharField(_("extension"), max_length=20, blank=True)
    look = models.CharField(_("how to recognise it"), max_length=40, blank=True)
    look_en = models.CharField(_("how to recognise it, in English"), max_length=60, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.OPEN)
    notice_until = models.DateField(_("last day here"), null=True, blank=True)
    moved_from = models.CharField(_("moved from"), max_length=20, blank=True)
    moved_on = models.DateField(_("moved on"), null=True, blank=True)
    is_prepaid = models.BooleanField(_("sells prepaid cards"), default=False)
    licence_until = models.DateField(_("licence valid until"), null=True, blank=True)
    note = models.CharField(_("note for the desk"), max_length=120, blank=True)
    note_en = models.CharField(_("note for the desk, in English"), max_length=160, blank=True)

    PLAIN = (
        "unit",
        "name",
        "name_en",
        "aliases",
        "category",
        "category_en",
        "returns_class",
        "extension",
        "look",
        "look_en",
        "status",
        "notice_until",
        "moved_from",
        "moved_on",
        "licence_until",
        "note",
        "note_en",
    )

    objects = ShopQuerySet.as_manager()

    class Meta:
        verbose_name = _("shop")
        ordering = ["mall", "unit"]
        constraints = [
            # a unit is let to one shop at a time; those that have left keep their record
            models.UniqueConstraint(
                fields=["mall", "unit"],
                condition=~Q(status="closed"),
                name="directory_shop_one_in_a_unit",
                violation_error_message=_("This unit is let to another shop. Close that one first."),
            ),
            models.CheckConstraint(
                condition=~Q(status="moving") | Q(notice_until__isnull=False),
                name="directory_shop_moving_by_when",
                violation_error_message=_("A shop that moves needs its last day here."),
            ),
            models.CheckConstraint(
                condition=Q(moved_from="", moved_on=None) | (~Q(moved_from="") & Q(moved_on__isnull=False)),
                name="directory_shop_moved_from_and_when",
                violation_error_message=_(
                    "A move has a place and a date: where the shop was, and since when it is here."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.unit}"

    @property
    def calendar(self) -> Calendar:
        return self.mall.calendars.of(self.hours_id)

    def has_left(self, at: datetime) -> bool:
        """It is not there any more: closed for good, or its last day is over."""
        return self.status == self.Status.CLOSED or (
            self.notice_until is not None and self.notice_until < self.mall.today(at)
        )

    def is_open(self, at: datetime) -> bool:
        return not self.has_left(at) and self.calendar.is_open(at)

    def closes_at(self, at: datetime) -> datetime | None:
        """When it closes, if it is open at that moment. Past midnight it is the next day's date."""
        return self.calendar.closing(at) if self.is_open(at) else None

    def today_promotions(self, at: datetime) -> QuerySet[Promotion]:
        return self.promotions.running(at)

    def answer_card(self, at: datetime, desk: Desk | None, lang: str) -> AnswerCard:
        """What the person at this desk reads out to somebody who asks for this shop."""
        route = self.routes.filter(desk=desk).first()
        return shop_card(self, at, lang, route, self.today_promotions(at))

    def contacts_for(self, topic: str) -> list[BrandContact]:
        """Whom to ring about this matter, in the order in which to ring: those of the topic, then those for anything,
        each followed by their deputies (TEN-01)."""
        ladder = self.contacts.filter(topic__in=(topic, BrandContact.Topic.ANY))
        return sorted(ladder, key=lambda contact: (contact.topic != topic, contact.position))


class BrandContact(models.Model):
    """Whom the desk rings at a shop about one kind of matter (TEN-01). `position` 1 is rung first, then deputies."""

    class Topic(models.TextChoices):
        ANY = "any", _("anything")
        GOODS = "goods", _("goods and prices")
        RETURNS = "returns", _("returns and repairs")
        COMPLAINTS = "complaints", _("complaints")

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="brand_contacts")
    shop = models.ForeignKey(Shop, models.PROTECT, related_name="contacts")
    topic = models.CharField(_("topic"), max_length=12, choices=Topic.choices, default=Topic.ANY)
    position = models.PositiveSmallIntegerField(_("rung as number"), default=1)
    name = models.CharField(_("name"), max_length=40)
    extension = models.CharField(_("extension or phone"), max_length=20)
    hours = models.ForeignKey(
        OpeningHours, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("can be reached")
    )

    PERSONAL = {
        "name": _("to ring the right person at the shop"),
        "extension": _("to ring the right person at the shop"),
    }
    PLAIN = ("topic", "position")

    objects = MallQuerySet.as_manager()

    class Meta:
        verbose_name = _("brand contact")
        ordering = ["mall", "shop", "topic", "position"]
        constraints = [
            models.UniqueConstraint(fields=["shop", "topic", "position"], name="directory_contact_one_place_in_line"),
            models.CheckConstraint(condition=Q(position__gte=1), name="directory_contact_position"),
        ]

    def __str__(self) -> str:
        return f"{self.shop_id} {self.topic} {self.position}"

    def is_reachable(self, at: datetime) -> bool:
        """Whether they answer at that hour; without hours of their own, while the shop is open."""
        return self.mall.calendars.of(self.hours_id or self.shop.hours_id).is_open(at)

    @property
    def is_deputy(self) -> bool:
        return self.position > 1
