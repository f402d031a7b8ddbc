"""What was drawn to be checked, and what came of it: rows, not cases, since no customer waits for them."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Draw(models.Model):
    """The lot of one day in one mall, drawn once: how much there was of each group."""

    mall = models.ForeignKey("directory.Mall", models.PROTECT, related_name="+")
    on = models.DateField()  # the day on which the work was done
    drawn_at = models.DateTimeField()
    phone = models.PositiveIntegerField(default=0)
    complaint = models.PositiveIntegerField(default=0)
    counter = models.PositiveIntegerField(default=0)

    PLAIN = ("on", "phone", "complaint", "counter")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mall", "on"], name="quality_draw_once_a_day")]

    def __str__(self) -> str:
        return f"{self.on}"


class ReviewQuerySet(models.QuerySet["Review"]):
    def visible_to(self, who: Any) -> Self:
        """Whoever checks sees all of the mall; everybody else what was said of their own work, once it was said."""
        own = Q(mall__in=who.malls_where("quality.see"), agent=who) & ~Q(state=Review.State.SAMPLED)
        return self.filter(Q(mall__in=who.malls_where("quality.review")) | own)

    def open(self) -> Self:
        return self.filter(state=Review.State.SAMPLED)


class Review(models.Model):
    """One record that was drawn, and the judgement of somebody who did not work on it (QAS-01, QAS-03)."""

    class Group(models.TextChoices):
        PHONE = "phone", pgettext_lazy("sample", "telephone")
        COMPLAINT = "complaint", pgettext_lazy("sample", "complaint")
        COUNTER = "counter", pgettext_lazy("sample", "counter")

    class Reason(models.TextChoices):
        """Why it is in the sample. By risk, and after a complaint, come with the rubric."""

        RANDOM = "random", pgettext_lazy("sample", "by lot")

    class State(models.TextChoices):
        SAMPLED = "sampled", pgettext_lazy("review", "to be checked")
        REVIEWED = "reviewed", pgettext_lazy("review", "checked")
        SEEN = "seen", pgettext_lazy("review", "read")

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="reviews")
    mall = models.ForeignKey("directory.Mall", models.PROTECT, related_name="+")
    record = models.CharField(max_length=20)  # its number
    group = models.CharField(max_length=10, choices=Group)
    reason = models.CharField(max_length=10, choices=Reason, default=Reason.RANDOM)
    agent = models.ForeignKey("staff.Staff", models.PROTECT, null=True, related_name="+")  # whose work it is
    has_answer = models.BooleanField(default=False)  # only then can the answer be right or wrong (INQ-05)
    state = models.CharField(max_length=10, choices=State, default=State.SAMPLED)
    reviewer = models.ForeignKey("staff.Staff", models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    is_correct = models.BooleanField(null=True)
    is_critical = models.BooleanField(default=False)
    note = models.TextField(_("what to learn from it"), max_length=500, blank=True)
    seen_at = models.DateTimeField(null=True)

    PERSONAL = {"note": _("to learn from it")}
    PLAIN = ("record", "group", "reason", "has_answer", "state", "is_correct", "is_critical")

    objects = ReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "record"], name="quality_review_one_of_a_record"),
            models.CheckConstraint(
                condition=Q(
                    state="sampled", reviewer=None, reviewed_at=None, is_correct=None, is_critical=False, note=""
                )
                | (~Q(state="sampled") & Q(reviewer__isnull=False, reviewed_at__isnull=False)),
                name="quality_review_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state="sampled") | Q(has_answer=True, is_correct__isnull=False) | Q(has_answer=False),
                name="quality_review_judges_the_answer",
            ),
            models.CheckConstraint(
                condition=Q(has_answer=True) | Q(is_correct=None), name="quality_review_judges_only_an_answer"
            ),
            models.CheckConstraint(
                condition=Q(reviewer=None) | Q(agent=None) | ~Q(reviewer=F("agent")), name="quality_review_not_ones_own"
            ),
            models.CheckConstraint(
                condition=Q(state="seen", seen_at__isnull=False, agent__isnull=False)
                | (~Q(state="seen") & Q(seen_at=None)),
                name="quality_review_read_by_its_agent",
            ),
        ]
        indexes = [
            models.Index(fields=["mall", "id"], name="quality_review_open", condition=Q(state="sampled")),
            models.Index(fields=["agent", "-id"], name="quality_review_of_agent"),
        ]

    def __str__(self) -> str:
        return self.record

    @property
    def topic(self) -> str:
        return f"review:{self.pk}"
