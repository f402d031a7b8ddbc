"""Answers that everybody at the desk knows by heart."""

from __future__ import annotations

from datetime import date, datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from sisheng.mall.directory.cards import AnswerCard, fact_card
from sisheng.mall.directory.models.base import MallQuerySet
from sisheng.mall.directory.models.desks import Desk
from sisheng.mall.directory.models.place import Mall


class NeedType(models.TextChoices):
    """What people come for. The value is the key that opens the quick log (domain 4.9, REC-04)."""

    DIRECTIONS = "1", _("Directions")
    HOURS = "2", _("Hours and events")
    PARKING = "3", _("Parking")
    GOODS = "4", _("Goods and brands")
    MEMBERS = "5", _("Membership and points")
    FACILITIES = "6", _("Facilities")
    LENDING = "7", _("Lending")
    BAGS = "8", _("Bag storage")
    LOST = "9", _("Lost property")
    OTHER = "0", _("Other")


class FactQuerySet(MallQuerySet):
    def unchecked(self, on: date) -> Self:
        """Those that nobody has compared with the signs for longer than their owner promised (INQ-02)."""
        late = [
            fact.pk for fact in self.only("checked_on", "review_days") if (on - fact.checked_on).days > fact.review_days
        ]
        return self.filter(pk__in=late)


class Fact(models.Model):
    """A question people often ask, and the answer to be read out (INQ-01). What changes daily is a {closing_today}.

    One owner keeps it equal to what is published (INQ-02): on which signs and pages it stands, and when somebody
    last compared them.
    """

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="facts")
    key = models.SlugField(_("key"), max_length=40)
    need = models.CharField(_("need"), max_length=1, choices=NeedType.choices, default=NeedType.OTHER)
    question = models.CharField(_("question"), max_length=60)
    question_en = models.CharField(_("question in English"), max_length=100, blank=True)
    answer = models.CharField(_("answer"), max_length=240)
    answer_en = models.CharField(_("answer in English"), max_length=400, blank=True)
    detail = models.CharField(_("more for the desk"), max_length=240, blank=True)
    detail_en = models.CharField(_("more for the desk, in English"), max_length=400, blank=True)
    aliases = models.CharField(_("other words"), max_length=200, blank=True, help_text=_("separated by spaces"))
    owner = models.CharField(_("kept true by"), max_length=40)
    published_in = models.CharField(_("published where"), max_length=120, blank=True)
    checked_on = models.DateField(_("last checked on"))
    review_days = models.PositiveSmallIntegerField(_("check every (days)"), default=30)
    is_in_use = models.BooleanField(_("in use"), default=True)

    PLAIN = (
        "key",
        "need",
        "question",
        "question_en",
        "answer",
        "answer_en",
        "detail",
        "detail_en",
        "aliases",
        "owner",
        "published_in",
        "checked_on",
        "review_days",
    )

    objects = FactQuerySet.as_manager()

    class Meta:
        verbose_name = _("fact")
        ordering = ["mall", "need", "key"]
        constraints = [models.UniqueConstraint(fields=["mall", "key"], name="directory_fact_once")]

    def __str__(self) -> str:
        return self.key

    def answer_card(self, at: datetime, desk: Desk | None, lang: str) -> AnswerCard:
        return fact_card(self, at, lang)
