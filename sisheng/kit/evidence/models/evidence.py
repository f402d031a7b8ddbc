"""One piece of evidence."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sisheng.cases.models import Case
from sisheng.ground.act import Act
from sisheng.ground.events.models import Event, EventQuerySet

CUSTODY = (
    "evidence.kept", "evidence.viewed", "evidence.original", "evidence.handed_over", "evidence.withdrawn",
    "evidence.forgotten",
)  # fmt: skip


class Kind(models.TextChoices):
    """What it is; a checklist of an investigation asks for these (CMP-09)."""

    STATEMENT = "statement", pgettext_lazy("evidence", "statement")
    PHOTO = "photo", pgettext_lazy("evidence", "photo")
    RECEIPT = "receipt", pgettext_lazy("evidence", "receipt")
    RECORDING = "recording", pgettext_lazy("evidence", "recording")
    CCTV = "cctv", pgettext_lazy("evidence", "camera picture")
    TRANSACTION = "transaction", pgettext_lazy("evidence", "transaction record")
    OTHER = "other", pgettext_lazy("evidence", "something else")


ICONS = {
    "statement": "writing",
    "photo": "photo",
    "receipt": "receipt",
    "recording": "microphone",
    "cctv": "device-cctv",
    "transaction": "file-invoice",
    "other": "paperclip",
}


class Source(models.TextChoices):
    """Who gave it."""

    CUSTOMER = "customer", pgettext_lazy("evidence from", "the customer")
    SHOP = "shop", pgettext_lazy("evidence from", "the shop")
    STAFF = "staff", pgettext_lazy("evidence from", "the desk")
    AUTHORITY = "authority", pgettext_lazy("evidence from", "an authority")


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def visible_to(self, who: Any) -> Self:
        """Whoever may see the case, and evidence in its mall, may see its evidence."""
        cases = Case.objects.visible_to(who).values("pk")
        return self.filter(mall__in=who.malls_where("evidence.see"), case__in=cases)

    def of(self, case: Case) -> Self:
        return self.filter(case=case).order_by("number")

    def standing(self) -> Self:
        """What still counts: not taken back, and not forgotten."""
        return self.filter(withdrawn_at=None, is_forgotten=False)

    def has(self, kind: str) -> bool:
        """Is there anything of this kind that counts?"""
        return self.standing().filter(kind=kind).exists()


class Evidence(models.Model):
    """Something that shows how it was: in words, or in a file that nobody can change unnoticed. It is never deleted;
    what was wrong is withdrawn, with a reason, and stays on the list."""

    mall = models.ForeignKey("directory.Mall", models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="evidence")
    number = models.PositiveSmallIntegerField()  # within its case
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    source = models.CharField(_("given by"), max_length=10, choices=Source.choices)
    title = models.CharField(_("what it shows"), max_length=120, blank=True)
    text = models.TextField(_("in their words"), max_length=4000, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    file = models.OneToOneField("files.KeptFile", models.PROTECT, null=True, related_name="evidence")
    statement = models.ForeignKey("evidence.ShopStatement", models.PROTECT, null=True, related_name="evidence")
    by = models.CharField(max_length=40)
    at = models.DateTimeField()  # when we kept it
    said_at = models.DateTimeField(null=True)  # when it was given or said, where that is another time
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=40, blank=True)
    withdrawn_why = models.CharField(max_length=200, blank=True)
    is_forgotten = models.BooleanField(default=False)

    PERSONAL = {
        "title": _("to find out what happened"),
        "text": _("to find out what happened"),
        "note": _("to find out what happened"),
        "withdrawn_why": _("to know why it no longer counts"),
    }
    PLAIN = ("number", "kind", "source", "by", "withdrawn_by")
    FORGOTTEN = {"is_forgotten": True}

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="evidence_evidence_number"),
            models.CheckConstraint(
                condition=Q(is_forgotten=True) | ~Q(text="") | Q(file__isnull=False),
                name="evidence_evidence_of_something",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by="") | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_by="")),
                name="evidence_evidence_withdrawn_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.number}"

    def get_absolute_url(self) -> str:
        return reverse("evidence:one", args=[self.mall.slug, self.case.number, self.number])

    def forget_elsewhere(self, act: Act) -> None:
        """Its file goes from the disk when the person is forgotten."""
        from sisheng.ground.files.actions import take_away

        if self.file and self.file.is_there:
            take_away(act, self.file)

    @property
    def is_standing(self) -> bool:
        return self.withdrawn_at is None and not self.is_forgotten

    @property
    def kind_words(self) -> Any:
        """What it is, in a word: a photo that came with a statement is not called a second statement."""
        if self.kind == Kind.STATEMENT and self.file and not self.text:
            return pgettext_lazy("evidence", "with the statement")
        return self.get_kind_display()

    @property
    def icon(self) -> str:
        return ICONS[self.kind]

    def custody(self) -> EventQuerySet:
        """Who kept it, looked at it, was handed it, and when: the unbroken chain, oldest first."""
        story = Event.objects.about(self.mall_id, self.case.topic)
        return story.filter(kind__in=CUSTODY, details__evidence=self.number)


def custody_of(evidence: Evidence) -> EventQuerySet:
    return evidence.custody()
