"""What a shop was asked to say about a complaint against it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sisheng.cases.models import Case, Clock

POLICY = "complaint.brand_statement"


class StatementQuerySet(models.QuerySet["ShopStatement"]):
    def visible_to(self, who: Any) -> Self:
        cases = Case.objects.visible_to(who).values("pk")
        return self.filter(mall__in=who.malls_where("evidence.see"), case__in=cases)

    def of(self, case: Case) -> Self:
        return self.filter(case=case).order_by("asked_at", "pk")

    def open(self) -> Self:
        """Asked for, and neither there nor excused."""
        return self.filter(received_at=None, excused_at=None)

    def received(self) -> Self:
        return self.filter(received_at__isnull=False)


class ShopStatement(models.Model):
    """The written statement of one shop about one case (CMP-10). Each has a clock of its own: of two shops, one may
    have answered while the other is late (D18)."""

    mall = models.ForeignKey("directory.Mall", models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="statements")
    shop = models.ForeignKey("directory.Shop", models.PROTECT, related_name="statements")
    question = models.TextField(_("what the shop is asked"), max_length=1000, blank=True)
    asked_by = models.CharField(max_length=40)
    asked_at = models.DateTimeField()
    nudges = models.PositiveSmallIntegerField(default=0)
    nudged_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    received_by = models.CharField(max_length=40, blank=True)
    excused_at = models.DateTimeField(null=True)
    excused_why = models.CharField(max_length=200, blank=True)

    PERSONAL = {"question": _("to find out what happened"), "excused_why": _("to find out what happened")}
    PLAIN = ("asked_by", "nudges", "received_by")

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("statement of a shop")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "shop"],
                condition=Q(received_at=None, excused_at=None),
                name="evidence_statement_one_open",
            ),
            models.CheckConstraint(
                condition=Q(received_at=None, received_by="") | (Q(received_at__isnull=False) & ~Q(received_by="")),
                name="evidence_statement_received_from_somebody",
            ),
            models.CheckConstraint(
                condition=Q(received_at=None) | Q(excused_at=None), name="evidence_statement_ends_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.shop_id}"

    @property
    def part(self) -> str:
        """What its clock is called on the case."""
        return f"statement:{self.pk}"

    @property
    def clock(self) -> Clock | None:
        return self.case.clocks.filter(deadline=POLICY, part=self.part).order_by("-pk").first()

    @property
    def due_at(self) -> datetime | None:
        clock = self.clock
        return clock.due_at if clock else None

    @property
    def is_open(self) -> bool:
        return self.received_at is None and self.excused_at is None

    @property
    def is_wanted(self) -> bool:
        """Its case still waits for it."""
        return self.is_open and self.case.is_open

    @property
    def text(self) -> str:
        """What the shop said; empty until it has."""
        said = self.evidence.filter(kind="statement").exclude(text="").order_by("-number").first()
        return said.text if said else ""


def statements(case: Case) -> StatementQuerySet:
    return ShopStatement.objects.of(case)
