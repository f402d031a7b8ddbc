"""What the desk should know and does not yet, and the words it says."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy, pgettext_lazy


class Gap(models.Model):
    """A question that nobody at the desk could answer, with how often it was asked (KNW-04, KNW-05)."""

    class Status(models.TextChoices):
        ASKED = "asked", pgettext_lazy("gap", "waiting for an answer")
        ANSWERED = "answered", pgettext_lazy("gap", "answered")
        DROPPED = "dropped", pgettext_lazy("gap", "not a question for us")

    mall = models.ForeignKey("directory.Mall", models.PROTECT, related_name="gaps")
    words = models.CharField(max_length=200)
    same_words = models.CharField(max_length=200)  # folded, so that “厕所？” and “ 厕所” are one gap
    need = models.CharField(max_length=1)
    asked = models.PositiveIntegerField(default=0)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.ASKED)

    PERSONAL = {
        "words": gettext_lazy("to find the answer"),
        "same_words": gettext_lazy("to find the answer"),
    }
    PLAIN = ("need", "asked", "status")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mall", "same_words"], name="knowledge_gap_once")]
        indexes = [models.Index(fields=["mall", "status", "-asked"], name="knowledge_gap_most_asked")]

    def __str__(self) -> str:
        return self.words


class Asking(models.Model):
    """One time that a question found no answer: in which contact, so that it can be taken back with it."""

    mall = models.ForeignKey("directory.Mall", models.PROTECT, related_name="+")
    contact = models.CharField(max_length=20)  # its number
    gap = models.ForeignKey(Gap, models.CASCADE, null=True, related_name="askings")  # none: undone before it counted
    taken_back_at = models.DateTimeField(null=True)

    PLAIN = ("contact",)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "contact"], name="knowledge_asking_once"),
            models.CheckConstraint(
                condition=Q(gap__isnull=False) | Q(taken_back_at__isnull=False),
                name="knowledge_asking_counts_somewhere",
            ),
        ]

    def __str__(self) -> str:
        return self.contact


class Phrase(models.Model):
    """A sentence of the phrase book (话术): what one says, in a scene, in a language (REC-02)."""

    class Voice(models.TextChoices):
        """The four voices, and the calm-down line."""

        GREETING = "greeting", pgettext_lazy("voice", "greeting")
        REPLY = "reply", pgettext_lazy("voice", "reply")
        EXPLANATION = "explanation", pgettext_lazy("voice", "explanation")
        FAREWELL = "farewell", pgettext_lazy("voice", "farewell")
        CALMING = "calming", pgettext_lazy("voice", "calming")

    mall = models.ForeignKey("directory.Mall", models.PROTECT, related_name="phrases")
    voice = models.CharField(max_length=12, choices=Voice.choices)
    channel = models.CharField(max_length=10, blank=True)  # empty: any
    need = models.CharField(max_length=1, blank=True)  # empty: any
    text = models.CharField(max_length=200)
    text_en = models.CharField(max_length=300)
    order = models.PositiveSmallIntegerField(default=0)

    PLAIN = ("voice", "channel", "need", "text", "text_en", "order")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "voice", "channel", "need", "order"], name="knowledge_phrase_once")
        ]

    def __str__(self) -> str:
        return f"{self.voice} {self.order}"
