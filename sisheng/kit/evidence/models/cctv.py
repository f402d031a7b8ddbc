"""Camera pictures that security was asked to keep, and who looked at them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sisheng.cases.models import Case, Clock

POLICY = "evidence.cctv"


class State(models.TextChoices):
    ASKED = "asked", pgettext_lazy("cctv", "asked for")
    PRESERVED = "preserved", pgettext_lazy("cctv", "kept")
    VIEWED = "viewed", pgettext_lazy("cctv", "kept and viewed")
    NOT_AVAILABLE = "not_available", pgettext_lazy("cctv", "not available")


class Relation(models.TextChoices):
    """Who may ask to see such pictures, with the agreement of the house (N-70)."""

    SELF = "self", pgettext_lazy("cctv requester", "the person concerned")
    RELATIVE = "relative", pgettext_lazy("cctv requester", "a close relative")
    GUARDIAN = "guardian", pgettext_lazy("cctv requester", "a guardian")
    STAFF = "staff", pgettext_lazy("cctv requester", "the desk, to find out what happened")
    AUTHORITY = "authority", pgettext_lazy("cctv requester", "police or another authority")


class CctvQuerySet(models.QuerySet["CctvRequest"]):
    def visible_to(self, who: Any) -> Self:
        cases = Case.objects.visible_to(who).values("pk")
        return self.filter(mall__in=who.malls_where("evidence.see"), case__in=cases)

    def of(self, case: Case) -> Self:
        return self.filter(case=case).order_by("asked_at", "pk")

    def open(self) -> Self:
        """Nobody has confirmed yet that the pictures are kept."""
        return self.filter(state=State.ASKED)


class CctvRequest(models.Model):
    """The wish that pictures of a place and a time be kept, before the recorder writes over them (CMP-09, N-70)."""

    mall = models.ForeignKey("directory.Mall", models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="cctv_requests")
    state = models.CharField(max_length=14, choices=State.choices, default=State.ASKED)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    requester = models.CharField(_("who asks"), max_length=60, blank=True)
    relation = models.CharField(_("as"), max_length=10, choices=Relation.choices)
    filmed_from = models.DateTimeField(_("from"))
    filmed_until = models.DateTimeField(_("until"))
    place = models.CharField(_("place"), max_length=60)
    camera = models.CharField(_("camera"), max_length=60, blank=True)
    asked_by = models.CharField(max_length=40)
    asked_at = models.DateTimeField()
    lost_at = models.DateTimeField()  # when the recorder may write over it: filmed_from and the policy of that day
    preserved_at = models.DateTimeField(null=True)
    preserved_until = models.DateField(_("kept until"), null=True)
    reference = models.CharField(_("where it is kept"), max_length=60, blank=True)
    unavailable_at = models.DateTimeField(null=True)
    unavailable_why = models.CharField(max_length=200, blank=True)
    handed_at = models.DateTimeField(null=True)
    police_number = models.CharField(_("police reference"), max_length=40, blank=True)

    PERSONAL = {
        "reason": _("the law asks for it: why camera pictures were asked for"),
        "requester": _("the law asks for it: who asked for camera pictures"),
        "unavailable_why": _("to find out what happened"),
    }
    PLAIN = ("state", "relation", "place", "camera", "asked_by", "preserved_until", "reference", "police_number")

    objects = CctvQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for camera pictures")
        constraints = [
            models.CheckConstraint(
                condition=Q(filmed_until__gte=F("filmed_from")), name="evidence_cctv_window_in_order"
            ),
            models.CheckConstraint(
                condition=Q(state="asked", preserved_at=None, unavailable_at=None)
                | Q(state__in=["preserved", "viewed"], preserved_at__isnull=False, unavailable_at=None)
                | Q(state="not_available", unavailable_at__isnull=False),
                name="evidence_cctv_state_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.place}"

    @property
    def part(self) -> str:
        return f"cctv:{self.pk}"

    @property
    def clock(self) -> Clock | None:
        return self.case.clocks.filter(deadline=POLICY, part=self.part).order_by("-pk").first()

    @property
    def is_kept(self) -> bool:
        return self.state in (State.PRESERVED, State.VIEWED)

    def days_old(self, at: datetime) -> int:
        """Of the pictures: the recorder counts from when they were taken, not from when somebody asked."""
        return (at - self.filmed_from).days


class CctvViewing(models.Model):
    """Somebody looked at the pictures. The law wants each look on record, with who and why."""

    request = models.ForeignKey(CctvRequest, models.PROTECT, related_name="viewings")
    who = models.CharField(_("who looked"), max_length=60, blank=True)
    why = models.CharField(_("why"), max_length=200, blank=True)
    seen = models.CharField(_("what is to be seen"), max_length=400, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=40)

    PERSONAL = {
        "who": _("the law asks for it: who looked at camera pictures"),
        "why": _("the law asks for it: why camera pictures were looked at"),
        "seen": _("to find out what happened"),
    }
    PLAIN = ("by",)

    def __str__(self) -> str:
        return f"{self.request_id} {self.at}"
