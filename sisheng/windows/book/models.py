"""Which line of the comment book became which number."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sisheng.cases.models.case import Channel

PAPER = (Channel.BOOK, Channel.BOX)


class Kind(models.TextChoices):
    """What a line is."""

    COMPLAINT = "complaint", pgettext_lazy("line of the book", "complaint")
    PRAISE = "praise", pgettext_lazy("line of the book", "praise")
    SUGGESTION = "suggestion", pgettext_lazy("line of the book", "suggestion")


class SittingQuerySet(models.QuerySet[Any]):
    def visible_to(self, who: Any) -> Self:
        return self.filter(mall__in=who.malls_where("complaints.open"))


class Sitting(models.Model):
    """Somebody sat down with the comment book, or emptied the box, and took its lines over in one go."""

    mall = models.ForeignKey("directory.Mall", models.PROTECT, related_name="+")
    by = models.ForeignKey("staff.Staff", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    channel = models.CharField(_("From where"), max_length=10, choices=[(one.value, one.label) for one in PAPER])

    PLAIN = ("channel",)

    objects = SittingQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(channel__in=PAPER), name="book_sitting_with_paper")]
        indexes = [models.Index(fields=["mall", "-id"], name="book_sitting_newest")]

    def __str__(self) -> str:
        return self.topic

    def get_absolute_url(self) -> str:
        return reverse("book:sitting", args=[self.mall.slug, self.pk])

    @property
    def topic(self) -> str:
        return f"book:{self.pk}"


class Line(models.Model):
    """One line of the book, and the number that is written beside it. What it says is kept with what it became."""

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="lines")
    place = models.PositiveSmallIntegerField()  # among the lines of the sitting
    written_on = models.DateField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    number = models.CharField(max_length=20)

    PLAIN = ("place", "written_on", "kind", "number")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sitting", "place"], name="book_line_has_its_place"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="book_line_is_of_a_kind"),
        ]

    def __str__(self) -> str:
        return self.number
