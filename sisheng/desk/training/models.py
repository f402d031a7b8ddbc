"""Induction: what a new colleague has to have learned before they stand at a desk alone (TRN-01, TRN-02, CTR-05)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

MOST_A_DAY = Decimal(12)  # hours; whoever writes down more has mistaken the day


class InductionQuerySet(models.QuerySet["Induction"]):
    def visible_to(self, who: Any) -> Self:
        """Those of the malls where this member of staff trains people."""
        return self.filter(mall__in=who.malls_where("staff.train"))

    def going_on(self) -> Self:
        return self.filter(passed_at=None)


class Induction(models.Model):
    """Somebody new is being trained. Until it is passed they stand at a desk only beside a colleague (STF-03).

    Whoever came before the house kept such records has none, and stands where they always stood.
    """

    mall = models.ForeignKey("directory.Mall", models.PROTECT, related_name="+")
    person = models.ForeignKey("staff.Staff", models.PROTECT, related_name="inductions")
    begun_on = models.DateField(_("begun on"))
    passed_at = models.DateTimeField(null=True)
    passed_by = models.ForeignKey("staff.Staff", models.PROTECT, null=True, related_name="+")

    PLAIN = ("begun_on",)

    objects = InductionQuerySet.as_manager()

    class Meta:
        verbose_name = _("induction")
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(passed_at=None), name="training_one_induction"),
            models.CheckConstraint(
                condition=Q(passed_at=None, passed_by=None) | Q(passed_at__isnull=False, passed_by__isnull=False),
                name="training_induction_passed_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["mall", "-id"], name="training_induction_newest")]

    def __str__(self) -> str:
        return self.topic

    @property
    def topic(self) -> str:
        return f"induction:{self.pk}"


class NotedQuerySet(models.QuerySet[Any]):
    def counted(self) -> Self:
        """Without what was written down by mistake: that is struck out, not changed."""
        return self.filter(struck_at=None)


class Lesson(models.Model):
    """Hours that somebody in induction spent learning on one day."""

    class Form(models.TextChoices):
        CLASSROOM = "classroom", pgettext_lazy("lesson", "in class")
        ONLINE = "online", pgettext_lazy("lesson", "online")
        SHADOWING = "shadowing", pgettext_lazy("lesson", "beside a colleague")

    class Topic(models.TextChoices):
        ETIQUETTE = "etiquette", pgettext_lazy("lesson", "manners and speech")
        PROCESS = "process", pgettext_lazy("lesson", "how things are done")
        SYSTEMS = "systems", pgettext_lazy("lesson", "the systems")
        COMPLAINTS = "complaints", pgettext_lazy("lesson", "complaints and returns")
        SAFETY = "safety", pgettext_lazy("lesson", "first aid and emergencies")

    induction = models.ForeignKey(Induction, models.PROTECT, related_name="lessons")
    on = models.DateField(_("day"))
    form = models.CharField(_("how"), max_length=10, choices=Form)
    topic = models.CharField(_("about"), max_length=10, choices=Topic)
    hours = models.DecimalField(_("hours"), max_digits=3, decimal_places=1)
    noted_by = models.ForeignKey("staff.Staff", models.PROTECT, related_name="+")
    struck_at = models.DateTimeField(null=True)

    PLAIN = ("on", "form", "topic", "hours")

    objects = NotedQuerySet.as_manager()

    class Meta:
        verbose_name = _("lesson")
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(hours__gt=0, hours__lte=MOST_A_DAY), name="training_lesson_hours"),
        ]

    def __str__(self) -> str:
        return f"{self.induction_id} {self.on} {self.hours}"


class Exam(models.Model):
    """One scenario exam: a mock complaint, a disputed return. It may be taken again; the best one counts."""

    induction = models.ForeignKey(Induction, models.PROTECT, related_name="exams")
    on = models.DateField(_("day"))
    score = models.PositiveSmallIntegerField(_("points of 100"), null=True)
    examiner = models.ForeignKey("staff.Staff", models.PROTECT, related_name="+")
    struck_at = models.DateTimeField(null=True)

    PERSONAL = {"score": _("to know who may stand at a desk alone")}
    PLAIN = ("on",)

    objects = NotedQuerySet.as_manager()

    class Meta:
        verbose_name = _("exam")
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(score=None) | Q(score__lte=100), name="training_exam_score"),
        ]

    def __str__(self) -> str:
        return f"{self.induction_id} {self.on}"
