"""An authority, an association or a court decides beside us (N-13, N-48, N-50)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sisheng.desk.complaints.models.complaint import Complaint, ComplaintQuerySet
from sisheng.ground.ui.formats import day, when

if TYPE_CHECKING:
    from sisheng.mall.staff.models import Staff


class Authority(models.TextChoices):
    MARKET = "12315", pgettext_lazy("authority", "12315, market regulation")
    CITY = "12345", pgettext_lazy("authority", "12345, city hot line")
    ASSOCIATION = "association", pgettext_lazy("authority", "consumer association")
    ARBITRATION = "arbitration", pgettext_lazy("authority", "arbitration")
    COURT = "court", pgettext_lazy("authority", "court")
    OTHER = "other", pgettext_lazy("authority", "another authority")


class ExternalCase(models.Model):
    """The file that an authority keeps about the same matter. Its dates are data, not code: rules and cities differ,
    and the date on the order wins (N-49, N-50)."""

    mall = models.ForeignKey("directory.Mall", models.PROTECT, related_name="+")
    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="external_cases")
    authority = models.CharField(_("authority"), max_length=12, choices=Authority)
    office = models.CharField(_("office"), max_length=80, blank=True)
    reference = models.CharField(_("their number"), max_length=60, blank=True)
    received_on = models.DateField(_("received on"))
    reply_due_at = models.DateTimeField(_("reply by"))
    is_accepted_by_them = models.BooleanField(_("accepted by them"), null=True, blank=True)
    why_not_accepted = models.CharField(_("why not accepted"), max_length=120, blank=True)
    mediation_at = models.DateTimeField(_("mediation on"), null=True, blank=True)
    mediation_until = models.DateField(_("mediation ends by"), null=True, blank=True)
    replied_at = models.DateTimeField(null=True)
    reply = models.TextField(_("our reply"), max_length=4000, blank=True)
    result = models.TextField(_("result"), max_length=2000, blank=True)
    ended_at = models.DateTimeField(null=True)

    PERSONAL = {"reply": _("to answer the authority"), "result": _("to settle the complaint")}
    PLAIN = ("authority", "office", "reference", "received_on", "is_accepted_by_them", "why_not_accepted",
             "mediation_until")  # fmt: skip

    class Meta:
        ordering = ["received_on", "pk"]
        constraints = [
            models.UniqueConstraint(  # one order of theirs may be about several complaints
                fields=["mall", "complaint", "authority", "reference"],
                condition=~Q(reference=""),
                name="complaints_external_case_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.authority} {self.reference}"

    def also_about(self, who: Staff) -> ComplaintQuerySet:
        """Other complaints that stand on the same order of theirs, as far as this person may see them."""
        if not self.reference:
            return Complaint.objects.none()
        same = ExternalCase.objects.filter(mall=self.mall_id, authority=self.authority, reference=self.reference)
        others = Complaint.objects.visible_to(who).filter(pk__in=same.values("complaint"))
        return others.exclude(pk=self.complaint_id).order_by("pk")

    def news(self) -> Iterator[str]:
        """What they let us know of their file so far, but its result."""
        if self.is_accepted_by_them is not None:
            words = _("accepted by them") if self.is_accepted_by_them else _("not accepted by them")
            yield " ".join(filter(None, (str(words), self.why_not_accepted)))
        if self.mediation_at:
            yield str(_("mediation on %(at)s") % {"at": when(self.mediation_at)})
        if self.mediation_until:
            yield str(_("mediation ends by %(day)s") % {"day": day(self.mediation_until)})

    @property
    def part(self) -> str:
        return f"external:{self.pk}"

    @property
    def deadline(self) -> str:
        """The policy whose time counts when the order names no date."""
        known = {Authority.MARKET: "complaint.external.reply_12315", Authority.CITY: "complaint.external.reply_12345"}
        return known.get(Authority(self.authority), "complaint.external.reply")
