"""Something that a department or a shop is to do better, because of what happened."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sisheng.cases.models import Case
from sisheng.cases.models.case import CaseQuerySet
from sisheng.desk.improvements.lifecycle import IMPROVEMENT
from sisheng.ground.lifecycle import Lifecycle


class Improvement(Case):
    """One improvement, from the need it came from to whether it helped (CMP-18, TEN-03, RPT-10).

    It is addressed to a shop or to a department, and its effect is judged by somebody else than whoever did it.
    """

    lifecycle: ClassVar[Lifecycle] = IMPROVEMENT
    slug: ClassVar[str] = "improvement"

    class Source(models.TextChoices):
        COMPLAINT = "complaint", pgettext_lazy("source", "complaint")
        SURVEY = "survey", pgettext_lazy("source", "survey")
        QUALITY = "quality", pgettext_lazy("source", "quality sample")
        VISIT = "visit", pgettext_lazy("source", "mystery visit")
        INCIDENT = "incident", pgettext_lazy("source", "incident")
        MEETING = "meeting", pgettext_lazy("source", "meeting")
        SUGGESTION = "suggestion", pgettext_lazy("source", "suggestion")

    # the name of this kind is a field of the complaint already
    case_ptr = models.OneToOneField(Case, models.CASCADE, parent_link=True, primary_key=True,
                                    related_name="as_improvement")  # fmt: skip
    source = models.CharField(_("came from"), max_length=12, choices=Source.choices)
    need = models.CharField(_("which need it answers"), max_length=120, blank=True)
    problem = models.TextField(_("what goes wrong"), max_length=2000)
    cause = models.CharField(_("root cause"), max_length=200, blank=True)
    measure = models.TextField(_("what is to change"), max_length=2000)
    department = models.CharField(_("department"), max_length=60, blank=True)
    cost = models.DecimalField(_("cost"), max_digits=10, decimal_places=2, null=True, blank=True)
    metric = models.CharField(_("how one will see it"), max_length=120, blank=True)
    effect_before = models.CharField(_("before"), max_length=60, blank=True)
    effect_after = models.CharField(_("after"), max_length=60, blank=True)
    reply = models.TextField(_("what they answer"), max_length=2000, blank=True)
    replied_on = models.DateTimeField(null=True)
    reply_by = models.CharField(max_length=40, blank=True)
    done_words = models.TextField(_("what was done"), max_length=2000, blank=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=40, blank=True)
    verified_words = models.TextField(_("what one sees"), max_length=2000, blank=True)
    verified_at = models.DateTimeField(null=True)
    verified_by = models.CharField(max_length=40, blank=True)
    quarter = models.CharField(_("in the manual of"), max_length=6, blank=True)  # 2026Q4

    PERSONAL = {
        "problem": _("to prevent the next one"),
        "measure": _("to prevent the next one"),
        "reply": _("to prevent the next one"),
        "done_words": _("to prevent the next one"),
        "verified_words": _("to prevent the next one"),
    }
    PLAIN = ("source", "need", "cause", "department", "cost", "metric", "effect_before", "effect_after", "reply_by",
             "done_by", "verified_by", "quarter")  # fmt: skip

    objects = CaseQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("improvement")
        verbose_name_plural = _("improvements")
        constraints = [
            models.CheckConstraint(condition=Q(verified_by="") | ~Q(verified_by=F("done_by")),
                                   name="improvements_verified_by_somebody_else"),
            models.CheckConstraint(
                condition=Q(verified_by="", verified_at=None) | (~Q(verified_by="") & Q(verified_at__isnull=False)),
                name="improvements_verified_when",
            ),
            models.CheckConstraint(
                condition=Q(done_by="", done_at=None) | (~Q(done_by="") & Q(done_at__isnull=False)),
                name="improvements_done_when",
            ),
            models.CheckConstraint(condition=Q(cost=None) | Q(cost__gte=0), name="improvements_cost_not_negative"),
        ]  # fmt: skip

    @property
    def addressed_to(self) -> str:
        return self.department or super().addressed_to
