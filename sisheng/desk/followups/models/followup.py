"""A call to somebody after their matter was settled, or drawn by lot (FUP-01 to FUP-12)."""

from __future__ import annotations

from typing import ClassVar, Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sisheng.cases.models import Case, Clock
from sisheng.cases.models.case import CaseQuerySet
from sisheng.desk.followups.lifecycle import FOLLOWUP
from sisheng.ground.lifecycle import Lifecycle

PART = "call"


class FollowUpQuerySet(CaseQuerySet):
    def of(self, case: Case) -> Self:
        return self.filter(origin=case)

    def with_clocks(self) -> Self:
        """With what a list needs to say by when."""
        live = Prefetch("clocks", queryset=Clock.objects.live().order_by("due_at", "pk"), to_attr="live_clocks")
        return self.prefetch_related(live)


class FollowUp(Case):
    """One call that somebody waits for, or agreed to."""

    lifecycle: ClassVar[Lifecycle] = FOLLOWUP
    slug: ClassVar[str] = "followup"

    class Trigger(models.TextChoices):
        """What the call is for; each has its own deadline."""

        FIRST = "first", pgettext_lazy("trigger", "a day after it was settled")
        SECOND = "second", pgettext_lazy("trigger", "three days after it was settled")
        RANDOM = "random", pgettext_lazy("trigger", "drawn by lot")
        REGULAR = "regular", pgettext_lazy("trigger", "regular call to a member")
        WORK = "work", pgettext_lazy("trigger", "after a visit on the spot")

    class Template(models.TextChoices):
        """Which questions are asked (FUP-01, FUP-09)."""

        COMPLAINT = "complaint", pgettext_lazy("template", "after a complaint")
        GENERAL = "general", pgettext_lazy("template", "service, goods, surroundings")
        WORK = "work", pgettext_lazy("template", "work on the spot")

    class Outcome(models.TextChoices):
        SATISFIED = "satisfied", pgettext_lazy("followup outcome", "satisfied")
        FAIR = "fair", pgettext_lazy("followup outcome", "fairly satisfied")
        DISSATISFIED = "dissatisfied", pgettext_lazy("followup outcome", "not satisfied")
        UNREACHABLE = "unreachable", pgettext_lazy("followup outcome", "could not be reached")
        REFUSED = "refused", pgettext_lazy("followup outcome", "did not want to answer")

    class FollowedBy(models.TextChoices):
        """What happens to a “no”: one of them has to be chosen (domain 3.10)."""

        NOTHING = "", pgettext_lazy("follows", "nothing")
        REOPEN = "reopen", pgettext_lazy("follows", "the matter is reopened")
        COMPLAINT = "complaint", pgettext_lazy("follows", "a new complaint")
        IMPROVEMENT = "improvement", pgettext_lazy("follows", "an improvement")

    trigger = models.CharField(_("what the call is for"), max_length=10, choices=Trigger)
    template = models.CharField(_("questions"), max_length=10, choices=Template, default=Template.GENERAL)
    about = models.CharField(_("about"), max_length=20, blank=True)  # of a lot: the number of the customer it fell on
    draw = models.CharField(max_length=64, blank=True)  # the seed of the lot, so that it can be drawn again
    satisfaction = models.PositiveSmallIntegerField(_("satisfaction"), null=True)
    answers = models.JSONField(_("answers"), default=dict, encoder=DjangoJSONEncoder)
    words = models.TextField(_("in their words"), max_length=1000, blank=True)
    new_need = models.CharField(_("a new wish"), max_length=200, blank=True)
    followed_by = models.CharField(_("what follows"), max_length=12, choices=FollowedBy, blank=True)
    recorded_at = models.DateTimeField(null=True)  # they said yes to being recorded (FUP-05)
    abuse_note = models.CharField(_("how we were spoken to"), max_length=200, blank=True)  # FUP-07

    PERSONAL = {
        "answers": _("to learn from what they say"),
        "words": _("to learn from what they say"),
        "new_need": _("to do what they wish"),
        "abuse_note": _("to protect who calls"),
    }
    PLAIN = ("trigger", "template", "about", "draw", "satisfaction", "followed_by")

    objects = FollowUpQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        constraints = [
            models.CheckConstraint(
                condition=Q(satisfaction=None) | Q(satisfaction__gte=1, satisfaction__lte=5),
                name="followups_one_to_five",
            ),
            models.CheckConstraint(
                # whoever is not satisfied is not left alone with it
                condition=Q(satisfaction=None) | Q(satisfaction__gte=3) | ~Q(followed_by=""),
                name="followups_a_no_is_followed",
            ),
            models.CheckConstraint(condition=~Q(trigger="random") | ~Q(draw=""), name="followups_lot_has_a_seed"),
            # a lot is drawn once, however many workers draw it
            models.UniqueConstraint(fields=["draw", "about"], condition=~Q(draw=""), name="followups_drawn_once"),
        ]

    @property
    def deadline(self) -> str:
        """The policy that says by when they are rung."""
        known = {self.Trigger.FIRST: "complaint.followup1", self.Trigger.SECOND: "complaint.followup2"}
        return known.get(self.Trigger(self.trigger), "followup.call")


class Attempt(models.Model):
    """One time somebody tried to ring, and nobody answered (FUP-10)."""

    class Result(models.TextChoices):
        NO_ANSWER = "no_answer", pgettext_lazy("attempt", "no answer")
        BUSY = "busy", pgettext_lazy("attempt", "busy")
        OFF = "off", pgettext_lazy("attempt", "switched off")
        WRONG = "wrong", pgettext_lazy("attempt", "wrong number")
        LATER = "later", pgettext_lazy("attempt", "asks to be rung later")

    class Part(models.TextChoices):
        """Parts of the day: another one is tried the next time."""

        MORNING = "morning", pgettext_lazy("part of the day", "morning")
        AFTERNOON = "afternoon", pgettext_lazy("part of the day", "afternoon")
        EVENING = "evening", pgettext_lazy("part of the day", "evening")

    mall = models.ForeignKey("directory.Mall", models.PROTECT, related_name="+")
    followup = models.ForeignKey(FollowUp, models.CASCADE, related_name="attempts")
    at = models.DateTimeField()
    by = models.CharField(max_length=40)
    result = models.CharField(max_length=10, choices=Result)
    part = models.CharField(max_length=10, choices=Part)

    PLAIN = ("by", "result", "part")

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.followup_id} {self.result}"
