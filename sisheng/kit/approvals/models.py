"""An approval: what was asked, of whom, and what came of it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from sisheng.cases.models import Clock
from sisheng.ground.refusals import NotAllowed, OutOfTurn, Refused
from sisheng.ground.ui.formats import money
from sisheng.kit.approvals.authority import ROLE_WORDS, Authority
from sisheng.mall.staff.models import Staff

DEADLINE = "approval.decide"  # a key of config/policies.py; the lifecycle of the case lists it among its parts


class ApprovalQuerySet(models.QuerySet["Approval"]):
    def visible_to(self, who: Any) -> Self:
        """Who sees the case sees what was asked about it; nobody what is about themselves (CMP-30)."""
        return self.filter(mall__in=who.malls_where("cases.see")).exclude(case__about_staff=who)

    def waiting(self) -> Self:
        """On which somebody is to decide now, the longest waiting first."""
        return self.filter(state=Approval.State.WAITING, case__closed_at=None).order_by("asked_at", "pk")

    def of(self, case: Any, ref: str) -> Self:
        """All that was asked about one thing, in the order of asking."""
        return self.filter(case_id=case.pk, ref=ref).order_by("pk")

    def grants(self, case: Any, ref: str, amount: Decimal | None = None) -> bool:
        """Was it approved, and for as much as this? What was promised to somebody is not therefore approved."""
        granted = self.of(case, ref).filter(state=Approval.State.APPROVED)
        return (granted if amount is None else granted.filter(amount__gte=amount)).exists()

    def with_people(self) -> Self:
        return self.select_related("mall", "case__mall", "asked_by", "decided_by").prefetch_related("steps__decided_by")


class Approval(models.Model):
    """Somebody asks for a yes to what lies above their own authority. It runs beside the case, with its own clock.

    `ref` names what it is for in the words of whoever asked ("proposal:17"), so that they find their own row again.
    """

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("approval", "waiting")
        APPROVED = "approved", pgettext_lazy("approval", "approved")
        DECLINED = "declined", pgettext_lazy("approval", "declined")
        WITHDRAWN = "withdrawn", pgettext_lazy("approval", "withdrawn")
        LAPSED = "lapsed", pgettext_lazy("approval", "lapsed")  # the case was over before anybody decided

    mall = models.ForeignKey("directory.Mall", models.PROTECT, related_name="+")
    number = models.CharField(max_length=20)
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="approvals")
    ref = models.CharField(max_length=40)
    title = models.CharField(max_length=120)  # what is asked, in one sentence
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    reason = models.TextField(max_length=1000, blank=True)
    asked_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    own_limit = models.DecimalField(max_digits=12, decimal_places=2, null=True)  # of who asked, at that moment
    level = models.CharField(max_length=20, choices=ROLE_WORDS.items())  # who may decide now, or decided last
    position = models.PositiveSmallIntegerField(default=1)  # of the step that is to be decided now
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    decided_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    words = models.TextField(max_length=500, blank=True)

    PERSONAL = {
        "title": gettext_lazy("to decide on it"),
        "reason": gettext_lazy("to decide on it"),
        "words": gettext_lazy("to know why it was decided so"),
    }
    PLAIN = ("number", "ref", "amount", "own_limit", "level", "position", "state")

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "number"], name="approvals_number"),
            models.UniqueConstraint(fields=["case", "ref"], condition=Q(state="waiting"), name="approvals_one_waiting"),
            models.CheckConstraint(
                condition=Q(state__in=["approved", "declined"], decided_by__isnull=False, decided_at__isnull=False)
                | Q(state__in=["waiting", "withdrawn", "lapsed"], decided_by=None, decided_at=None),
                name="approvals_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")), name="approvals_by_somebody_else"
            ),
            models.CheckConstraint(condition=Q(amount=None) | Q(amount__gt=0), name="approvals_amount_is_something"),
        ]
        indexes = [models.Index(fields=["mall", "asked_at"], name="approvals_waiting", condition=Q(state="waiting"))]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("approvals:detail", args=[self.mall.slug, self.number])

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.WAITING

    @property
    def is_chain(self) -> bool:
        return len(self.steps.all()) > 1

    @property
    def is_at_last_step(self) -> bool:
        return self.position == len(self.steps.all())

    @property
    def clock(self) -> Clock | None:
        """By when it is to be decided, while it waits."""
        return self.case.clocks.live().filter(deadline=DEADLINE, part=self.number).first()

    def hindrance(self, who: Staff, authority: Authority) -> Refused | None:
        """Why this person, with this authority, may not decide on it now; None: they may."""
        if not self.is_waiting:
            return OutOfTurn(_("%(number)s waits no longer: it is %(state)s.") % self._named)
        if not self.case.is_open:
            return OutOfTurn(_("The case is over; there is nothing left to decide."))
        if who.pk == self.asked_by_id:
            return NotAllowed(_("You asked for this yourself; somebody else decides."))
        if who.pk == self.case.about_staff_id:
            return NotAllowed(_("The case is about you; somebody else decides."))
        authority = authority.without(self._concerned)
        if not authority.reaches(self.level):
            return NotAllowed(_("The decision is with the %(level)s, or above.") % self._named)
        if any(step.decided_by_id == who.pk for step in self.steps.all()):
            return NotAllowed(_("You decided on an earlier step; this one is for somebody else."))
        if self.is_at_last_step and not authority.covers(self.amount):
            told = {"amount": money(self.amount), "limit": money(authority.limit)}
            return NotAllowed(_("%(amount)s lies above the %(limit)s that you may decide on.") % told)
        return None

    def in_whose_name(self, authority: Authority) -> Staff | None:
        """For whom somebody with this authority would decide; None: for themselves."""
        amount = self.amount if self.is_at_last_step else None
        return authority.lender(self.level, amount, self._concerned)

    @property
    def _concerned(self) -> set[int | None]:
        """Who asked, and whom the case is about: nothing is decided in their name."""
        return {self.asked_by_id, self.case.about_staff_id}

    @property
    def _named(self) -> dict[str, Any]:
        return {"number": self.number, "state": self.get_state_display(), "level": self.get_level_display()}


class Step(models.Model):
    """One signature of an approval: most need one, some several in order (ISO-03)."""

    approval = models.ForeignKey(Approval, models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=20, choices=ROLE_WORDS.items())
    is_yes = models.BooleanField(null=True)
    decided_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    words = models.TextField(max_length=500, blank=True)

    PERSONAL = {"words": gettext_lazy("to know why it was decided so")}
    PLAIN = ("position", "role", "is_yes")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["approval", "position"], name="approvals_step_once"),
            models.UniqueConstraint(fields=["approval", "decided_by"], name="approvals_step_each_by_another"),
            models.CheckConstraint(
                condition=Q(is_yes=None, decided_by=None, decided_at=None)
                | Q(is_yes__isnull=False, decided_by__isnull=False, decided_at__isnull=False),
                name="approvals_step_decided_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.approval_id} {self.position} {self.role}"
