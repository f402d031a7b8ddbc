"""The question by link, a day after (SAT-02, domain 3.10)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

STAYS_OPEN = timedelta(days=14)  # then nobody remembers well


class SurveyQuerySet(models.QuerySet["Survey"]):
    def visible_to(self, who: Any) -> SurveyQuerySet:
        """Those of the malls where this member of staff may see cases."""
        return self.filter(mall__in=who.malls_where("cases.see"))

    def answered(self) -> SurveyQuerySet:
        return self.filter(state=Survey.State.ANSWERED)

    def to_send(self, at: datetime) -> SurveyQuerySet:
        return self.filter(state=Survey.State.SCHEDULED, send_at__lte=at).order_by("send_at", "pk")

    def to_remind(self, at: datetime) -> SurveyQuerySet:
        return self.filter(state=Survey.State.SENT, remind_at__lte=at).order_by("remind_at", "pk")

    def too_old(self, at: datetime) -> SurveyQuerySet:
        return self.filter(state=Survey.State.SENT, sent_at__lte=at - STAYS_OPEN)


class Survey(models.Model):
    """One person is asked once how content they are, and reminded once at most."""

    class State(models.TextChoices):
        SCHEDULED = "scheduled", pgettext_lazy("survey", "to be sent")
        SENT = "sent", pgettext_lazy("survey", "sent")
        ANSWERED = "answered", pgettext_lazy("survey", "answered")
        EXPIRED = "expired", pgettext_lazy("survey", "expired")
        OPTED_OUT = "opted_out", pgettext_lazy("survey", "does not want to be asked")

    mall = models.ForeignKey("directory.Mall", models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="surveys")
    number = models.CharField(max_length=20)
    round = models.PositiveSmallIntegerField(default=0)
    form_version = models.CharField(max_length=10, default="1")
    language = models.CharField(max_length=10, default="zh")
    state = models.CharField(max_length=10, choices=State, default=State.SCHEDULED)
    send_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    remind_at = models.DateTimeField(null=True)  # None: not any more
    reminded_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    csat = models.PositiveSmallIntegerField(_("satisfaction"), null=True)
    nps = models.PositiveSmallIntegerField(_("would recommend"), null=True)
    ces = models.PositiveSmallIntegerField(_("easy for you"), null=True)
    is_solved = models.BooleanField(_("solved"), null=True)
    words = models.TextField(_("in their words"), max_length=1000, blank=True)
    is_anonymous = models.BooleanField(default=False)  # counted, but not shown beside the matter

    PERSONAL = {"words": _("to learn from what they say")}
    PLAIN = ("number", "round", "form_version", "language", "state", "csat", "nps", "ces", "is_solved", "is_anonymous")

    objects = SurveyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "round"], name="followups_survey_once"),
            models.UniqueConstraint(fields=["mall", "number"], name="followups_survey_number"),
            models.CheckConstraint(condition=Q(csat=None) | Q(csat__gte=1, csat__lte=5), name="followups_survey_csat"),
            models.CheckConstraint(condition=Q(nps=None) | Q(nps__lte=10), name="followups_survey_nps"),
            models.CheckConstraint(condition=Q(ces=None) | Q(ces__gte=1, ces__lte=7), name="followups_survey_ces"),
            models.CheckConstraint(
                condition=~Q(state="answered") | Q(answered_at__isnull=False, csat__isnull=False),
                name="followups_survey_answered_with_a_number",
            ),
        ]
        indexes = [
            models.Index(fields=["send_at"], name="followups_survey_to_send", condition=Q(state="scheduled")),
            models.Index(fields=["remind_at"], name="followups_survey_to_remind", condition=Q(remind_at__isnull=False)),
            models.Index(fields=["mall", "answered_at"], name="followups_survey_answered"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.number
