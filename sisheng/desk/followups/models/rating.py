"""The question at the counter, while the customer still stands there (SAT-03).

It lives beside the calls and the question by link since it asks the same thing at another moment, and the results
read all three. Contacts are another slice: a rating keeps the number of its contact, which windows/portal finds.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sisheng.mall.directory.models import Mall

CONTENT, NOT_CONTENT = 4, 2  # from here up, and down to here


class RatingQuerySet(models.QuerySet["Rating"]):
    def visible_to(self, who: Any) -> RatingQuerySet:
        """Those of the malls where this member of staff may see them."""
        return self.filter(mall__in=who.malls_where("ratings.see"))

    def unhappy(self) -> RatingQuerySet:
        """Where somebody should speak with the customer before they go."""
        return self.filter(Q(score__lte=NOT_CONTENT) | Q(solved=Rating.Solved.NO))

    def rated(self, mall: Mall, contacts: Iterable[str]) -> set[str]:
        """Which of these contacts have been rated already."""
        return set(self.filter(mall=mall, contact__in=list(contacts)).values_list("contact", flat=True))


class Rating(models.Model):
    """What one customer said at a desk, once, without a name. It is never changed; only its words can be struck out.

    `contact` is empty where we do not know for certain which one it was: a rating of the desk, not of somebody.
    """

    class Score(models.IntegerChoices):
        VERY_SATISFIED = 5, pgettext_lazy("rating", "very satisfied")
        SATISFIED = 4, pgettext_lazy("rating", "satisfied")
        FAIR = 3, pgettext_lazy("rating", "so-so")
        DISSATISFIED = 2, pgettext_lazy("rating", "dissatisfied")
        VERY_DISSATISFIED = 1, pgettext_lazy("rating", "very dissatisfied")

    class Solved(models.TextChoices):
        YES = "yes", pgettext_lazy("is it solved", "yes")
        PARTLY = "partly", pgettext_lazy("is it solved", "partly")
        NO = "no", pgettext_lazy("is it solved", "no")

    mall = models.ForeignKey("directory.Mall", models.PROTECT, related_name="+")
    desk = models.ForeignKey("directory.Desk", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    score = models.PositiveSmallIntegerField(_("satisfaction"), choices=Score)
    solved = models.CharField(_("solved"), max_length=6, choices=Solved, blank=True)
    words = models.CharField(_("in their words"), max_length=300, blank=True)
    contact = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=10, default="zh")

    PERSONAL = {"words": _("to learn from what they say")}
    PLAIN = ("score", "solved", "contact", "language")

    objects = RatingQuerySet.as_manager()

    class Meta:
        verbose_name = _("rating")
        constraints = [
            models.UniqueConstraint(
                fields=["mall", "contact"], name="followups_rating_one_of_a_contact", condition=~Q(contact="")
            ),
            models.CheckConstraint(condition=Q(score__gte=1, score__lte=5), name="followups_rating_score"),
            models.CheckConstraint(condition=Q(solved__in=["", "yes", "partly", "no"]), name="followups_rating_solved"),
        ]
        indexes = [models.Index(fields=["mall", "at"], name="followups_rating_of_days")]

    def __str__(self) -> str:
        return self.topic

    @property
    def topic(self) -> str:
        return f"rating:{self.pk}"

    @property
    def is_unhappy(self) -> bool:
        return self.score <= NOT_CONTENT or self.solved == self.Solved.NO
