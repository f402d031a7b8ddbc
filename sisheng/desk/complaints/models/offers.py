"""What was offered to the customer, and what is owed since they agreed."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sisheng.desk.complaints import taxonomy
from sisheng.desk.complaints.models.complaint import MOST_PROPOSALS, Complaint


class Answer(models.TextChoices):
    """What the customer said to a proposal."""

    NONE = "", pgettext_lazy("answer", "not answered yet")
    AGREED = "agreed", pgettext_lazy("answer", "agreed")
    REFUSED = "refused", pgettext_lazy("answer", "not agreed")
    SILENT = "silent", pgettext_lazy("answer", "no answer, carried out all the same")


class Proposal(models.Model):
    """One offer, with its place in the order and the customer's answer (CMP-11, CMP-13).

    What was promised is not what was approved (CMP-14): above their own authority nobody offers before somebody who may
    has said yes.
    """

    class Approval(models.TextChoices):
        NOT_NEEDED = "", pgettext_lazy("approval", "within one's own authority")
        NEEDED = "needed", pgettext_lazy("approval", "needs approval")
        WAITING = "waiting", pgettext_lazy("approval", "waits for approval")
        APPROVED = "approved", pgettext_lazy("approval", "approved")
        DECLINED = "declined", pgettext_lazy("approval", "not approved")

    mall = models.ForeignKey("directory.Mall", models.PROTECT, related_name="+")
    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="proposals")
    round = models.PositiveSmallIntegerField(default=0)  # of the complaint, when it was made
    n = models.PositiveSmallIntegerField()
    is_final = models.BooleanField(default=False)
    words = models.TextField(_("what we offer"), max_length=2000)
    written_at = models.DateTimeField()
    by = models.CharField(max_length=40)
    approval = models.CharField(max_length=10, choices=Approval, blank=True, default=Approval.NOT_NEEDED)
    approval_number = models.CharField(max_length=20, blank=True)
    offered_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=10, choices=Answer, blank=True, default=Answer.NONE)
    answered_at = models.DateTimeField(null=True)
    answered_via = models.CharField(max_length=20, blank=True)
    answer_words = models.TextField(max_length=1000, blank=True)

    PERSONAL = {"words": _("to settle the complaint"), "answer_words": _("to settle the complaint")}
    PLAIN = ("round", "n", "is_final", "by", "approval", "approval_number", "answer", "answered_via")

    class Meta:
        ordering = ["round", "n"]
        constraints = [
            models.UniqueConstraint(fields=["complaint", "round", "n"], name="complaints_proposal_n"),
            models.CheckConstraint(  # and after them the final answer
                condition=Q(n__gte=1, n__lte=MOST_PROPOSALS) | Q(n=MOST_PROPOSALS + 1, is_final=True),
                name="complaints_proposal_up_to_four",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="complaints_proposal_answered_when",
            ),
            models.CheckConstraint(
                condition=Q(answer="") | Q(offered_at__isnull=False), name="complaints_proposal_offered_before_answered"
            ),
            models.CheckConstraint(
                condition=Q(offered_at=None) | Q(approval__in=["", "approved"]),
                name="complaints_proposal_approved_before_offered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.n}"

    @property
    def ref(self) -> str:
        """How an approval speaks of it."""
        return f"proposal:{self.pk}"

    @property
    def value(self) -> Decimal:
        """In yuan, whoever pays: authority is asked about what the customer is given (CTR-08)."""
        return sum((remedy.value for remedy in self.remedies.all()), Decimal(0))

    @property
    def is_carried_out(self) -> bool:
        return self.answer in {Answer.AGREED, Answer.SILENT}

    @property
    def may_be_offered(self) -> bool:
        return self.offered_at is None and self.approval in {self.Approval.NOT_NEEDED, self.Approval.APPROVED}


class Remedy(models.Model):
    """One thing the customer is given: what, how much, who bears it, by when, and when it was done (CMP-12)."""

    mall = models.ForeignKey("directory.Mall", models.PROTECT, related_name="+")
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="remedies")
    kind = models.CharField(_("remedy"), max_length=20)
    value = models.DecimalField(_("value"), max_digits=10, decimal_places=2, default=Decimal(0))
    payer = models.CharField(_("borne by"), max_length=10, choices=taxonomy.PAYERS, default="mall")
    note = models.CharField(_("details"), max_length=120, blank=True)
    due_at = models.DateTimeField(_("by when"), null=True, blank=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=40, blank=True)

    PERSONAL = {"note": _("to settle the complaint")}
    PLAIN = ("kind", "value", "payer", "done_by")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(value__gte=0), name="complaints_remedy_not_negative"),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by="") | (Q(done_at__isnull=False) & ~Q(done_by="")),
                name="complaints_remedy_done_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.kind}"

    @property
    def words(self) -> str:
        return str(taxonomy.REMEDIES.get(self.kind, self.kind))

    @property
    def part(self) -> str:
        return f"remedy:{self.pk}"


class Apology(models.Model):
    """Somebody said sorry on behalf of the house (CMP-36)."""

    class Way(models.TextChoices):
        SPOKEN = "spoken", pgettext_lazy("apology", "spoken")
        WRITTEN = "written", pgettext_lazy("apology", "in writing")
        PUBLIC = "public", pgettext_lazy("apology", "in public")

    mall = models.ForeignKey("directory.Mall", models.PROTECT, related_name="+")
    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="apologies")
    way = models.CharField(max_length=8, choices=Way)
    words = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()

    PERSONAL = {"words": _("to settle the complaint")}
    PLAIN = ("way", "by")

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.way}"
